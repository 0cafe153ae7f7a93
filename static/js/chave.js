// Whoever signed in again, in another tab, has another form token: take it from a fresh copy of this page.
// Answers "" when it did, else why there is none: "sessao" (nobody is signed in) or "fechado" (nothing to send any more).
"use strict";

window.renovarChave = async () => {
  const resposta = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  if (resposta.status === 401) return "sessao";
  const pagina = new DOMParser().parseFromString(await resposta.text(), "text/html");
  const nova = pagina.querySelector("form[data-envio] input[name=csrfmiddlewaretoken]");
  if (!nova) return pagina.querySelector("input[type=password]") ? "sessao" : "fechado";
  for (const campo of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) campo.value = nova.value;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": nova.value }));
  return "";
};
