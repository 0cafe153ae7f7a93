"""How much there is to draw on a page of a PDF, counted before anybody draws it. Runs in the process that may die."""

from __future__ import annotations

import re
import zlib
from collections import Counter

import pikepdf

from act_portal.arquivos.limites import tecnicos

DESENHA = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
# Other packings swell too; a stream so short swells to little enough.
CURTO_BYTES = 20_000


class DesenhoDemais(Exception):
    """Drawing the page would take more time and memory than any paper is worth."""


def medir(pagina: pikepdf.Page) -> None:
    """Raises DesenhoDemais when the page unpacks to too many bytes of drawing, or draws its forms too often."""
    conta = _Conta()
    conteudos = pagina.obj.get("/Contents")
    partes = list(conteudos) if isinstance(conteudos, pikepdf.Array) else [conteudos]
    texto = b"\n".join(conta.abrir(parte) for parte in partes if isinstance(parte, pikepdf.Stream))
    conta.desenhos(texto, pagina.resources)


class _Conta:
    def __init__(self) -> None:
        self.resto = tecnicos().pagina_desenho_bytes
        self.formas: dict[tuple[int, int], int] = {}

    def abrir(self, fluxo: pikepdf.Stream) -> bytes:
        """What the stream holds, unpacked only as far as the page may still go."""
        dados = fluxo.read_raw_bytes()
        filtros = fluxo.get("/Filter")
        nomes = [str(f) for f in (filtros if isinstance(filtros, pikepdf.Array) else [filtros]) if f is not None]
        if set(nomes) <= {"/FlateDecode", "/Fl"}:
            for _ in nomes:
                dados = self._inflar(dados)
        elif len(dados) <= CURTO_BYTES:
            dados = fluxo.read_bytes()
        self.resto -= len(dados)
        if self.resto < 0:
            raise DesenhoDemais
        return dados

    def _inflar(self, dados: bytes) -> bytes:
        try:
            aberto = zlib.decompressobj().decompress(dados, self.resto + 1)
        except zlib.error:
            # Damaged: whoever draws it sees no more than the beginning.
            return b""
        if len(aberto) > self.resto:
            raise DesenhoDemais
        return aberto

    def desenhos(self, texto: bytes, recursos: pikepdf.Object | None) -> int:
        """How many things are drawn, forms inside forms counted as often as they are drawn."""
        nomes = Counter(achado.group(1) for achado in DESENHA.finditer(texto))
        objetos = recursos.get("/XObject") if isinstance(recursos, pikepdf.Dictionary) else None
        total = 1
        for nome, vezes in nomes.items():
            objeto = objetos.get("/" + nome.decode("latin-1")) if isinstance(objetos, pikepdf.Dictionary) else None
            total += vezes * (self._forma(objeto, recursos) if isinstance(objeto, pikepdf.Stream) else 1)
            if total > tecnicos().pagina_desenhos:
                raise DesenhoDemais
        return total

    def _forma(self, forma: pikepdf.Stream, de_fora: pikepdf.Object | None) -> int:
        if forma.get("/Subtype") != "/Form":
            return 1
        if forma.objgen not in self.formas:
            # One that draws itself is drawn once: readers stop there too.
            self.formas[forma.objgen] = 1
            self.formas[forma.objgen] = self.desenhos(self.abrir(forma), forma.get("/Resources", de_fora))
        return self.formas[forma.objgen]
