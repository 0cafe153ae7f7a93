"""The two lists that come in as CSV, properties and their spaces: columns, and what one line of each does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model

from act_portal.erros import ErroDeDominio
from act_portal.territorio.models import UnidadeInss
from cessao.imoveis import servicos
from cessao.imoveis.forms import EspacoForm, ImovelForm
from cessao.models import Espaco, Imovel

if TYPE_CHECKING:
    from django.forms import Form

    from act_portal.contas.models import Usuario

Celulas = Mapping[str, str]
SIM = {"": True, "sim": True, "s": True, "1": True, "nao": False, "não": False, "n": False, "0": False}
DE_OUTRA_UNIDADE = "Este código já é de um imóvel de outra unidade."


@dataclass(frozen=True)
class Linha:
    """What became of one line of the file; `linha` as a spreadsheet numbers it."""

    linha: int
    codigo: str
    resultado: str
    frase: str = ""


class Lista:
    """One kind of list, being read for one person."""

    # A page that names the columns has the class itself.
    do_not_call_in_templates: ClassVar[bool] = True
    colunas: ClassVar[tuple[str, ...]]
    obrigatorias: ClassVar[frozenset[str]]
    repetida: ClassVar[str]

    def __init__(self, autor: Usuario) -> None:
        self.autor = autor

    def chave(self, dados: Celulas) -> str:
        """What tells one line from the others, as the report shows it."""
        raise NotImplementedError

    def guardar(self, dados: Celulas) -> tuple[str, str]:
        """What became of the line, and the sentence. Raises ErroDeDominio with what to correct."""
        raise NotImplementedError


class DosImoveis(Lista):
    colunas = (
        "codigo", "nome", "natureza", "operacional", "matricula", "cartorio", "endereco", "cep", "municipio", "unidade",
        "area_m2", "descricao", "acessibilidade", "custo_mensal", "custos", "seguranca",
    )  # fmt: skip
    obrigatorias = frozenset({"codigo", "nome", "natureza", "endereco", "municipio", "unidade", "area_m2"})
    repetida = "O código"

    def __init__(self, autor: Usuario) -> None:
        super().__init__(autor)
        self.unidades = {u.codigo.upper(): u for u in UnidadeInss.objects.all()}

    def chave(self, dados: Celulas) -> str:
        return dados["codigo"].strip()

    def guardar(self, dados: Celulas) -> tuple[str, str]:
        operacional = SIM.get(dados.get("operacional", "").strip().lower())
        unidade = self.unidades.get(dados["unidade"].strip().upper())
        ditas = {}
        if operacional is None:
            ditas["operacional"] = "Em “operacional”, escreva sim ou não."
        if unidade is None:
            ditas["unidade"] = "Não achamos a unidade do INSS com este código."
        valores = {
            **dados, "operacional": "sim" if operacional else "nao", "unidade": unidade.pk if unidade else "",
        }  # fmt: skip
        limpos = _limpos(ImovelForm(valores, usuario=self.autor), ditas)
        limpos.pop("versao")
        return self._pelo_codigo(limpos.pop("codigo"), limpos, set(dados))

    def _pelo_codigo(self, codigo: str, limpos: dict[str, Any], colunas: set[str]) -> tuple[str, str]:
        """A column that the file has not says nothing of the property; an empty cell of one that it has clears it."""
        existente = Imovel.objects.select_related("municipio", "unidade").filter(codigo=codigo).first()
        if existente is None:
            servicos.cadastrar(codigo, limpos, autor=self.autor)
            return "criado", ""
        if not Imovel.objects.visiveis_para(self.autor).filter(pk=existente.pk).exists():
            raise ErroDeDominio(DE_OUTRA_UNIDADE)
        ditos = {nome: valor for nome, valor in limpos.items() if nome in colunas}
        mudado = servicos.corrigir(existente.pk, ditos, autor=self.autor)
        return ("igual", "") if mudado.versao == existente.versao else ("mudado", _mudancas(existente, ditos))


class DosEspacos(Lista):
    """One line to each space. Its name tells it from the others of the property; larger spaces come first."""

    colunas = (
        "imovel", "nome", "dentro_de", "area_m2", "descricao", "disponivel_de", "disponivel_ate", "retirado_motivo",
    )  # fmt: skip
    obrigatorias = frozenset({"imovel", "nome", "area_m2"})
    repetida = "O espaço"

    def chave(self, dados: Celulas) -> str:
        return f"{dados['imovel'].strip()} · {' '.join(dados['nome'].split())}"

    def guardar(self, dados: Celulas) -> tuple[str, str]:
        imovel = Imovel.objects.filter(codigo=dados["imovel"].strip()).first()
        if imovel is None:
            raise ErroDeDominio("Não achamos o imóvel com este código. Cadastre o imóvel antes.")
        if not Imovel.objects.visiveis_para(self.autor).filter(pk=imovel.pk).exists():
            raise ErroDeDominio(DE_OUTRA_UNIDADE)
        espacos = {e.nome: e for e in imovel.espacos.filter(retirado_em=None).select_related("dentro_de")}
        existente = espacos.get(dados["nome"].strip())
        if motivo := dados.get("retirado_motivo", "").strip():
            return self._retirar(imovel, existente, dados["nome"].strip(), motivo)
        # A column that the file has not says nothing of the space.
        valores: dict[str, Any] = (
            {nome: getattr(existente, nome) for nome in EspacoForm.base_fields} if existente else {}
        )
        valores |= {"dentro_de": existente.dentro_de_id if existente else None, **dados}
        if maior := dados.get("dentro_de", "").strip():
            if maior not in espacos:
                raise ErroDeDominio(f"O imóvel não tem o espaço “{maior}”. Ponha a linha do espaço maior antes.")
            valores["dentro_de"] = espacos[maior].pk
        limpos = _limpos(EspacoForm(valores, imovel=imovel, espaco=existente))
        if existente and all(getattr(existente, nome) == valor for nome, valor in limpos.items()):
            return "igual", ""
        servicos.guardar_espaco(imovel.pk, limpos, espaco_id=existente.pk if existente else None, autor=self.autor)
        return ("mudado", _mudancas(existente, limpos)) if existente else ("criado", "")

    def _retirar(self, imovel: Imovel, existente: Espaco | None, nome: str, motivo: str) -> tuple[str, str]:
        if existente is not None:
            servicos.retirar_espaco(existente.pk, motivo=motivo, autor=self.autor)
            return "mudado", f"Retirado do catálogo: {_em_palavras(motivo)}."
        if imovel.espacos.filter(nome=nome).exists():
            return "igual", ""
        raise ErroDeDominio("O imóvel não tem este espaço para retirar. Confira o nome.")


# By the name that the pages give them.
LISTAS: dict[str, type[Lista]] = {"imoveis": DosImoveis, "espacos": DosEspacos}


def _limpos(form: Form, ditas: Mapping[str, str] | None = None) -> dict[str, Any]:
    """`ditas`: sentences on cells that the form cannot read as they came; every other one is told with them."""
    ditas = ditas or {}
    if form.is_valid() and not ditas:
        return dict(form.cleaned_data)
    do_form = (
        f"{form.fields[nome].label if nome in form.fields else 'Linha'}: {' '.join(map(str, erros))}"
        for nome, erros in form.errors.items()
        if nome not in ditas
    )
    raise ErroDeDominio(" ".join([*ditas.values(), *do_form]))


def _mudancas(antes: Model, ditos: Mapping[str, Any]) -> str:
    mudam = [(nome, getattr(antes, nome), valor) for nome, valor in ditos.items() if getattr(antes, nome) != valor]
    frases = [
        f"{antes._meta.get_field(nome).verbose_name}: de {_em_palavras(era)} para {_em_palavras(e)}"  # type: ignore[union-attr]
        for nome, era, e in mudam
    ]
    return f"Mudou {'; '.join(frases)}."


def _em_palavras(valor: Any) -> str:
    if valor is None or valor == "":
        return "vazio"
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, Espaco):
        return f"“{valor.nome}”"
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    texto = f"{valor:.2f}".replace(".", ",") if isinstance(valor, Decimal) else str(valor)
    return f"“{texto if len(texto) <= 80 else texto[:79] + '…'}”"
