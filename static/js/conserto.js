// The four corners on the photo: choose one and tap where it lies, drag it, or move it with the arrow keys. The numbers
// in the form are what counts; without scripts they are filled in by hand.
"use strict";

(() => {
  const NOMES = ["de cima, à esquerda", "de cima, à direita", "de baixo, à direita", "de baixo, à esquerda"];
  const INTEIRA = [[0, 0], [100, 0], [100, 100], [0, 100]];

  function preparar(quadro) {
    const form = document.getElementById(quadro.dataset.cantos);
    if (!form || quadro.dataset.pronto) return;
    quadro.dataset.pronto = "1";
    const campos = NOMES.map((_, n) => ["x", "y"].map((eixo) => form.elements[`canto_${n}_${eixo}`]));
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 100 100");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    const traco = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
    svg.append(traco);
    quadro.append(svg);

    const ler = () => {
      const lidos = campos.map((par) => par.map((campo) => (campo.value === "" ? NaN : Number(campo.value))));
      return lidos.flat().some(Number.isNaN) ? null : lidos;
    };
    const escrever = (n, x, y) => {
      // Touching one corner of the whole picture makes all four of them count.
      const atuais = ler() || INTEIRA.map((canto) => [...canto]);
      atuais[n] = [x, y].map((v) => Math.round(Math.min(100, Math.max(0, v)) * 10) / 10);
      atuais.forEach((canto, i) => canto.forEach((v, e) => { campos[i][e].value = v; }));
      form.closest("details").open = true;
      // On a telephone the end of the form is a screen further down.
      quadro.parentElement.querySelector("[data-aplicar-cantos]").hidden = false;
      desenhar();
    };

    let escolhido = 0;
    const alcas = NOMES.map((nome, n) => {
      const alca = document.createElement("button");
      alca.type = "button";
      alca.className = "conserto__canto";
      alca.setAttribute("aria-label", `Canto ${nome}: use as setas`);
      alca.addEventListener("focus", () => { escolhido = n; });
      alca.addEventListener("keydown", (evento) => {
        const passo = evento.shiftKey ? 2 : 0.5;
        const rumo = { ArrowLeft: [-passo, 0], ArrowRight: [passo, 0], ArrowUp: [0, -passo], ArrowDown: [0, passo] }[evento.key];
        if (!rumo) return;
        evento.preventDefault();
        const [x, y] = (ler() || INTEIRA)[n];
        escrever(n, x + rumo[0], y + rumo[1]);
      });
      alca.addEventListener("pointermove", (evento) => {
        if (alca.hasPointerCapture(evento.pointerId)) porEm(evento, n);
      });
      alca.addEventListener("pointerdown", (evento) => { escolhido = n; alca.setPointerCapture(evento.pointerId); });
      quadro.append(alca);
      return alca;
    });

    function porEm(evento, n) {
      const area = quadro.getBoundingClientRect();
      escrever(n, ((evento.clientX - area.left) / area.width) * 100, ((evento.clientY - area.top) / area.height) * 100);
    }

    function desenhar() {
      const cantos = ler();
      traco.setAttribute("points", (cantos || []).map((canto) => canto.join(",")).join(" "));
      (cantos || INTEIRA).forEach(([x, y], n) => {
        alcas[n].style.left = `${x}%`;
        alcas[n].style.top = `${y}%`;
      });
    }

    quadro.addEventListener("click", (evento) => {
      if (evento.target.closest("button")) return;
      porEm(evento, escolhido);
      alcas[escolhido].focus();
    });
    form.addEventListener("input", desenhar);
    desenhar();
  }

  const todos = () => document.querySelectorAll("[data-cantos]").forEach(preparar);
  document.addEventListener("htmx:afterSettle", todos);
  todos();
})();
