"""From an adhesion to the contents of the papers that the town signs: only what was filled in, nothing assumed."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

from act_portal.arquivos.models import Arquivo, Folha
from act_portal.emissao import modelos
from act_portal.emissao.conteudo import congelar
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import UnidadeInss
from adesao.checklist.catalogo import parametro, servicos
from adesao.consultas import contatos
from adesao.formularios.leitura import conferido, guardado
from adesao.formularios.longos import FormularioLongo
from adesao.models import Aceite, Formulario, Papel, Processo
from adesao.papeis.modelos import codigo_de
from adesao.regras import CNPJ_DO_INSS
from adesao.situacoes import Instrumento

Dados = dict[str, Any]
E, Tipo = Papel.Especie, Formulario.Tipo
FOTOS = "fotos-local"
FOTOS_NO_PAPEL = 8
# What no paper prints as content of its own, or prints as of the moment of printing. What INSS fills in later (number,
# SEI, who signs) is no change of what the town accepted.
FORA_DA_BASE = frozenset(
    {"data_documento", "anexos", "processo_sei", "act_numero", "inss_autoridade", "inss_endereco", "inss_contatos"}
)
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


class Material:
    """What the papers of one process are made of, each part read once."""

    def __init__(self, processo: Processo) -> None:
        self.processo = processo
        self._bases: dict[Papel.Especie, str] = {}

    @cached_property
    def _formularios(self) -> dict[Formulario.Tipo, FormularioLongo]:
        """Judged: what serves of each is clean, whatever the verdict."""
        guardados = {linha.tipo: linha for linha in self.processo.formularios.all()}
        lidos = {tipo: conferido(guardados.get(tipo) or guardado(self.processo, tipo)) for tipo in Tipo}
        for form in lidos.values():
            form.is_valid()
        return lidos

    def formulario(self, tipo: Formulario.Tipo) -> Dados:
        form = self._formularios[tipo]
        if not form.is_valid():
            raise Incompleto(tipo.label)
        return form.cleaned_data

    @cached_property
    def municipio(self) -> Dados:
        """The first form as far as it serves: the mandate of who signed ends while the agreement lasts, and a town
        that gives up may have left it unfinished.
        """
        vazios = dict.fromkeys(DO_MUNICIPIO, "") | {"nome": f"Município de {self.processo.municipio.nome}"}
        return vazios | self._formularios[Tipo.MUNICIPIO].cleaned_data

    @cached_property
    def partes(self) -> Dados:
        """Raises Incompleto while the form of the town is."""
        return comum(self.processo, self.formulario(Tipo.MUNICIPIO))

    @cached_property
    def pontos(self) -> list[Dados]:
        colunas = ("nome", "endereco", "cep", "telefone", "dias", "horario")
        vivos = self.processo.pontos.vivos().order_by("pk")
        return [{**{nome: getattr(p, nome) for nome in colunas}, **p.estrutura} for p in vivos]

    @cached_property
    def aceites(self) -> dict[str, Aceite]:
        validos = self.processo.aceites.filter(perdido_em__isnull=True).select_related("papel__documento")
        return {aceite.texto: aceite for aceite in validos}

    @cached_property
    def aceites_que_faltam(self) -> tuple[str, ...]:
        """The texts whose very present version nobody has accepted."""
        validos = {texto: aceite.base for texto, aceite in self.aceites.items()}
        return tuple(texto.label for texto in Aceite.Texto if validos.get(texto) != self.base(E(texto)))

    def base(self, especie: Papel.Especie) -> str:
        """SHA-256 of what the paper would say now: it changes when the paper would change; "" when incomplete."""
        if especie not in self._bases:
            try:
                self._bases[especie] = base_de(self.processo, especie, conteudo(self, especie))
            except Incompleto:
                self._bases[especie] = ""
        return self._bases[especie]


def conteudo(material: Material, especie: Papel.Especie) -> Dados:
    """What the paper says. Raises Incompleto when a form that it needs is not complete."""
    for tipo in FORMULARIOS_DE[especie]:
        material.formulario(tipo)
    return {**material.partes, **MONTADORES[especie](material)}


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
        "inss_endereco": _endereco(unidade),
        "inss_contatos": [f"{c.setor}: {', '.join(filter(None, [c.telefone, c.email]))}" for c in contatos(processo)],
        "cnpj_do_inss": CNPJ_DO_INSS,
        "processo_sei": processo.processo_sei,
        "codigo_caso": f"adesão {processo.pk}",
        "data_documento": hoje_em(lugar),
        # The PDF's author.
        "entidade_nome": municipio["nome"],
    }


def _endereco(unidade: UnidadeInss | None) -> str:
    """Its own; failing that, of the nearest unit above it."""
    while unidade is not None and not unidade.endereco:
        unidade = unidade.acima
    return unidade.endereco if unidade else ""


DO_MUNICIPIO = (
    "endereco", "cep", "telefone", "email", "area", "rl_nome", "rl_cpf", "rl_documento", "rl_cargo", "rl_ato",
    "gestor_nome", "gestor_cargo", "gestor_contato", "suplente", "encarregado", "encarregado_contato",
)  # fmt: skip


def parametros(processo: Processo, *chaves: str) -> Dados:
    hoje = hoje_em(processo.municipio)
    return {chave: parametro(chave, hoje).valor for chave in chaves}


def lista_de_servicos(codigos: list[str]) -> list[Dados]:
    return [{"codigo": s.codigo, "nome": s.nome, "sigla": s.sigla} for s in servicos().escolhidos(codigos)]


# --- Each paper ---------------------------------------------------------------------------------------------------
def _oficio(material: Material) -> Dados:
    oficio = material.formulario(Tipo.OFICIO)
    nomes = ("numero", "justificativa", "aps_referencia", "distancia_km", "populacao", "demanda_mes")
    anexos = [
        {"nome": item.nome, "validade": item.valido_ate}
        for item in material.processo.itens.exclude(codigo="oficio-manifestacao").order_by("ordem", "pk")
    ]
    return {
        **{nome: oficio[nome] for nome in nomes},
        "servicos": lista_de_servicos(oficio["servicos"]),
        "interesse_imovel": oficio["interesse_imovel"] == "sim",
        "pontos": material.pontos,
        "anexos": anexos,
    }


def _estrutura(material: Material) -> Dados:
    processo = material.processo
    fotos = Folha.objects.filter(
        arquivo__in=Arquivo.objects.filter(
            pk__in=processo.itens.filter(codigo=FOTOS, pecas__removida_em__isnull=True).values("pecas__arquivo")
        )
    ).select_related("arquivo")
    return {
        "pontos": material.pontos,
        "fotos": [
            {"codigo": f.codigo, "sha256": f.sha256, "legenda": f.arquivo.nome_original.rsplit(".", 1)[0]}
            for f in fotos.order_by("arquivo", "ordem")[:FOTOS_NO_PAPEL]
        ],
        **parametros(processo, "dias_parada"),
    }


def _indicacao(material: Material) -> Dados:
    processo = material.processo
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


def _minuta(material: Material) -> Dados:
    return {
        "servicos": lista_de_servicos(material.processo.servicos),
        "pontos": [{"nome": p["nome"], "endereco": p["endereco"]} for p in material.pontos],
        **parametros(material.processo, *PARAMETROS_DA_MINUTA),
    }


def _plano(material: Material) -> Dados:
    processo = material.processo
    plano, oficio = material.formulario(Tipo.PLANO), material.formulario(Tipo.OFICIO)
    riscos = [linha.partition(":") for linha in plano["riscos"].splitlines() if linha.strip()]
    return {
        **{nome: plano[nome] for nome in plano if nome not in {"riscos"}},
        **{nome: oficio[nome] for nome in ("justificativa", "aps_referencia", "distancia_km", "populacao")},
        "riscos": [{"risco": risco.strip(), "medida": medida.strip()} for risco, _, medida in riscos],
        "servicos": lista_de_servicos(processo.servicos),
        "pontos": material.pontos,
        **parametros(processo, "vigencia_meses", "capacitacao_horas", "dias_relatorio_final"),
    }


def _aceite(material: Material) -> Dados:
    validos, fuso = material.aceites, material.processo.municipio.fuso
    # Declared is only what was accepted as it stands now.
    if material.aceites_que_faltam:
        raise Incompleto("Aceite da minuta e do plano")
    return {
        "aceites": [
            {
                "texto": texto.label,
                "versao": validos[texto].versao,
                "codigo": validos[texto].papel.documento.codigo,
                "hash": validos[texto].papel.documento.hash_conteudo,
                "em": validos[texto].em.astimezone(fuso).date(),
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
