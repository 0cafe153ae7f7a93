"""The photograph of a request that the check looks at, and the state of its delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now

from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.models import Arquivo
from act_portal.saidas.consultas import situacao_de, trabalhador_vivo
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.consultas import perguntas_abertas, por_decidir, vagas_do
from requerimentos.digitalizacao.consultas import Documentos, VagaNaTela, documentos, vagas_na_tela
from requerimentos.digitalizacao.fe.consultas import fora_da_epoca
from requerimentos.envio.regras import Fotografia, FotografiaDaResposta, PaginaDaFicha, VagaVista
from requerimentos.fichas.consultas import FichaVista, fichas_do, paginas_de
from requerimentos.fichas.ditos import ditos_de
from requerimentos.fichas.divergencias import divergencias
from requerimentos.models import Envio, Exigencia, Pagina, Peca, Requerimento
from requerimentos.papeis.consultas import estado_dos_papeis
from requerimentos.situacoes import SituacaoEnvio

MONTAR = "requerimentos.montar"
TRANSMITIR = "requerimentos.transmitir"

# What INSS's own system refuses to file without (desk.md 1.4: the two mandatory boxes of PAT).
CAIXAS_INDISPENSAVEIS = frozenset({"termo_representacao", "id_interessado"})


@dataclass(frozen=True)
class Andamento:
    """The last delivery of a request. `proxima_em` is None when it is being done now."""

    envio: Envio | None
    aberto: bool = False
    parado: bool = False
    falha: str = ""
    proxima_em: datetime | None = None
    trabalhador_parado: bool = False

    @property
    def espera_segundos(self) -> int:
        """How soon the page asks again."""
        return 10 if self.falha or self.trabalhador_parado else 2


def andamento_do_envio(requerimento: Requerimento) -> Andamento:
    ultimo = requerimento.envios.filter(exigencia=None).prefetch_related("partes").first()
    if ultimo is None or ultimo.estado.final:
        return Andamento(ultimo)
    trabalho = situacao_de(chave_do_trabalho(ultimo))
    adiado = trabalho is not None and trabalho.falhou and trabalho.proxima_em > now()
    return Andamento(
        ultimo,
        aberto=True,
        parado=trabalho is not None and trabalho.parado,
        falha=ultimo.falha if ultimo.falha else trabalho.erro if trabalho and adiado else "",
        proxima_em=trabalho.proxima_em if trabalho and adiado else None,
        trabalhador_parado=not trabalhador_vivo(),
    )


def chave_do_trabalho(envio: Envio) -> str:
    """The key of the promised work that an open delivery waits for."""
    return f"{MONTAR if envio.estado == SituacaoEnvio.MONTANDO else TRANSMITIR}:{envio.pk}"


def fotografar(requerimento: Requerimento) -> Fotografia:
    docs = documentos(requerimento)
    papeis = estado_dos_papeis(requerimento)
    exigidas = vagas_do(requerimento)
    na_tela = vagas_na_tela(exigidas, docs)
    vagas = [
        VagaVista(
            vaga.id,
            vaga.nome,
            vaga.obrigatoria,
            vaga.paginas,
            dispensavel=exigida.vaga.caixa not in CAIXAS_INDISPENSAVEIS,
            a_trazer=tuple(vaga.a_trazer),
            boas=sum(len(p.paginas) for p in vaga.pecas if not p.ressalva),
        )
        for vaga, exigida in zip(na_tela, exigidas, strict=True)
    ]
    fichas = fichas_do(requerimento)
    limite = limites_em(hoje_em(requerimento.municipio)).requerimento_bytes
    return Fotografia(
        quem_assina=requerimento.quem_assina,
        perguntas_abertas=perguntas_abertas(requerimento),
        por_decidir=por_decidir(requerimento),
        fichas=_por_acertar(fichas),
        avisos=(
            *(p.texto for ficha in fichas for p in ficha.lida.problemas if p.tom == "aviso"),
            *(d.inteira for d in divergencias(requerimento, fichas, ditos_de(requerimento))),
            *(texto for item in docs.todas for texto in (*item.duvidosas, *item.dificeis)),
            *(frase for vaga in na_tela if not vaga.obrigatoria for frase in vaga.a_trazer),
            *(frase for vaga in na_tela for frase in _por_identificar(vaga)),
        ),
        fora_da_epoca=_fora_da_epoca(requerimento, docs, fichas),
        papeis=papeis.estado,
        papeis_sem_assinatura=papeis.sem_assinatura,
        vagas=tuple(vagas),
        preparando=sum(1 for p in docs.todas if p.preparando),
        sem_antivirus=_sem_antivirus(docs),
        recusados=tuple(p.peca.arquivo.nome_original for p in docs.todas if p.recusada),
        alheias=tuple(frase for p in docs.todas for frase in p.alheias),
        sem_natureza=sum(1 for p in docs.todas if p.paginas and not p.peca.natureza),
        bytes=docs.bytes,
        limite_bytes=limite,
    )


def _por_identificar(vaga: VagaNaTela) -> list[str]:
    """Documents of which the service asks in whose name they are, or from when, and nobody said."""
    return [
        f"{vaga.nome}: diga em nome de quem é ou de que época é “{item.peca.nome}”."
        for item in vaga.pecas
        if item.paginas and not all(item.peca.dito(campo) for campo in vaga.pede)
    ]


def _fora_da_epoca(
    requerimento: Requerimento, docs: Documentos, fichas: list[FichaVista]
) -> tuple[tuple[str, str, bool], ...]:
    hoje = hoje_em(requerimento.municipio)
    return tuple(
        (f"“{item.peca.nome}”: {c.texto}", item.peca.vaga, c.tom == "impede")
        for item in docs.todas
        if item.paginas and (c := fora_da_epoca(item.peca, fichas, hoje))
    )


def _por_acertar(fichas: list[FichaVista]) -> tuple[PaginaDaFicha, ...]:
    return tuple(
        PaginaDaFicha(f"ficha/{p.ficha.pacote.codigo}/{p.secao.id}", p.secao.titulo, p.faltam, p.erros)
        for p in paginas_de(fichas)
        if p.faltam or p.erros
    )


def _sem_antivirus(docs: Documentos) -> int:
    return sum(1 for p in docs.todas if p.peca.arquivo.exame == Arquivo.Exame.ESPERA)


def fotografar_resposta(exigencia: Exigencia, texto: str) -> FotografiaDaResposta:
    docs = documentos(exigencia.requerimento, exigencia)
    return FotografiaDaResposta(
        texto=texto,
        paginas=docs.paginas,
        preparando=sum(1 for p in docs.todas if p.preparando),
        sem_antivirus=_sem_antivirus(docs),
        recusados=tuple(p.peca.arquivo.nome_original for p in docs.todas if p.recusada),
        alheias=tuple(frase for p in docs.todas for frase in p.alheias),
        sem_natureza=sum(1 for p in docs.todas if p.paginas and not p.peca.natureza),
        bytes=docs.bytes,
        limite_bytes=limites_em(hoje_em(exigencia.requerimento.municipio)).requerimento_bytes,
    )


def o_que_impede_de_sair(envio: Envio) -> str:
    """What the codes say against the files of a delivery; empty when they may leave."""
    docs = documentos(envio.requerimento, envio.exigencia)
    return " ".join(frase for item in docs.todas for frase in item.alheias)


def falta_ler(envio: Envio) -> bool:
    """Whether nobody looked yet for the code of a page that is to leave."""
    paginas = Pagina.objects.filter(peca__in=Peca.objects.vivas(), removida_em=None, folha__codigos__isnull=True)
    return paginas.filter(peca__requerimento=envio.requerimento, peca__exigencia=envio.exigencia).exists()
