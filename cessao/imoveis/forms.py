"""A property, its spaces and pictures, and the list brought in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from act_portal.telas.forms import CampoCEP, CampoData, CampoDecimal, Coluna, FormularioBase, Linha
from act_portal.territorio.campos import CampoMunicipio
from act_portal.territorio.models import UnidadeInss
from act_portal.territorio.regras import somar_meses
from cessao.models import Espaco, Imagem, Imovel
from cessao.models.imovel import alcance
from cessao.regras import ANOS_DE_JANELA
from cessao.situacoes import Natureza

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

SIM_NAO = [("sim", "Sim"), ("nao", "Não")]


class Paragrafo(forms.CharField):
    """Lines broken in one way, whether they come from a browser or from a list."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


def paragrafo(rotulo: str, maximo: int, linhas: int = 3, **opcoes: Any) -> forms.CharField:
    return Paragrafo(label=rotulo, max_length=maximo, widget=forms.Textarea(attrs={"rows": linhas}), **opcoes)


def area(rotulo: str = "Área em m²", **opcoes: Any) -> CampoDecimal:
    return CampoDecimal(
        label=rotulo, min_value=Decimal("0.01"), max_digits=10, decimal_places=2,
        error_messages={"min_value": "A área precisa ser maior que zero."}, **opcoes,
    )  # fmt: skip


def unidades_ao_alcance(usuario: Usuario) -> Any:
    """The units whose property this person keeps."""
    filtro = alcance(usuario, "acima")
    vinculo = usuario.vinculo
    if filtro is None or vinculo is None or vinculo.unidade is None:
        return UnidadeInss.objects.none()
    if vinculo.unidade.nacional:
        return UnidadeInss.objects.order_by("nome")
    return UnidadeInss.objects.filter(caminho__startswith=vinculo.unidade.caminho).order_by("nome")


class ImovelForm(FormularioBase, forms.Form):
    """`imovel`: the one that is corrected; None for a new one, which also gets its code."""

    rotulo_enviar = "Salvar o imóvel"

    codigo = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,29}$", label="Código", help_text="Como o INSS chama o imóvel, sem espaços.",
        error_messages={"invalid": "Use só letras, números, ponto e hífen, até 30."},
    )  # fmt: skip
    nome = forms.CharField(label="Nome", max_length=120, help_text="Exemplo: Prédio da antiga agência, Centro.")
    natureza = forms.ChoiceField(label="Como está", choices=Natureza.choices)
    operacional = forms.TypedChoiceField(
        label="É operacional?", choices=SIM_NAO, coerce=lambda valor: valor == "sim", initial="sim",
        help_text="O não operacional fica no cadastro, mas não pode ser cedido.",
    )  # fmt: skip
    matricula = forms.CharField(label="Matrícula no cartório", max_length=40, required=False)
    cartorio = forms.CharField(label="Cartório", max_length=120, required=False)
    endereco = forms.CharField(label="Endereço", max_length=200)
    cep = CampoCEP(required=False)
    municipio = CampoMunicipio(help_text="Nome e UF, como Serra do Ipê/MG.")
    unidade = forms.ModelChoiceField(UnidadeInss.objects.none(), label="Unidade responsável")
    area_m2 = area()
    descricao = paragrafo("Descrição", 2000, required=False)
    acessibilidade = forms.CharField(label="Acessibilidade", max_length=300, required=False)
    custo_mensal = CampoDecimal(
        label="Custo mensal em reais", required=False, min_value=Decimal(0), max_digits=12, decimal_places=2
    )
    custos = forms.CharField(
        label="O que entra no custo", max_length=300, required=False, help_text="Água, energia, vigilância, limpeza…"
    )
    seguranca = paragrafo(
        "Segurança e acesso",
        2000,
        required=False,
        help_text="Só quem entrou no portal vê: alarmes, chaves.",
    )
    versao = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, usuario: Usuario, imovel: Imovel | None = None, **kwargs: Any) -> None:
        if imovel is not None:
            inicial = {nome: getattr(imovel, nome) for nome in self.base_fields}
            kwargs["initial"] = {**inicial, "operacional": "sim" if imovel.operacional else "nao"}
        super().__init__(*args, **kwargs)
        self.fields["unidade"].queryset = unidades_ao_alcance(usuario)  # type: ignore[attr-defined]
        if imovel is not None:
            self.fields["codigo"].disabled = True

    def leiaute(self) -> list:
        return [
            Fieldset(
                "O imóvel", "codigo", "nome", Linha(Coluna("natureza", largura=3), Coluna("operacional", largura=3)),
                Linha(Coluna("matricula"), Coluna("cartorio"), Coluna("area_m2")), "descricao", "acessibilidade",
            ),
            Fieldset(
                "Onde fica", "endereco", Linha(Coluna("municipio", largura=3), Coluna("cep", largura=3)), "unidade"
            ),
            Fieldset("Custos e segurança", Linha(Coluna("custo_mensal"), Coluna("custos", largura=4)), "seguranca"),
            "versao",
        ]  # fmt: skip


class EspacoForm(FormularioBase, forms.Form):
    rotulo_enviar = "Salvar o espaço"

    nome = forms.CharField(label="Nome", max_length=120, help_text="Exemplo: Sala 3, térreo.")
    area_m2 = area()
    dentro_de = forms.ModelChoiceField(
        Espaco.objects.none(), label="Faz parte de", required=False, empty_label="De nenhum outro espaço",
        help_text="Quem pega o espaço maior pega este junto.",
    )  # fmt: skip
    descricao = paragrafo("Descrição", 600, 2, required=False)
    disponivel_de = CampoData(label="Disponível a partir de", required=False)
    disponivel_ate = CampoData(label="Disponível até", required=False)

    def __init__(self, *args: Any, imovel: Imovel, espaco: Espaco | None = None, **kwargs: Any) -> None:
        vivos = imovel.espacos.filter(retirado_em=None)
        if espaco is not None:
            kwargs["initial"] = {nome: getattr(espaco, nome) for nome in self.base_fields}
        else:
            kwargs.setdefault("initial", {"dentro_de": vivos.filter(dentro_de=None, area_m2=imovel.area_m2).first()})
        super().__init__(*args, **kwargs)
        self.fields["dentro_de"].queryset = vivos.exclude(pk=espaco.pk if espaco else 0)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        de, ate = dados.get("disponivel_de"), dados.get("disponivel_ate")
        if de and ate and ate < de:
            self.add_error("disponivel_ate", "O fim fica antes do começo. Confira as duas datas.")
        maior = somar_meses(localdate(), 12 * ANOS_DE_JANELA)
        for nome in ("disponivel_de", "disponivel_ate"):
            if (dia := dados.get(nome)) and dia > maior:
                self.add_error(nome, f"Vai no máximo até {maior:%d/%m/%Y}. Sem data para acabar, deixe vazio.")
        return dados

    def leiaute(self) -> list:
        return [
            Linha(Coluna("nome", largura=4), Coluna("area_m2")), "dentro_de", "descricao",
            Linha(Coluna("disponivel_de", largura=3), Coluna("disponivel_ate", largura=3)),
        ]  # fmt: skip


class ImagemForm(FormularioBase, forms.Form):
    rotulo_enviar = "Enviar a imagem"
    mostrar_opcional = False

    arquivo = forms.FileField(label="Imagem ou PDF")
    tipo = forms.ChoiceField(
        label="O que é", choices=Imagem.Tipo.choices, help_text="A planta só aparece a quem entrou no portal."
    )
    legenda = forms.CharField(label="Legenda", max_length=160)
    espaco = forms.ModelChoiceField(
        Espaco.objects.none(), label="Espaço", required=False, empty_label="Do imóvel inteiro"
    )

    def __init__(self, *args: Any, imovel: Imovel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["espaco"].queryset = imovel.espacos.filter(retirado_em=None)  # type: ignore[attr-defined]


class MotivoForm(FormularioBase, forms.Form):
    mostrar_opcional = False
    motivo = forms.CharField(label="Motivo", max_length=300)

    def __init__(self, *args: Any, rotulo: str = "Retirar", **kwargs: Any) -> None:
        self.rotulo_enviar = rotulo
        super().__init__(*args, **kwargs)


class ImportarForm(FormularioBase, forms.Form):
    rotulo_enviar = "Importar"
    mostrar_opcional = False
    arquivo = forms.FileField(label="Arquivo CSV", help_text="Até 2 MB e 5 mil linhas.")


class PorUnidade(FormularioBase, forms.Form):
    """The filters of a list that the region's overview opens on one unit."""

    unidade = forms.ModelChoiceField(
        UnidadeInss.objects.none(), required=False, to_field_name="codigo", widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unidade"].queryset = unidades_ao_alcance(usuario)  # type: ignore[attr-defined]


class ListaForm(PorUnidade):
    """The filters of the keeper's list."""

    rotulo_enviar = "Filtrar"
    mostrar_opcional = False
    busca = forms.CharField(label="Município, nome ou código", max_length=80, required=False)
    natureza = forms.ChoiceField(
        label="Como está", required=False,
        choices=[("", "Todos"), ("livre", "Com espaço livre hoje"), *Natureza.choices,
                 ("nao_operacional", "Não operacional"), ("retirado", "Retirado")],
    )  # fmt: skip

    def leiaute(self) -> list:
        return [Linha(Coluna("busca", largura=3), Coluna("natureza", largura=3)), "unidade"]

    def clean_busca(self) -> str:
        texto = self.cleaned_data["busca"].strip()
        if len(texto) == 1:
            raise ValidationError("Escreva pelo menos duas letras.")
        return texto
