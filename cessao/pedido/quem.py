"""Who may ask: a public body, with one open request at a time for the same days of a space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from act_portal.erros import ErroDeDominio
from act_portal.telas.formatos import cnpj as com_mascara
from act_portal.territorio.models import Entidade, Municipio
from cessao.models import Espaco, Pedido
from cessao.regras import fim_do_prazo, sobrepoe

# The first eight of a CNPJ are the body; the rest, its branch.
RAIZ = 8


def e_de_municipio(cnpj: str) -> bool:
    """The CNPJ is that of a town whose agreement the portal knows: nobody proves that it is public."""
    return Entidade.objects.filter(cnpj__startswith=cnpj[:RAIZ]).exists()


def exigir_publico(cnpj: str) -> None:
    """Nothing in a CNPJ tells a company from a public body: what is known is what INSS read of it before."""
    if Pedido.objects.filter(cnpj_privado__startswith=cnpj[:RAIZ]).exclude(cnpj_privado="").exists():
        raise ErroDeDominio(
            f"O INSS já viu que o CNPJ {com_mascara(cnpj)} é de empresa ou entidade privada, que não pode pedir: use o "
            "CNPJ do órgão ou da entidade pública que vai assinar o termo e responder pelo espaço."
        )


def ja_aberto(
    espaco: Espaco,
    *,
    municipio: Municipio,
    cnpj: str,
    pelo_inss: bool,
    dados: Mapping[str, Any] | None = None,
    exceto: Pedido | None = None,
) -> Pedido | None:
    """The open request of the same town, or of the same body that INSS answers for, for this space. With `dados`, only
    one whose days cross.
    """  # fmt: skip
    iguais = Pedido.objects.abertos().filter(espaco=espaco, pelo_inss=pelo_inss).order_by("criado_em", "pk")
    iguais = iguais.filter(cnpj__startswith=cnpj[:RAIZ]) if pelo_inss else iguais.filter(municipio=municipio)
    for outro in iguais.exclude(pk=exceto.pk if exceto else 0):
        if dados is None or _cruzam(dados, outro):
            return outro
    return None


def _cruzam(dados: Mapping[str, Any], outro: Pedido) -> bool:
    fim = fim_do_prazo(dados["inicio"], max(1, dados["meses"]))
    return sobrepoe(dados["inicio"], fim, outro.inicio, fim_do_prazo(outro.inicio, outro.meses))


def exigir_um_so(
    espaco: Espaco, dados: Mapping[str, Any], *, municipio: Municipio, pelo_inss: bool, exceto: Pedido | None = None
) -> None:
    outro = ja_aberto(
        espaco, municipio=municipio, cnpj=dados["cnpj"], pelo_inss=pelo_inss, dados=dados, exceto=exceto
    )  # fmt: skip
    if outro is not None:
        desde = outro.criado_em.astimezone(municipio.fuso).date()
        raise ErroDeDominio(
            f"{'Este órgão' if pelo_inss else 'O município'} já tem um pedido aberto para este espaço em dias que se "
            f"cruzam, começado em {desde:%d/%m/%Y} ({outro.orgao}). Siga com ele, ou desista dele antes de fazer outro."
        )
