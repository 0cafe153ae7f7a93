"""From an adhesion to the contents of the papers that the town signs: only what was filled in, nothing assumed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from act_portal.arquivos.models import Arquivo, Folha
from act_portal.emissao import modelos
from act_portal.emissao.conteudo import congelar
from act_portal.territorio.consultas import hoje_em
from adesao.checklist.catalogo import parametro, servicos
from adesao.formularios.leitura import conferido, guardado
from adesao.models import Aceite, Formulario, Papel, Processo
from adesao.papeis.modelos import codigo_de
from adesao.situacoes import Instrumento

Dados = dict[str, Any]
E, Tipo = Papel.Especie, Formulario.Tipo
FOTOS = "fotos-local"
FOTOS_NO_PAPEL = 8
CNPJ_DO_INSS = "29979036000140"
# What no paper prints as content of its own, or prints as of the moment of printing. What INSS fills in later (number,
# SEI, who signs) is no change of what the town accepted.
FORA_DA_BASE = frozenset({"data_documento", "anexos", "processo_sei", "act_numero", "inss_autoridade"})
# What each paper needs filled in before it is made.
FORMULARIOS_DE: dict[Papel.Especie, tuple[Formulario.Tipo, ...]] = {
    E.OFICIO: (Tipo.MUNICIPIO, Tipo.OFICIO),
    E.ESTRUTURA: (Tipo.MUNICIPIO,),
    E.INDICACAO: (Tipo.MUNICIPIO,),
    E.MINUTA: (Tipo.MUNICIPIO, Tipo.OFICIO),
    E.PLANO: (Tipo.MUNICIPIO, Tipo.OFICIO, Tipo.PLANO),
    E.ACEITE: (Tipo.MUNICIPIO,),
}
ACEITOS = frozenset({E.MINUTA, E.PLANO})
PARAMETROS_DA_MINUTA = (
    "vigencia_meses", "aviso_denuncia_dias", "prazo_regularizar_dias", "dias_designar", "dias_comunicar_saida",
    "prazo_incidente_horas", "dias_titular", "dias_relatorio_final", "dias_sem_novos", "dias_publicacao",
)  # fmt: skip


class Incompleto(Exception):
    """A form that the paper needs lacks something."""


def conteudo(processo: Processo, especie: Papel.Especie) -> Dados:
    """What the paper says. Raises Incompleto when a form that it needs is not complete."""
    formularios = {tipo: _limpo(processo, tipo) for tipo in FORMULARIOS_DE[especie]}
    return {**comum(processo, formularios[Tipo.MUNICIPIO]), **MONTADORES[especie](processo, formularios)}


def base(processo: Processo, especie: Papel.Especie) -> str:
    """SHA-256 of what the paper would say now: it changes when the paper would change; "" when incomplete."""
    try:
        dados = conteudo(processo, especie)
    except Incompleto:
        return ""
    return base_de(processo, especie, dados)


def base_de(processo: Processo, especie: Papel.Especie, dados: Dados) -> str:
    modelo = modelos.vigente(codigo_de(especie), hoje_em(processo.municipio))
    partes = congelar({nome: valor for nome, valor in dados.items() if nome not in FORA_DA_BASE})
    # A letter that was signed stays good when only its model is worded anew; what was accepted is the very text.
    texto = modelo.sha256() if especie in ACEITOS else ""
    return hashlib.sha256(json.dumps([texto, partes], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def comum(processo: Processo, municipio: Dados) -> Dados:
    """The parties, as every paper names them."""
    lugar, unidade = processo.municipio, processo.unidade
    return {
        **{nome: municipio[nome] for nome in DO_MUNICIPIO},
        "municipio_nome": municipio["nome"],
        "cidade": lugar.nome,
        "uf": lugar.uf,
        "ibge": lugar.pk,
        "cnpj": processo.cnpj,
        "regime": processo.get_regime_display(),
        "instrumento": processo.get_instrumento_display(),
        "termo_de_adesao": processo.instrumento == Instrumento.TERMO,
        "guarda_chuva": str(processo.guarda_chuva) if processo.guarda_chuva else "",
        "unidade": unidade.nome,
        "unidade_endereco": unidade.endereco,
        "cnpj_do_inss": CNPJ_DO_INSS,
        "processo_sei": processo.processo_sei,
        "codigo_caso": f"adesão {processo.pk}",
        "data_documento": hoje_em(lugar),
        # The PDF's author.
        "entidade_nome": municipio["nome"],
    }


DO_MUNICIPIO = (
    "endereco", "cep", "telefone", "email", "area", "rl_nome", "rl_cpf", "rl_documento", "rl_cargo", "rl_ato",
    "gestor_nome", "gestor_cargo", "gestor_contato", "suplente", "encarregado", "encarregado_contato",
)  # fmt: skip


def parametros(processo: Processo, *chaves: str) -> Dados:
    hoje = hoje_em(processo.municipio)
    return {chave: parametro(chave, hoje).valor for chave in chaves}


def lista_de_servicos(codigos: list[str]) -> list[Dados]:
    return [{"codigo": s.codigo, "nome": s.nome, "sigla": s.sigla} for s in servicos().escolhidos(codigos)]


def _limpo(processo: Processo, tipo: Formulario.Tipo) -> Dados:
    form = conferido(guardado(processo, tipo))
    if not form.is_valid():
        raise Incompleto(tipo.label)
    return form.cleaned_data


def _pontos(processo: Processo) -> list[Dados]:
    return [
        {
            "nome": p.nome,
            "endereco": p.endereco,
            "cep": p.cep,
            "telefone": p.telefone,
            "dias": p.dias,
            "horario": p.horario,
            **p.estrutura,
        }
        for p in processo.pontos.vivos().order_by("pk")
    ]


# --- Each paper ---------------------------------------------------------------------------------------------------
Formularios = dict[Formulario.Tipo, Dados]


def _oficio(processo: Processo, formularios: Formularios) -> Dados:
    oficio = formularios[Tipo.OFICIO]
    nomes = ("numero", "justificativa", "aps_referencia", "distancia_km", "populacao", "demanda_mes")
    anexos = [
        {"nome": item.nome, "validade": item.valido_ate}
        for item in processo.itens.exclude(codigo="oficio-manifestacao").order_by("ordem", "pk")
    ]
    return {
        **{nome: oficio[nome] for nome in nomes},
        "servicos": lista_de_servicos(oficio["servicos"]),
        "interesse_imovel": oficio["interesse_imovel"] == "sim",
        "pontos": _pontos(processo),
        "anexos": anexos,
    }


def _estrutura(processo: Processo, formularios: Formularios) -> Dados:
    fotos = Folha.objects.filter(
        arquivo__in=Arquivo.objects.filter(
            pk__in=processo.itens.filter(codigo=FOTOS, pecas__removida_em__isnull=True).values("pecas__arquivo")
        )
    ).select_related("arquivo")
    return {
        "pontos": _pontos(processo),
        "fotos": [
            {"codigo": f.codigo, "sha256": f.sha256, "legenda": f.arquivo.nome_original.rsplit(".", 1)[0]}
            for f in fotos.order_by("arquivo", "ordem")[:FOTOS_NO_PAPEL]
        ],
        **parametros(processo, "dias_parada"),
    }


def _indicacao(processo: Processo, formularios: Formularios) -> Dados:
    pessoas = processo.representantes.vivos().select_related("ponto").order_by("nome", "pk")
    return {
        "representantes": [
            {
                "nome": p.nome,
                "nome_social": p.nome_social,
                "cpf": p.cpf,
                "matricula": p.matricula,
                "cargo": p.cargo,
                "vinculo": p.get_vinculo_display(),
                "papel": p.get_papel_display(),
                "email": p.email,
                "ponto": p.ponto.nome if p.ponto else "",
                "acesso_em_outra": p.acesso_em_outra,
            }
            for p in pessoas
        ],
        **parametros(processo, "dias_comunicar_saida"),
    }


def _minuta(processo: Processo, formularios: Formularios) -> Dados:
    return {
        "servicos": lista_de_servicos(processo.servicos),
        "pontos": [{"nome": p["nome"], "endereco": p["endereco"]} for p in _pontos(processo)],
        **parametros(processo, *PARAMETROS_DA_MINUTA),
    }


def _plano(processo: Processo, formularios: Formularios) -> Dados:
    plano, oficio = formularios[Tipo.PLANO], formularios[Tipo.OFICIO]
    riscos = [linha.partition(":") for linha in plano["riscos"].splitlines() if linha.strip()]
    return {
        **{nome: plano[nome] for nome in plano if nome not in {"riscos"}},
        **{nome: oficio[nome] for nome in ("justificativa", "aps_referencia", "distancia_km", "populacao")},
        "riscos": [{"risco": risco.strip(), "medida": medida.strip()} for risco, _, medida in riscos],
        "servicos": lista_de_servicos(processo.servicos),
        "pontos": _pontos(processo),
        **parametros(processo, "vigencia_meses", "capacitacao_horas", "dias_relatorio_final"),
    }


def _aceite(processo: Processo, formularios: Formularios) -> Dados:
    validos = {a.texto: a for a in processo.aceites.filter(perdido_em__isnull=True).select_related("papel__documento")}
    if set(validos) != set(Aceite.Texto.values):
        raise Incompleto("Aceite da minuta e do plano")
    return {
        "aceites": [
            {
                "texto": texto.label,
                "versao": validos[texto].versao,
                "codigo": validos[texto].papel.documento.codigo,
                "hash": validos[texto].papel.documento.hash_conteudo,
                "em": validos[texto].em.astimezone(processo.municipio.fuso).date(),
            }
            for texto in Aceite.Texto
        ],
        "ressalvas": " ".join(a.ressalvas for a in validos.values() if a.ressalvas),
    }


MONTADORES = {
    E.OFICIO: _oficio,
    E.ESTRUTURA: _estrutura,
    E.INDICACAO: _indicacao,
    E.MINUTA: _minuta,
    E.PLANO: _plano,
    E.ACEITE: _aceite,
}
