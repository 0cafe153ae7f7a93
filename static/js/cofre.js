// The files of the queue, kept in this browser until they arrive. They lie encrypted, under a key that the portal gives
// only to who chose them, after signing in, and that is never stored here. Signing out erases those of who leaves.
"use strict";

window.Cofre = (() => {
  const NOME = "portal-fila";
  const DIA_MS = 24 * 60 * 60 * 1000;
  const VALIDADE_MS = DIA_MS;
  // So long the portal remembers what it erased, to say so to who chose it.
  const LEMBRANCA_MS = 30 * DIA_MS;
  const LOJAS = ["fichas", "corpos"];
  const disponivel = window.isSecureContext && Boolean(window.indexedDB && window.crypto.subtle);

  const fim = (pedido) => new Promise((feito, falhou) => {
    pedido.onsuccess = () => feito(pedido.result);
    pedido.onerror = () => falhou(pedido.error);
  });

  async function abrirBanco() {
    const pedido = indexedDB.open(NOME, 1);
    pedido.onupgradeneeded = () => {
      for (const loja of LOJAS) pedido.result.createObjectStore(loja, { keyPath: "id" });
    };
    const banco = await fim(pedido);
    banco.onversionchange = () => banco.close();
    return banco;
  }

  const loja = (banco, nome, modo) => banco.transaction(nome, modo).objectStore(nome);

  function mudar(banco, fazer) {
    const troca = banco.transaction(LOJAS, "readwrite");
    return new Promise((feito, falhou) => {
      troca.oncomplete = () => feito();
      troca.onabort = troca.onerror = () => falhou(troca.error);
      fazer(...LOJAS.map((nome) => troca.objectStore(nome)));
    });
  }

  async function cifrar(segredo, bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, cifra: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, segredo, bytes) };
  }

  const decifrar = (segredo, { iv, cifra }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, segredo, cifra);

  const idade = (ficha) => Date.now() - ficha.em;

  // What lies here of `dono`, without asking the portal. The bytes of what waited for more than a day go, whose ever they
  // are; `venceu` is there to say so.
  async function achar(dono) {
    if (!disponivel) return [];
    const banco = await abrirBanco();
    const fichas = await fim(loja(banco, "fichas", "readonly").getAll());
    const velhas = fichas.filter((ficha) => idade(ficha) > VALIDADE_MS);
    if (velhas.length) {
      await mudar(banco, (guardadas, corpos) => {
        for (const { id } of velhas) corpos.delete(id);
        for (const ficha of velhas) if (idade(ficha) > LEMBRANCA_MS) guardadas.delete(ficha.id);
      });
    }
    banco.close();
    const dele = fichas.filter((ficha) => ficha.dono === dono && idade(ficha) <= LEMBRANCA_MS);
    return dele.map((ficha) => ({ id: ficha.id, venceu: idade(ficha) > VALIDADE_MS }));
  }

  async function abrir({ dono, chave }) {
    const bruta = Uint8Array.from(atob(chave), (letra) => letra.charCodeAt(0));
    const segredo = await crypto.subtle.importKey("raw", bruta, "AES-GCM", false, ["encrypt", "decrypt"]);
    const banco = await abrirBanco();
    return {
      async guardar(id, dados, bytes) {
        const ficha = { id, dono, em: Date.now(), ...(await cifrar(segredo, new TextEncoder().encode(JSON.stringify(dados)))) };
        const corpo = { id, ...(await cifrar(segredo, bytes)) };
        await mudar(banco, (fichas, corpos) => { fichas.put(ficha); corpos.put(corpo); });
      },
      async fichas() {
        const todas = await fim(loja(banco, "fichas", "readonly").getAll());
        const minhas = todas.filter((ficha) => ficha.dono === dono).sort((a, b) => a.em - b.em);
        return Promise.all(minhas.map(async (ficha) => {
          const dados = JSON.parse(new TextDecoder().decode(await decifrar(segredo, ficha)));
          return { id: ficha.id, venceu: idade(ficha) > VALIDADE_MS, ...dados };
        }));
      },
      async corpo(id) {
        const achado = await fim(loja(banco, "corpos", "readonly").get(id));
        return achado ? decifrar(segredo, achado) : null;
      },
      tirar: (id) => mudar(banco, (...lojas) => lojas.forEach((uma) => uma.delete(id))),
    };
  }

  async function apagar(dono) {
    if (!disponivel) return;
    const banco = await abrirBanco();
    const fichas = await fim(loja(banco, "fichas", "readonly").getAll());
    const dele = fichas.filter((ficha) => ficha.dono === dono);
    await mudar(banco, (...lojas) => lojas.forEach((uma) => dele.forEach((ficha) => uma.delete(ficha.id))));
    banco.close();
  }

  return { disponivel, achar, abrir, apagar };
})();
