// Uploads as soon as files are chosen, one at a time in each slot, with progress; tries again when the line drops.
// Without scripts the form posts as usual. Each file has an id made here, so that a retry of a file that did arrive is
// the same document. A file that could not go stays on the screen, with the reason and a button, until it goes.
"use strict";

(() => {
  const ESPERAS_MS = [1000, 3000, 8000, 15000, 30000];
  const MEGA = 1000000;
  let aCaminho = 0;

  function novoCodigo() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  const elemento = (nome, classe, texto = "") => {
    const criado = document.createElement(nome);
    criado.className = classe;
    criado.textContent = texto;
    return criado;
  };

  // --- One line on the screen for each file -----------------------------------------------------------------------
  function novaLinha(arquivo, lista) {
    const item = elemento("li", "arquivo");
    const texto = elemento("span", "");
    const meta = elemento("span", "arquivo__meta", "na fila");
    texto.append(elemento("span", "arquivo__nome", arquivo.name), meta);
    const barra = elemento("progress", "");
    barra.max = 100;
    barra.value = 0;
    barra.setAttribute("aria-label", `Envio de ${arquivo.name}`);
    const acoes = elemento("span", "");
    item.append(texto, acoes, barra);
    lista.append(item);
    const botao = (rotulo, fazer) => {
      const novo = elemento("button", "botao botao--simples", rotulo);
      novo.type = "button";
      novo.append(elemento("span", "oculto", ` ${arquivo.name}`));
      novo.addEventListener("click", fazer);
      acoes.append(novo);
    };
    return {
      dizer: (frase) => { if (meta.textContent !== frase) meta.textContent = frase; },
      andar: (parte) => { barra.value = Math.round(parte * 100); },
      comecar() {
        acoes.replaceChildren();
        item.classList.remove("arquivo--erro");
        barra.hidden = false;
        barra.value = 0;
      },
      guardado() {
        meta.textContent = "guardado";
        item.classList.add("arquivo--feito");
        item.dataset.guardado = "";
        barra.hidden = true;
      },
      recusado(frase, tentarDeNovo) {
        meta.textContent = frase;
        item.classList.add("arquivo--erro");
        barra.hidden = true;
        if (tentarDeNovo) botao("Tentar de novo", tentarDeNovo);
        botao("Tirar da lista", () => item.remove());
      },
    };
  }

  // --- One attempt ------------------------------------------------------------------------------------------------
  // Answers { recusas, tentar }; or throws "linha" (try again by yourself) or "porta" (the server did not let us in).
  function umaTentativa(form, arquivo, codigo, linha) {
    return new Promise((feito, falhou) => {
      const dados = new FormData();
      for (const campo of form.querySelectorAll("input[type=hidden]")) dados.append(campo.name, campo.value);
      dados.append("codigo", codigo);
      dados.append("arquivos", arquivo);
      const pedido = new XMLHttpRequest();
      pedido.open("POST", form.action);
      pedido.setRequestHeader("Accept", "application/json");
      pedido.upload.addEventListener("progress", (e) => {
        if (!e.lengthComputable) return;
        linha.andar(e.loaded / e.total);
        linha.dizer(e.loaded < e.total ? "enviando" : "conferindo");
      });
      pedido.addEventListener("error", () => falhou(new Error("linha")));
      pedido.addEventListener("load", () => {
        let resposta = null;
        try {
          resposta = JSON.parse(pedido.responseText);
        } catch {
          // Not our JSON: the sign-in page, or an error page of some server on the way.
        }
        if (resposta && resposta.recusas) feito(resposta);
        else if (pedido.status === 413) feito({ recusas: ["O arquivo é grande demais. Digitalize em 150 DPI ou envie em partes."] });
        else if (pedido.status >= 500 || pedido.status === 429) falhou(new Error("linha"));
        else falhou(new Error("porta"));
      });
      pedido.send(dados);
    });
  }

  const esperar = (ms) => new Promise((passou) => {
    const relogio = setTimeout(passou, ms);
    window.addEventListener("online", () => { clearTimeout(relogio); passou(); }, { once: true });
  });

  async function enviarComPaciencia(form, arquivo, codigo, linha) {
    let renovou = false;
    for (let tentativa = 0; ; tentativa += 1) {
      try {
        linha.dizer("enviando");
        return await umaTentativa(form, arquivo, codigo, linha);
      } catch (erro) {
        if (erro.message === "porta" && !renovou) {
          renovou = true;
          const motivo = await window.renovarChave().catch(() => "");
          if (motivo === "sessao") {
            return { recusas: ["Sua sessão terminou. Entre de novo em outra aba e clique em “Tentar de novo”: o arquivo continua aqui."], tentar: true };
          }
          if (motivo === "fechado") return { recusas: ["Este pedido não recebe mais documentos. Atualize a página."] };
          continue;
        }
        if (erro.message === "porta") return { recusas: ["O portal não aceitou o envio. Atualize a página e tente de novo."], tentar: true };
        if (tentativa >= ESPERAS_MS.length) {
          return { recusas: ["A internet não voltou. O arquivo continua aqui: tente de novo quando ela voltar."], tentar: true };
        }
        linha.dizer("a internet caiu; tentando de novo");
        await esperar(ESPERAS_MS[tentativa]);
      }
    }
  }

  // --- A slot's line of files -------------------------------------------------------------------------------------
  const filas = new WeakMap();

  function porNaFila(form, trabalho) {
    const nova = (filas.get(form) || Promise.resolve()).then(trabalho);
    filas.set(form, nova);
  }

  function mostrarNovos() {
    const vagas = document.getElementById("vagas");
    // Only this part is drawn again: what is typed beside it stays.
    if (vagas && window.htmx) window.htmx.trigger(vagas, "atualizar");
  }

  async function levar(form, arquivo, codigo, linha) {
    aCaminho += 1;
    linha.comecar();
    const { recusas, tentar } = await enviarComPaciencia(form, arquivo, codigo, linha);
    aCaminho -= 1;
    if (recusas.length) {
      const denovo = () => porNaFila(form, () => levar(form, arquivo, codigo, linha));
      linha.recusado(recusas.join(" "), tentar ? denovo : null);
    } else {
      linha.guardado();
      mostrarNovos();
    }
  }

  function enviar(form, arquivos) {
    const lista = form.querySelector("[data-envio-lista]");
    const maximo = Number(form.dataset.maximo) || Infinity;
    for (const feito of lista.querySelectorAll("[data-guardado]")) feito.remove();
    for (const arquivo of arquivos) {
      const linha = novaLinha(arquivo, lista);
      if (arquivo.size > maximo) {
        linha.recusado(`O arquivo tem ${Math.ceil(arquivo.size / MEGA)} MB e o máximo é ${Math.round(maximo / MEGA)} MB. Digitalize em 150 DPI ou envie em partes.`);
      } else {
        const codigo = novoCodigo();
        porNaFila(form, () => levar(form, arquivo, codigo, linha));
      }
    }
  }

  // A session that ended must not sweep the chosen files off the screen with a sign-in page.
  document.addEventListener("htmx:beforeOnLoad", (evento) => {
    const { xhr, target } = evento.detail;
    if (!target || target.id !== "vagas" || (xhr.status === 200 && xhr.responseText.includes('id="vagas"'))) return;
    if (xhr.status !== 200 && xhr.status !== 401) return;
    evento.preventDefault();
    if (target.querySelector("[data-sessao]")) return;
    const recado = elemento("div", "aviso aviso--atencao", "");
    recado.dataset.sessao = "";
    recado.setAttribute("role", "alert");
    const porta = elemento("a", "", "Entre de novo em outra aba");
    porta.href = "/entrar/";
    porta.target = "_blank";
    porta.rel = "noopener";
    const frase = elemento("p", "", "Sua sessão terminou. ");
    frase.append(porta, " e continue aqui: os arquivos guardados não se perdem, e os que faltam enviar continuam na lista.");
    recado.append(frase);
    target.querySelector(".pilha").prepend(recado);
  });

  const formDe = (evento) => evento.target.closest && evento.target.closest("form[data-envio]");

  document.addEventListener("change", (evento) => {
    const form = formDe(evento);
    if (!form || evento.target.type !== "file" || !evento.target.files.length) return;
    enviar(form, [...evento.target.files]);
    evento.target.value = "";
  });
  document.addEventListener("submit", (evento) => { if (formDe(evento)) evento.preventDefault(); });
  for (const nome of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(nome, (evento) => {
      const form = formDe(evento);
      if (!form) return;
      form.classList.toggle("envio--solta", nome === "dragover");
      if (nome === "dragover") evento.preventDefault();
      if (nome === "drop" && evento.dataTransfer.files.length) {
        evento.preventDefault();
        enviar(form, [...evento.dataTransfer.files]);
      }
    });
  }
  // Lines of files that are now shown as documents go away; the button is only for those without scripts.
  const arrumar = () => {
    for (const feito of document.querySelectorAll("[data-envio-lista] [data-guardado]")) feito.remove();
    for (const botao of document.querySelectorAll("form[data-envio] button[type=submit]")) botao.hidden = true;
  };
  document.addEventListener("htmx:afterSettle", arrumar);
  arrumar();
  window.addEventListener("beforeunload", (evento) => { if (aCaminho) evento.preventDefault(); });
})();
