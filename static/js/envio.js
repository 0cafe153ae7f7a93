// Uploads one file at a time with progress, and tries again when the line drops. Without scripts the form posts as usual.
// Each file has an id made here, so that a retry of a file that did arrive is the same document.
"use strict";

const ESPERAS_MS = [1000, 3000, 8000, 15000, 30000];

function novoCodigo() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function linhaDe(arquivo, lista) {
  const item = document.createElement("li");
  item.className = "arquivo";
  const texto = document.createElement("span");
  const nome = document.createElement("span");
  nome.className = "arquivo__nome";
  nome.textContent = arquivo.name;
  const meta = document.createElement("span");
  meta.className = "arquivo__meta";
  texto.append(nome, " ", meta);
  const barra = document.createElement("progress");
  barra.max = 100;
  barra.value = 0;
  barra.setAttribute("aria-label", `Envio de ${arquivo.name}`);
  item.append(texto, barra);
  lista.append(item);
  return {
    dizer(frase, classe) {
      meta.textContent = frase;
      if (classe) item.classList.add(classe);
    },
    andar(parte) {
      barra.value = Math.round(parte * 100);
    },
    fim() {
      barra.remove();
    },
  };
}

function umEnvio(form, arquivo, codigo, linha) {
  return new Promise((feito, falhou) => {
    const dados = new FormData();
    for (const campo of form.querySelectorAll("input[type=hidden]")) dados.append(campo.name, campo.value);
    dados.append("codigo", codigo);
    dados.append("arquivos", arquivo);
    const pedido = new XMLHttpRequest();
    pedido.open("POST", form.action);
    pedido.setRequestHeader("Accept", "application/json");
    pedido.upload.addEventListener("progress", (e) => e.lengthComputable && linha.andar(e.loaded / e.total));
    pedido.addEventListener("error", () => falhou(new Error("linha")));
    pedido.addEventListener("timeout", () => falhou(new Error("linha")));
    pedido.addEventListener("load", () => {
      let resposta = null;
      try {
        resposta = JSON.parse(pedido.responseText);
      } catch {
        // Not our JSON: the session ended or the server stumbled.
      }
      if (resposta && (pedido.status === 200 || pedido.status === 422)) feito(resposta.recusas || []);
      else if (pedido.status === 413) feito(["O arquivo é grande demais. Digitalize em 150 DPI ou envie em partes."]);
      else if (pedido.status >= 500 || pedido.status === 429 || pedido.status === 0) falhou(new Error("servidor"));
      else falhou(new Error("sessao"));
    });
    pedido.send(dados);
  });
}

async function enviarComPaciencia(form, arquivo, linha) {
  const codigo = novoCodigo();
  for (let tentativa = 0; ; tentativa += 1) {
    try {
      linha.dizer("enviando");
      return await umEnvio(form, arquivo, codigo, linha);
    } catch (erro) {
      if (erro.message === "sessao") return ["Sua sessão acabou. Entre de novo e escolha o arquivo outra vez."];
      if (tentativa >= ESPERAS_MS.length) return ["A internet não voltou. O arquivo não foi enviado: tente de novo."];
      linha.dizer("a internet caiu; tentando de novo");
      await new Promise((passou) => setTimeout(passou, ESPERAS_MS[tentativa]));
    }
  }
}

async function enviarTodos(form) {
  const entrada = form.querySelector("input[type=file]");
  const lista = form.querySelector("[data-envio-lista]");
  const botao = form.querySelector("button[type=submit]");
  const arquivos = [...entrada.files];
  if (!arquivos.length) return;
  botao.disabled = true;
  botao.setAttribute("aria-busy", "true");
  let recusados = 0;
  for (const arquivo of arquivos) {
    const linha = linhaDe(arquivo, lista);
    const recusas = await enviarComPaciencia(form, arquivo, linha);
    linha.fim();
    if (recusas.length) {
      recusados += 1;
      linha.dizer(recusas.join(" "), "arquivo--erro");
    } else {
      linha.dizer("guardado", "arquivo--feito");
    }
  }
  botao.disabled = false;
  botao.removeAttribute("aria-busy");
  entrada.value = "";
  // A refusal stays on the screen until it is read; otherwise the page shows the new documents.
  if (!recusados) window.location.reload();
}

document.addEventListener("submit", (evento) => {
  const form = evento.target.closest("form[data-envio]");
  if (!form) return;
  evento.preventDefault();
  enviarTodos(form);
});
