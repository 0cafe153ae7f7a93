"""Whether the town may still act: read again each time, never from what was loaded before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from act_portal.erros import ErroDeDominio
from act_portal.telas.formatos import no_meio_da_frase
from requerimentos.mandato import regras
from requerimentos.models import Conjunto, Obito, Papel, Pessoa, Requerimento, Revogacao, RevogacaoParcial
from requerimentos.situacoes import SituacaoConjunto

Ato = RevogacaoParcial.Ato


class MandatoEncerrado(ErroDeDominio):
    """Nobody acts any more for this person, or in this request. The middleware shows it where no view does."""

    titulo = "O mandato acabou"


class AtoRevogado(MandatoEncerrado):
    """This act was taken back by the person; the rest of the term stands."""

    titulo = "A pessoa revogou esta parte do termo"


def fim_do_mandato(requerimento: Requerimento) -> str:
    """The sentence that says why nobody acts in this request any more, or nothing."""
    if frase := fim_da_pessoa(requerimento.pessoa_id):
        return frase
    revogacao = Revogacao.objects.filter(requerimento=requerimento).first()
    if revogacao is None:
        return ""
    return regras.frase_da_revogacao(
        nome=requerimento.pessoa.nome,
        em=revogacao.em.astimezone(requerimento.municipio.fuso).date(),
        protocolo=requerimento.protocolo,
        renuncia=revogacao.renuncia,
    )


def fim_da_pessoa(pessoa_id: int) -> str:
    obito = Obito.objects.vigentes().select_related("pessoa").filter(pessoa=pessoa_id).first()
    return regras.frase_do_obito(nome=obito.pessoa.nome, em=obito.em) if obito else ""


def exigir_mandato(requerimento: Requerimento) -> None:
    if frase := fim_do_mandato(requerimento):
        raise MandatoEncerrado(frase)


def atos_revogados(requerimento: Requerimento) -> dict[str, str]:
    """The acts that the person took out of the term, each with the sentence that says so."""
    fuso = requerimento.municipio.fuso
    return {
        parcial.ato: regras.frase_do_ato(
            nome=requerimento.pessoa.nome,
            em=parcial.em.astimezone(fuso).date(),
            ato=parcial.ato,
            o_que=no_meio_da_frase(parcial.get_ato_display()),
        )
        for parcial in RevogacaoParcial.objects.filter(requerimento=requerimento)
    }


def fim_do_ato(requerimento: Requerimento, ato: Ato) -> str:
    """Why the town may not do `ato` in this request any more, or nothing."""
    return fim_do_mandato(requerimento) or atos_revogados(requerimento).get(ato, "")


def exigir_ato(requerimento: Requerimento, ato: Ato) -> None:
    exigir_mandato(requerimento)
    if frase := atos_revogados(requerimento).get(ato):
        raise AtoRevogado(frase)


def exigir_vida(pessoa_id: int) -> None:
    if frase := fim_da_pessoa(pessoa_id):
        raise MandatoEncerrado(frase)


@dataclass(frozen=True)
class Termo:
    """The Termo de Representação of a request, as its page shows it. `poderes` in words; `revogaveis`: the acts that
    can still be taken back one by one.
    """

    papel: Papel | None
    assinado: bool
    poderes: list[str]
    sem_poderes: list[str]
    revogados: list[str]
    revogaveis: list[Ato]
    vale_ate: str
    acordo_fim: date | None


# The words of the term, each with the act that takes it back alone; without one, only the whole term is revoked.
PODERES: dict[str, Ato | None] = {
    "apresentar o requerimento e os documentos": None,
    "prestar informações": None,
    "acompanhar e ver o processo": None,
    "responder exigências": Ato.EXIGENCIA,
    "tomar ciência das decisões e avisar a pessoa": None,
}
A_PEDIDO: dict[str, tuple[str, Ato]] = {
    "atos_agendamento": ("marcar e remarcar perícia e avaliação social", Ato.AGENDA),
    "atos_recurso": ("apresentar recurso ordinário, depois de ouvir a pessoa", Ato.RECURSO),
}


def termo_de(requerimento: Requerimento) -> Termo:
    papel = termo_em_vigor(requerimento)
    ditos = papel.documento.dados if papel else requerimento.respostas
    fim = requerimento.balcao.entidade.acordo_fim
    dados = {**PODERES, **{texto: ato for chave, (texto, ato) in A_PEDIDO.items() if ditos.get(chave)}}
    fora = atos_revogados(requerimento)
    revogaveis = [ato for ato in dados.values() if ato and ato not in fora]
    if requerimento.pessoa.canal != Pessoa.Canal.BALCAO and Ato.AVISOS not in fora:
        revogaveis.append(Ato.AVISOS)
    return Termo(
        papel=papel,
        assinado=papel is not None and papel.assinado_em is not None,
        poderes=[texto for texto, ato in dados.items() if ato not in fora],
        sem_poderes=[texto for chave, (texto, _) in A_PEDIDO.items() if not ditos.get(chave)],
        revogados=[no_meio_da_frase(Ato(ato).label) for ato in fora],
        # Before it leaves, what the term gives is changed where it is asked, and the papers are made again.
        revogaveis=revogaveis if requerimento.protocolo else [],
        vale_ate="o fim deste pedido, contado o prazo de recurso",
        acordo_fim=fim,
    )


def termo_em_vigor(requerimento: Requerimento) -> Papel | None:
    """The term of the last set that was not replaced."""
    vivos = [SituacaoConjunto.FAZENDO, SituacaoConjunto.PRONTO]
    conjunto = Conjunto.objects.filter(requerimento=requerimento, situacao__in=vivos).first()
    papeis = Papel.objects.filter(conjunto=conjunto, especie=Papel.Especie.REPRESENTACAO)
    return papeis.select_related("documento", "conjunto").first() if conjunto else None


def pendencias(requerimento: Requerimento) -> list[dict[str, object]]:
    """What runs against the clock and will be nobody's here: for the paper and for the page."""
    abertas = requerimento.exigencias.abertas().order_by("prazo", "pk")
    linhas: list[dict[str, object]] = [{"tipo": "responder a exigência do INSS", "prazo": e.prazo} for e in abertas]
    resultado = getattr(requerimento, "resultado", None)
    if resultado is not None and resultado.recorrer_ate:
        linhas.append({"tipo": "recorrer da decisão", "prazo": resultado.recorrer_ate})
    for marcado in requerimento.agendamentos.filter(situacao="AGENDADO").order_by("quando"):
        dia = marcado.quando.astimezone(requerimento.municipio.fuso).date()
        linhas.append({"tipo": f"comparecer: {no_meio_da_frase(marcado.get_tipo_display())}", "prazo": dia})
    return linhas


def obito_de(pessoa: Pessoa) -> Obito | None:
    return Obito.objects.vigentes().filter(pessoa=pessoa).select_related("autor").first()
