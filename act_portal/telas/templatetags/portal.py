"""Tags and filters that every template has without `{% load %}`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime

from act_portal import graficos
from act_portal.catalogos.fonte import sem_marca
from act_portal.contas.models import Vinculo
from act_portal.mapas.desenho import Mapa, svg_do_mapa
from act_portal.suporte import suporte
from act_portal.telas import formatos
from act_portal.telas.navegacao import endereco

register = template.Library()

for _nome in ("cpf", "cnpj", "nit", "cep", "beneficio", "telefone", "protocolo", "tamanho", "discar"):
    register.filter(_nome, getattr(formatos, _nome))
register.simple_tag(suporte)


@register.filter(is_safe=True)
def norma(texto: str, usuario: Any) -> str:
    """A base, or a sentence that ends in one: only administrators see the mark of what nobody read in the norm."""
    vinculo = getattr(usuario, "vinculo", None)
    return texto if vinculo is not None and vinculo.papel == Vinculo.Papel.ADMINISTRADOR else sem_marca(texto)


ICONE_DO_TOM = {"": "info", "andamento": "relogio", "atencao": "alerta", "sucesso": "certo-c", "perigo": "erro"}


@register.filter
def data_longa(valor: date | datetime | None) -> str:
    return formatos.data_longa(_dia(valor)) if valor else ""


def _dia(valor: date | datetime) -> date:
    if isinstance(valor, datetime):
        return localtime(valor).date()
    return valor


@register.filter
def avise_o_suporte(texto: str) -> str:
    """Ends a sentence about a part that stopped with whom to tell: `{% aviso "Parou."|avise_o_suporte %}`."""
    return f"{texto} Avise {suporte()}."


@register.simple_tag
def icone(nome: str, classe: str = "ico") -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classe,
        static("img/icones.svg"),
        nome,
    )


@register.simple_tag
def mapa(desenho: Mapa) -> SafeString:
    return svg_do_mapa(desenho)


@register.simple_tag
def grafico(valores: Sequence[graficos.Barra], no_tempo: bool = False) -> SafeString:
    """A drawing only for eyes: the table with the same numbers stands beside it."""
    return graficos.colunas(valores) if no_tempo else graficos.barras(valores)


@register.simple_tag
def rota(nome: str) -> str:
    """The address of a url name, or "" while it does not exist: `{% rota "x:y" as href %}{% if href %}`."""
    return endereco(nome)


@register.simple_tag(takes_context=True)
def parte(context: template.Context, modelo: str, dados: dict[str, Any]) -> SafeString:
    """Draws another template with `dados` on top of the page's own context."""
    with context.push(**dados):
        return template.Engine.get_default().get_template(modelo).render(context)


@register.inclusion_tag("includes/ajuda.html")
def ajuda(slug: str, texto: str = "Ajuda desta tela") -> dict[str, Any]:
    return {"slug": slug, "texto": texto}


@register.inclusion_tag("includes/selo.html")
def selo(estado: Any, grande: bool = False, icone: str = "") -> dict[str, Any]:
    """`estado` has `.label`, `.tom` and perhaps `.icone`: the only place where a state becomes a colour."""
    tom = getattr(estado, "tom", "")
    return {
        "rotulo": estado.label,
        "tom": tom,
        "icone": icone or getattr(estado, "icone", "") or ICONE_DO_TOM[tom],
        "grande": grande,
    }


@register.inclusion_tag("includes/selo.html")
def selo_texto(rotulo: str, tom: str = "", icone: str = "", grande: bool = False) -> dict[str, Any]:
    """The seal of something that is not a state."""
    return {"rotulo": rotulo, "tom": tom, "icone": icone or ICONE_DO_TOM[tom], "grande": grande}


@register.inclusion_tag("includes/prazo.html")
def prazo(ate: date | datetime | None, hoje: date | None = None) -> dict[str, Any]:
    """Days left and the date, never colour alone. Red: 2 days or less, or past; yellow: up to 7."""
    if ate is None:
        return {"ate": None}
    dia = _dia(ate)
    dias = (dia - (hoje or localdate())).days
    tom = "perigo" if dias <= 2 else "atencao" if dias <= 7 else ""
    return {"ate": dia, "dias": dias, "atraso": -dias, "tom": tom, "curta": formatos.data_curta(dia)}


@register.inclusion_tag("includes/passos.html")
def passos(lista: Iterable[tuple[str, str | None, str]], rotulo: str = "Passos do pedido") -> dict[str, Any]:
    """`lista`: (name, address or None, "feito" | "atual" | "depois")."""
    itens = list(lista)
    return {"passos": itens, "rotulo": rotulo, "total": len(itens)}


@register.inclusion_tag("includes/medidor.html")
def medidor(nome: str, usado: int, limite: int, nota: str = "") -> dict[str, Any]:
    """A running total in bytes against its limit; yellow from 80 %, red when over."""
    return {
        "nome": nome,
        "usado": usado,
        "limite": limite,
        "maximo": max(usado, limite),
        "alto": limite * 8 // 10,
        "nota": nota,
        "sobra": limite - usado,
        "excesso": usado - limite,
    }


@register.inclusion_tag("includes/vazio.html")
def vazio(
    titulo: str, texto: str = "", href: str = "", rotulo: str = "", icone: str = "pasta"
) -> dict[str, Any]:  # fmt: skip
    """What to say, and to offer, when a list has nothing."""
    return {"titulo": titulo, "texto": texto, "href": href, "rotulo": rotulo, "icone": icone}


@register.inclusion_tag("includes/aviso.html")
def aviso(texto: str, tom: str = "", titulo: str = "") -> dict[str, Any]:
    """`tom`: "", "sucesso", "atencao" or "erro"."""
    nome = {"": "info", "sucesso": "certo-c", "atencao": "alerta", "erro": "erro"}[tom]
    return {"texto": texto, "tom": tom, "titulo": titulo, "icone": nome}


@register.inclusion_tag("includes/paginacao.html", takes_context=True)
def paginacao(context: template.Context, pagina: Page, rotulo: str = "Páginas da lista") -> dict[str, Any]:
    """Keeps the filters of the address and changes only `pagina`."""
    request: HttpRequest = context["request"]
    consulta = request.GET.copy()
    consulta.pop("pagina", None)
    prefixo = f"?{consulta.urlencode()}&" if consulta else "?"
    numeros = pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1)
    return {
        "pagina": pagina,
        "rotulo": rotulo,
        "prefixo": f"{prefixo}pagina=",
        "numeros": [n if isinstance(n, int) else None for n in numeros],
    }


@register.inclusion_tag("includes/botao.html", takes_context=True)
def botao_post(
    context: template.Context,
    acao: str,
    rotulo: str,
    /,  # so that a form may have fields of these names
    icone: str = "",
    classe: str = "",
    oculto: str = "",
    **campos: Any,
) -> dict[str, Any]:
    """One button that POSTs: `{% botao_post url "Chamar" icone="fila" classe="botao--primario" versao=3 %}`.

    `oculto` completes the label for screen readers ("de Benedita Alves").
    """
    return {
        "acao": acao,
        "rotulo": rotulo,
        "icone": icone,
        "classe": classe,
        "oculto": oculto,
        "campos": campos,
        "csrf_token": context.get("csrf_token"),
    }


# --- Parts of the form template pack ------------------------------------------------------------------------------
@register.filter
def frases_de_erro(form: BaseForm) -> list[tuple[str, str]]:
    """Every sentence of the summary, with the id that it leads to ("" for what belongs to no visible field)."""
    soltas = [("", str(erro)) for erro in form.non_field_errors()]
    escondidas = [("", str(erro)) for campo in form.hidden_fields() for erro in campo.errors]
    dos_campos = [(c.auto_id, f"{_com_sinal(str(c.label))} {erro}") for c in form.visible_fields() for erro in c.errors]
    return soltas + escondidas + dos_campos


def _com_sinal(rotulo: str) -> str:
    """A label that asks needs no colon."""
    return rotulo if rotulo.endswith("?") else f"{rotulo}:"


@register.filter
def tipo_de_campo(campo: BoundField) -> str:
    """Which drawing a field takes: "opcoes", "marca", "arquivo", "grupo" or "entrada"."""
    entrada = campo.field.widget
    tipo = getattr(entrada, "input_type", "")
    if tipo in {"radio", "checkbox"}:
        return "opcoes" if hasattr(entrada, "optgroups") else "marca"
    if tipo == "file":
        return "arquivo"
    return "grupo" if entrada.use_fieldset else "entrada"


@register.filter
def desenhar(campo: BoundField, classe: str = "entrada") -> SafeString:
    proprias = campo.field.widget.attrs.get("class", "")
    return campo.as_widget(attrs={"class": f"{classe} {proprias}".strip()})


@register.filter
def nota_da_opcao(campo: BoundField, valor: object) -> str:
    """The small line under an option, from `notas = {value: text}` of the form field."""
    return getattr(campo.field, "notas", {}).get(str(valor), "")
