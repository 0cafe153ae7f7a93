// Warns before an idle session ends, and keeps it alive while somebody is typing. Nothing typed is stored here.
(() => {
  "use strict";
  const dialogo = document.getElementById("sessao");
  if (!dialogo) return;
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const perguntar = () => fetch(dialogo.dataset.continuar, {
    method: "POST", redirect: "manual", headers: { "X-CSRFToken": token() },
  });

  // A page that asks by itself, for news of the queue or of INSS, is no sign that somebody is there.
  document.addEventListener("htmx:configRequest", (e) => {
    if (!e.detail.triggeringEvent?.isTrusted) e.detail.headers["X-Segundo-Plano"] = "1";
  });

  if (!dialogo.showModal) return;
  const OCIOSA = Number(dialogo.dataset.ociosa) * 1000;
  const AVISO = Math.min(120000, OCIOSA / 2);
  const resta = dialogo.querySelector("[data-resta]");
  const botao = dialogo.querySelector("[data-continuo]");
  // Only a moment goes to localStorage: the tabs of one browser share one session.
  const CHAVE = "portal-sessao-tocada";
  let tocada = Date.now();
  let mexeu = false;

  const marcar = () => {
    tocada = Date.now();
    try { localStorage.setItem(CHAVE, String(tocada)); } catch { /* private window: each tab counts alone */ }
  };
  const ultima = () => {
    try { return Math.max(tocada, Number(localStorage.getItem(CHAVE)) || 0); } catch { return tocada; }
  };
  const continuar = async () => {
    mexeu = false;
    try {
      const resposta = await perguntar();
      if (resposta.status === 204) { marcar(); return true; }
    } catch { /* the network is down: try again at the next tick */ }
    return false;
  };
  const tempo = (ms) => {
    const s = Math.max(0, Math.ceil(ms / 1000));
    return s >= 60 ? `${Math.ceil(s / 60)} ${s > 60 ? "minutos" : "minuto"}` : `${s} ${s === 1 ? "segundo" : "segundos"}`;
  };
  const olhar = () => {
    if (window.Quem.coberta()) return;
    const falta = ultima() + OCIOSA - Date.now();
    if (falta > AVISO) {
      if (dialogo.open) dialogo.close();
      if (mexeu && Date.now() - ultima() > OCIOSA / 4) continuar();
      return;
    }
    if (falta <= 0) {
      // Also when the line is down: nobody sat here for so long.
      window.Quem.cobrir("conferindo");
      window.Quem.conferir();
      return;
    }
    if (mexeu && !dialogo.open) { continuar(); return; }
    resta.textContent = tempo(falta);
    if (!dialogo.open) dialogo.showModal();
  };

  marcar();
  for (const gesto of ["keydown", "input", "pointerdown"]) {
    document.addEventListener(gesto, () => { mexeu = true; }, { passive: true });
  }
  // Answers to what the person did count as use; a page that polls by itself does not.
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful && e.detail.requestConfig?.triggeringEvent?.isTrusted) marcar();
  });
  botao.addEventListener("click", async () => {
    if (!(await continuar())) window.Quem.conferir();
    dialogo.close();
  });
  dialogo.addEventListener("cancel", () => { continuar(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) olhar(); });
  setInterval(olhar, Math.min(5000, OCIOSA / 6));
})();
