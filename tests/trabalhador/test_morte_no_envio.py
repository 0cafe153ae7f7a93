"""kill -9 while a request is being assembled, and again after INSS wrote it and before the portal heard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.simulador import Simulador
from tests.trabalhador.test_morte import Bancada

pytestmark = pytest.mark.trabalhador


class BancadaDeEnvio(Bancada):
    app = "tests.trabalhador.app_envio"

    def preparar(self) -> None:
        subprocess.run([sys.executable, "-m", self.app], env=self.ambiente, cwd=settings.RAIZ, check=True)

    def chegou(self, lugar: str) -> bool:
        return (self.pasta / f"chegou-{lugar}").exists()

    def soltar(self, lugar: str) -> None:
        (self.pasta / f"soltar-{lugar}").touch()

    def guardados(self) -> set[str]:
        raiz = self.pasta / "arquivos"
        return {str(arquivo.relative_to(raiz)) for arquivo in raiz.rglob("*") if arquivo.is_file()}

    def nomeados(self) -> set[str]:
        """The files that some row names."""
        return {
            nome
            for consulta in (
                "SELECT original FROM arquivos_arquivo", "SELECT pdf FROM arquivos_folha",
                "SELECT miniatura FROM arquivos_folha", "SELECT conteudo FROM requerimentos_parteenviada",
            )
            for (nome,) in self.ler(consulta)
        }  # fmt: skip


@pytest.fixture
def bancada(tmp_path, simulador: Simulador) -> Iterator[BancadaDeEnvio]:
    bancada = BancadaDeEnvio(tmp_path)
    bancada.ambiente |= {"INSS_ENDERECO": simulador.base_url, "INSS_TOKEN": simulador.token}
    bancada.preparar()
    yield bancada
    bancada.matar()


def test_trabalhador_morto_na_montagem_e_na_entrega_envia_uma_vez_so(bancada, simulador):
    cpf = (bancada.pasta / "cpf").read_text()
    bancada.ligar()
    bancada.esperar("partes guardadas", lambda: bancada.chegou("montagem"))
    bancada.matar()
    assert bancada.ler("SELECT COUNT(*) FROM requerimentos_parteenviada") == [(0,)]
    perdidos = bancada.guardados() - bancada.nomeados()
    assert len(perdidos) == 3, "the dead worker's parts, until the nightly sweep"

    bancada.soltar("montagem")
    bancada.ligar()
    bancada.esperar("INSS com o pedido", lambda: bancada.chegou("entrega"))
    bancada.matar()
    [tarefa] = simulador.recebidas(cpf)
    assert bancada.ler("SELECT protocolo FROM requerimentos_requerimento") == [("",)]

    bancada.soltar("entrega")
    bancada.ligar()
    etapa = "SELECT etapa, protocolo FROM requerimentos_requerimento"
    bancada.esperar("protocolo no portal", lambda: bancada.ler(etapa) == [("acompanhando", tarefa["protocolo"])])
    assert len(simulador.recebidas(cpf)) == 1
    assert bancada.ler("SELECT situacao, COUNT(*) FROM requerimentos_envio GROUP BY situacao") == [("recebido", 1)]
    assert bancada.ler("SELECT COUNT(*) FROM requerimentos_parteenviada") == [(3,)]
    assert bancada.ler("SELECT quantidade FROM contagens_contagemdiaria WHERE fato = 'protocolado'") == [(1,)]
    papeis = bancada.ler("SELECT conteudo FROM requerimentos_parteenviada")
    assert {nome for (nome,) in papeis} <= bancada.guardados() - perdidos
