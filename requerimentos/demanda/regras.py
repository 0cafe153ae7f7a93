"""What the catalogue means for one person, pure: a service, the facts known and a day in; sentences out.

Nothing here decides: it tells the clerk what the rule asks and what is still unknown. INSS decides.
"""

from __future__ import annotations

from datetime import date, timedelta

from act_portal.catalogos.fonte import CONFERIR
from requerimentos.demanda import valores
from requerimentos.demanda.fatos import (
    Aviso,
    Caminho,
    Estado,
    Fatos,
    Parecer,
    PedidoAnterior,
    Tom,
    VagaExigida,
)
from requerimentos.demanda.servico import INFORMACAO, Condicao, Servico, Vaga
from requerimentos.demanda.tempo import data_da_idade, idade
from requerimentos.demanda.verificadores import QUEM_DECIDE, VERIFICADORES, falta_saber, vencimento_do_cadunico

__all__ = [
    "QUEM_DECIDE", "Aviso", "Caminho", "Estado", "Fatos", "Parecer", "PedidoAnterior", "Tom", "VagaExigida",
    "avisos_da_pessoa", "bom_saber", "data_da_idade", "elegibilidade", "idade", "separar", "vagas_exigidas",
]  # fmt: skip

MAIORIDADE = 18
ASSINA_SOZINHO = 16
DISPENSA_BIOMETRIA = 80
BASE_REPETIDO = f"IN PRES/INSS 128/2022, art. 576-A, na redação da IN 208/2026 ({CONFERIR})"
MESES_AVISO_CADUNICO = 2


# Eligibility


def elegibilidade(servico: Servico, fatos: Fatos, hoje: date) -> list[Parecer]:
    """One opinion for each condition to be met that is in force on `hoje`, in the order of the catalogue."""
    return [_parecer(c, fatos, hoje) for c in servico.condicoes if c.vigente(hoje) and c.tipo != INFORMACAO]


def bom_saber(servico: Servico, hoje: date) -> list[tuple[Condicao, str]]:
    """What is only told: the conditions that nobody has to meet, each with its text on `hoje`."""
    informam = [c for c in servico.condicoes if c.vigente(hoje) and c.tipo == INFORMACAO]
    return [(condicao, valores.preencher(condicao.texto, hoje)) for condicao in informam]


def separar(servico: Servico, pareceres: list[Parecer]) -> tuple[list[Parecer], list[Caminho]]:
    """The opinions that count on every way, and those of each alternative way."""
    comuns = [p for p in pareceres if not p.condicao.caminho]
    caminhos = []
    for id in dict.fromkeys(p.condicao.caminho for p in pareceres if p.condicao.caminho):
        seus = tuple(p for p in pareceres if p.condicao.caminho == id)
        caminhos.append(Caminho(id=id, nome=servico.caminhos[id], pareceres=seus))
    return comuns, caminhos


def _parecer(condicao: Condicao, fatos: Fatos, hoje: date) -> Parecer:
    texto = valores.preencher(condicao.texto, hoje)
    if not condicao.regra:
        return falta_saber(condicao, f"Confira com a pessoa: {texto}")
    [(nome, conteudo)] = condicao.regra.items()
    return VERIFICADORES[nome](condicao, conteudo, texto, fatos, hoje)


# Warnings for this person


def avisos_da_pessoa(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    """What to tell this person before opening the request; the gravest first."""
    avisos = [*_avisos_de_pedido(servico, fatos, hoje), *_avisos_de_recurso(servico, fatos)]
    avisos += _avisos_de_idade(fatos, hoje)
    avisos += [*_avisos_de_cadunico(servico, fatos, hoje), *_avisos_de_biometria(servico, fatos, hoje)]
    return sorted(avisos, key=lambda aviso: list(Tom)[::-1].index(aviso.tom))


def _avisos_de_pedido(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    avisos = []
    for pedido in (p for p in fatos.pedidos if _da_mesma_especie(servico, p)):
        protocolo = f" (protocolo {pedido.protocolo})" if pedido.protocolo else ""
        qual = "deste serviço" if pedido.servico_codigo == servico.codigo else f"da mesma espécie, “{pedido.nome}”,"
        if pedido.decidido_em is None:
            texto = f"Já há um pedido {qual} em andamento{protocolo}. Acompanhe esse em vez de abrir outro."
            avisos.append(
                Aviso(
                    codigo="pedido_em_andamento", tom=Tom.IMPEDE, texto=texto, base=BASE_REPETIDO, pedido=pedido.codigo
                )
            )
        elif servico.espera_novo_pedido and (aviso := _aviso_de_espera(servico, pedido, protocolo, hoje)):
            avisos.append(aviso)
    return avisos


def _avisos_de_recurso(servico: Servico, fatos: Fatos) -> list[Aviso]:
    """The town appeals for nobody who took that power back: who wants it now says so, and signs a new term."""
    revogados = [p for p in fatos.pedidos if servico.recorre.de and p.recurso_revogado_em]
    return [
        Aviso(
            codigo="recurso_revogado",
            tom=Tom.IMPEDE,
            texto=f"No pedido “{p.nome}” (protocolo {p.protocolo}) a pessoa revogou, em "
            f"{p.recurso_revogado_em:%d/%m/%Y}, o poder de recorrer. "
            "Pergunte se ela quer mesmo recorrer por este balcão, com termo novo.",
            base=CONFERIR.capitalize(),
            pedido=p.codigo,
        )
        for p in revogados
    ]


def _da_mesma_especie(servico: Servico, pedido: PedidoAnterior) -> bool:
    """The same service, or another door to the same benefit: urban or rural, by one rule or by another."""
    if pedido.servico_codigo == servico.codigo:
        return True
    return bool(servico.espera_novo_pedido and set(servico.especies) & set(pedido.especies))


def _aviso_de_espera(servico: Servico, pedido: PedidoAnterior, protocolo: str, hoje: date) -> Aviso | None:
    decidido_em = pedido.decidido_em or hoje
    conhecido_em = pedido.ciencia_em or decidido_em
    try:
        espera = valores.valor(servico.espera_novo_pedido, decidido_em)
    except LookupError:
        return None
    espera_ate = conhecido_em + timedelta(days=int(espera.valor))
    # The norm wants the term of the appeal over: a presumed notice or a holiday makes it end later than the bare days.
    livre = max(espera_ate, pedido.recurso_ate or espera_ate)
    if hoje > livre:
        return None
    curto, alerta = pedido.recorrer_ate, ""
    if curto and hoje <= curto < livre:
        alerta = (
            f" Pela conta mais curta, da data da decisão, o prazo do recurso é até {curto:%d/%m/%Y}: não passe dele. "
            "Pode ser mais, contado da ciência."
        )
    mesmo = pedido.servico_codigo == servico.codigo
    qual = "Este serviço" if mesmo else f"“{pedido.nome}”, da mesma espécie,"
    texto = (
        f"{qual} foi decidido em {decidido_em:%d/%m/%Y}{protocolo} e o prazo de {espera.exibir} ainda corre. "
        f"Até {livre:%d/%m/%Y} o caminho é o recurso, se a pessoa não concorda; depois, um pedido novo."
        f"{alerta}"
    )
    return Aviso(
        codigo="decidido_ha_pouco", tom=Tom.IMPEDE, texto=texto, base=espera.base, pedido=pedido.codigo, recurso=True
    )


def _avisos_de_idade(fatos: Fatos, hoje: date) -> list[Aviso]:
    if fatos.nascimento is None:
        texto = "Falta a data de nascimento: complete o cadastro antes de escolher o serviço."
        return [Aviso(codigo="sem_nascimento", tom=Tom.ATENCAO, texto=texto)]
    anos = idade(fatos.nascimento, hoje)
    if anos < ASSINA_SOZINHO:
        texto = "Tem menos de 16 anos: quem assina é o pai, a mãe ou outro representante legal."
        return [Aviso(codigo="menor_de_16", tom=Tom.ATENCAO, texto=texto, base="IN PRES/INSS 128/2022, art. 527")]
    if anos < MAIORIDADE:
        texto = "Tem 16 ou 17 anos: pode assinar, mas confira se o INSS pede o representante legal junto."
        return [Aviso(codigo="menor_de_18", tom=Tom.ATENCAO, texto=texto, base=CONFERIR.capitalize())]
    return []


def _avisos_de_cadunico(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    condicao = next((c for c in servico.condicoes if "cadunico" in c.regra and c.vigente(hoje)), None)
    if condicao is None:
        return []
    chave = condicao.regra["cadunico"]
    if fatos.cadunico_em is None:
        texto = "Pergunte quando o CadÚnico foi atualizado. Sem CadÚnico em dia, passe antes no CRAS."
        return [Aviso(codigo="cadunico_sem_data", tom=Tom.ATENCAO, texto=texto, base=condicao.base)]
    vence = vencimento_do_cadunico(chave, fatos.cadunico_em, hoje)
    if vence is None:
        return []
    if vence < hoje:
        texto = f"O CadÚnico venceu em {vence:%d/%m/%Y}. Atualize no CRAS antes de pedir."
        return [Aviso(codigo="cadunico_vencido", tom=Tom.ATENCAO, texto=texto, base=condicao.base)]
    if vence <= data_da_idade(hoje, 0, MESES_AVISO_CADUNICO):
        texto = f"O CadÚnico vence em {vence:%d/%m/%Y}: é melhor atualizar no CRAS já."
        return [Aviso(codigo="cadunico_quase", tom=Tom.INFO, texto=texto, base=condicao.base)]
    return []


def _avisos_de_biometria(servico: Servico, fatos: Fatos, hoje: date) -> list[Aviso]:
    if not servico.pede_biometria or fatos.sabe("biometria"):
        return []
    try:
        etapa = valores.valor("biometria_etapa", hoje)
    except LookupError:
        return []
    if fatos.nascimento is not None and idade(fatos.nascimento, hoje) >= DISPENSA_BIOMETRIA:
        texto = "Tem 80 anos ou mais: as notícias citam dispensa da biometria. Confirme com o INSS."
        return [Aviso(codigo="biometria_dispensa", tom=Tom.INFO, texto=texto, base=etapa.base)]
    if fatos.sabe("biometria") is None:
        inicio = "Pergunte se a pessoa tem biometria na CIN, na CNH ou no título de eleitor."
    else:
        inicio = "A pessoa diz não ter biometria: oriente a tirar a CIN; sem ela o pedido pode ficar parado."
    return [Aviso(codigo="biometria", tom=Tom.ATENCAO, texto=f"{inicio} {etapa.exibir}", base=etapa.base)]


# Documents


def vagas_exigidas(servico: Servico, fatos: Fatos) -> list[VagaExigida]:
    """Every slot of the service, in order, and whether this case has to fill it and why."""
    return [_vaga_exigida(vaga, fatos) for vaga in servico.vagas]


def _vaga_exigida(vaga: Vaga, fatos: Fatos) -> VagaExigida:
    if vaga.quando == "sempre":
        return VagaExigida(vaga=vaga, obrigatoria=True, motivo="Obrigatório.")
    if vaga.quando == "opcional":
        return VagaExigida(vaga=vaga, obrigatoria=False, motivo="Se tiver.")
    respostas = [fatos.sabe(fato) for fato in vaga.se]
    if True in respostas:
        return VagaExigida(vaga=vaga, obrigatoria=True, motivo=f"Obrigatório porque {vaga.se_texto}.")
    obrigatoria = None if None in respostas else False
    return VagaExigida(vaga=vaga, obrigatoria=obrigatoria, motivo=f"Obrigatório só se {vaga.se_texto}.")
