// One file to the portal, in pieces small enough that a dropped line costs a second or two of sending. After a stop it
// asks how far the file had come and goes on from there. Then the page's own form says where the file belongs.
"use strict";

window.Remessa = (() => {
  const PEDACO_MS = 1500;
  const MENOR = 16 * 1024;
  const PACIENCIA_MS = 45000;
  const FINAL_MS = 150000;
  let tamanho = 2 * MENOR;

  // Answers { status, corpo }; throws "linha" (try again by yourself) or "porta" (the portal did not let us in).
  async function pedir(ligacao, endereco, { paciencia = PACIENCIA_MS, cabecalhos = {}, ...resto } = {}) {
    const desistencia = new AbortController();
    const relogio = setTimeout(() => desistencia.abort(), paciencia);
    let resposta;
    let corpo;
    try {
      resposta = await fetch(endereco, {
        ...resto, redirect: "manual", signal: desistencia.signal,
        // Sending goes on by itself: it is no sign that somebody sits there.
        headers: { Accept: "application/json", "X-CSRFToken": ligacao.token, "X-Segundo-Plano": "1", ...cabecalhos },
      });
      corpo = await resposta.text();
    } catch {
      throw new Error("linha");
    } finally {
      clearTimeout(relogio);
    }
    if (resposta.status >= 500 || resposta.status === 429) throw new Error("linha");
    if (resposta.type === "opaqueredirect" || [401, 403].includes(resposta.status)) throw new Error("porta");
    try {
      corpo = JSON.parse(corpo);
    } catch {
      corpo = null;
    }
    return { status: resposta.status, corpo };
  }

  const recusa = (frase, tentar = false) => ({ recusas: [frase], tentar });
  const ESTRANHA = recusa("O portal não entendeu o envio. Atualize a página e tente de novo.", true);

  function formulario(campos) {
    const dados = new FormData();
    for (const [nome, valor] of Object.entries(campos)) dados.append(nome, valor);
    return dados;
  }

  async function mandarPedacos(ligacao, endereco, arquivo, recebidos, aoAndar) {
    while (recebidos < arquivo.size) {
      const ate = Math.min(recebidos + tamanho, arquivo.size);
      const comeco = performance.now();
      let resposta;
      try {
        resposta = await pedir(ligacao, endereco, {
          method: "POST", body: arquivo.slice(recebidos, ate),
          cabecalhos: { "Content-Type": "application/octet-stream", "Upload-Offset": String(recebidos) },
        });
      } catch (erro) {
        tamanho = Math.max(MENOR, tamanho / 2);
        throw erro;
      }
      if (!resposta.corpo || !("recebidos" in resposta.corpo)) return resposta;
      const medida = (ate - recebidos) * PEDACO_MS / Math.max(1, performance.now() - comeco);
      tamanho = Math.round(Math.min(Math.max(medida, MENOR), 2 * tamanho, ligacao.pedaco));
      recebidos = resposta.corpo.recebidos;
      aoAndar(recebidos / arquivo.size);
    }
    return null;
  }

  // `item`: id, nome, sha256, acao and campos (the form of the page). Answers { recusas, tentar }; throws as `pedir`.
  async function enviar(ligacao, item, arquivo, aoAndar) {
    const promessa = { codigo: item.id, nome: item.nome, bytes: arquivo.size, sha256: item.sha256 };
    const aberta = await pedir(ligacao, ligacao.raiz, { method: "POST", body: formulario(promessa) });
    if (!aberta.corpo || !("recebidos" in aberta.corpo)) return aberta.corpo && aberta.corpo.recusas ? aberta.corpo : ESTRANHA;
    aoAndar(aberta.corpo.recebidos / arquivo.size);
    if (!aberta.corpo.entregue) {
      const parou = await mandarPedacos(ligacao, `${ligacao.raiz}${item.id}/`, arquivo, aberta.corpo.recebidos, aoAndar);
      if (parou) return parou.corpo && parou.corpo.recusas ? parou.corpo : ESTRANHA;
    }
    const final = await pedir(ligacao, item.acao, {
      method: "POST", body: formulario({ ...item.campos, remessa: item.id }), paciencia: FINAL_MS,
    });
    if (final.corpo && final.corpo.recusas) return final.corpo;
    if (final.status === 404) return recusa("Este pedido não está ao seu alcance agora. Confira com que papel você entrou.", true);
    return ESTRANHA;
  }

  const desistir = (ligacao, id) => pedir(ligacao, `${ligacao.raiz}${id}/desistir/`, { method: "POST" }).catch(() => null);

  return { enviar, desistir, pedir };
})();
