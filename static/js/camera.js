// The camera of this computer or tablet: look, take, take again, use. The photo enters the queue of its slot as any file.
"use strict";

(() => {
  const dialogo = document.getElementById("camera");
  if (!dialogo || !window.Cofre.disponivel || !navigator.mediaDevices || !dialogo.showModal) return;
  const video = dialogo.querySelector("video");
  const foto = dialogo.querySelector("canvas");
  const voz = dialogo.querySelector("[data-camera-voz]");
  const lista = dialogo.querySelector("select");
  const botao = (nome) => dialogo.querySelector(`[data-camera-${nome}]`);
  const FRASES = {
    NotAllowedError: "O navegador não deixou usar a câmera. Permita a câmera no cadeado ao lado do endereço e aperte de novo.",
    NotFoundError: "Este computador não tem câmera ligada. Ligue uma, use o celular ou escolha um arquivo.",
    NotReadableError: "A câmera está em uso por outro programa. Feche o outro programa e aperte de novo.",
  };
  let form = null;
  let corrente = null;
  let abrindo = 0;

  function parar() {
    abrindo += 1;
    if (corrente) for (const trilha of corrente.getTracks()) trilha.stop();
    corrente = null;
    video.srcObject = null;
  }

  // As large as the camera gives: a sheet of A4 at 150 DPI has 1754 points.
  async function ligar(qual) {
    parar();
    const vez = abrindo;
    const nova = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { width: { ideal: 3840 }, height: { ideal: 2160 }, ...(qual ? { deviceId: { exact: qual } } : { facingMode: "environment" }) },
    });
    if (vez !== abrindo) {
      for (const trilha of nova.getTracks()) trilha.stop();
      return;
    }
    corrente = nova;
    video.srcObject = nova;
    await video.play();
    // Unplugged while in use.
    nova.getVideoTracks()[0].addEventListener("ended", () => { if (corrente === nova) falhar({ name: "NotFoundError" }); });
  }

  async function listar() {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((um) => um.kind === "videoinput");
    lista.replaceChildren(...cameras.map((um, n) => new Option(um.label || `Câmera ${n + 1}`, um.deviceId)));
    const atual = corrente && corrente.getVideoTracks()[0].getSettings().deviceId;
    if (atual) lista.value = atual;
    lista.closest(".campo").hidden = cameras.length < 2;
  }

  function mostrar(tirada) {
    video.hidden = tirada;
    foto.hidden = !tirada;
    for (const nome of ["outra", "usar"]) botao(nome).hidden = !tirada;
    botao("tirar").hidden = tirada;
    botao(tirada ? "usar" : "tirar").focus();
  }

  function falhar(erro) {
    const aviso = form.querySelector("[data-camera-erro]");
    parar();
    if (dialogo.open) dialogo.close();
    aviso.hidden = false;
    aviso.textContent = FRASES[erro.name] || "A câmera não abriu. Aperte de novo, use o celular ou escolha um arquivo.";
    form.querySelector("[data-camera]").focus();
  }

  async function abrir(onde) {
    form = onde;
    form.querySelector("[data-camera-erro]").hidden = true;
    dialogo.querySelector("[data-camera-vaga]").textContent = form.dataset.rotulo || "";
    voz.textContent = "Abrindo a câmera. O navegador pode perguntar se você deixa.";
    dialogo.showModal();
    mostrar(false);
    botao("tirar").disabled = true;
    try {
      await ligar();
      if (!dialogo.open) return;
      await listar();
      botao("tirar").disabled = false;
      botao("tirar").focus();
      voz.textContent = "Câmera aberta. Ponha a folha inteira no quadro e aperte Tirar foto.";
    } catch (erro) {
      if (dialogo.open) falhar(erro);
    }
  }

  function tirar() {
    foto.width = video.videoWidth;
    foto.height = video.videoHeight;
    foto.getContext("2d").drawImage(video, 0, 0);
    mostrar(true);
    voz.textContent = "Foto tirada. Use esta foto ou tire outra.";
  }

  function outra() {
    mostrar(false);
    voz.textContent = "Câmera aberta de novo.";
  }

  function usar() {
    const destino = form;
    foto.toBlob((bytes) => {
      window.Fila.por(destino, [window.Fila.nomear(bytes, "camera")]);
    }, "image/jpeg", 0.92);
    // A document has more than one page: the camera stays for the next.
    mostrar(false);
    voz.textContent = "A foto entrou na fila. Tire a próxima ou feche.";
  }

  document.addEventListener("click", (evento) => {
    const alvo = evento.target.closest("[data-camera]");
    if (alvo) abrir(alvo.closest("form"));
  });
  for (const [nome, fazer] of Object.entries({ tirar, outra, usar, fechar: () => dialogo.close() })) {
    botao(nome).addEventListener("click", fazer);
  }
  lista.addEventListener("change", () => { ligar(lista.value).catch(falhar); });
  dialogo.addEventListener("close", () => {
    parar();
    if (form) form.querySelector("[data-camera]").focus();
  });

  const arrumar = () => { for (const um of document.querySelectorAll("[data-camera]")) um.hidden = false; };
  document.addEventListener("htmx:afterSettle", arrumar);
  arrumar();
})();
