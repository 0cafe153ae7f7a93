"""The two towns: real places, invented town halls. Whatever exists there already stays untouched."""

from __future__ import annotations

from datetime import date, timedelta

from act_portal.erros import ErroDeDominio
from act_portal.territorio.models import Balcao, Entidade, Municipio, UnidadeInss
from act_portal.territorio.servicos import abrir_balcao

GERENCIA = "GEXBHZ"
OUTRA_GERENCIA = "GEXMOC"
SUPERINTENDENCIA = "SRSE2"
JABOTICATUBAS, BELO_VALE = "3134608", "3106408"
MUNICIPIOS = (JABOTICATUBAS, BELO_VALE)
ENTIDADES = {
    JABOTICATUBAS: {
        "nome": "Prefeitura Municipal de Jaboticatubas (dados fictícios)",
        "cnpj": "99000101000120",
        "endereco": "Praça da Demonstração, 100, Centro",
        "telefone": "3130000100",
        "email": "prefeitura.jaboticatubas@exemplo.invalid",
        "acordo_numero": "101/2026",
        "acordo_processo": "35014.000101/2026-00",
    },
    BELO_VALE: {
        "nome": "Prefeitura Municipal de Belo Vale (dados fictícios)",
        "cnpj": "99000202000109",
        "endereco": "Avenida da Demonstração, 200, Centro",
        "telefone": "3130000200",
        "email": "prefeitura.belovale@exemplo.invalid",
        "acordo_numero": "202/2026",
        "acordo_processo": "35014.000202/2026-00",
    },
}
CEPS = {JABOTICATUBAS: "35830000", BELO_VALE: "35473000"}


def criar_balcoes(desde: date) -> dict[str, Balcao]:
    """Each town linked to its Gerência-Executiva, with a town hall, an agreement begun on `desde` and an open desk."""
    gerencia = UnidadeInss.objects.get(codigo=GERENCIA)
    Municipio.objects.filter(pk__in=MUNICIPIOS).update(unidade=gerencia)
    return {codigo: _balcao(Municipio.objects.get(pk=codigo), desde) for codigo in MUNICIPIOS}


def _balcao(municipio: Municipio, desde: date) -> Balcao:
    if Entidade.objects.filter(municipio=municipio).exists():
        raise ErroDeDominio(
            f"{municipio} já tem uma entidade cadastrada. A demonstração não mexe em dados que não são dela."
        )
    entidade = Entidade.objects.create(
        municipio=municipio,
        encarregado="Ouvidoria municipal",
        encarregado_contato="ouvidoria@exemplo.invalid",
        acordo_inicio=desde,
        acordo_fim=desde + timedelta(days=5 * 365),
        **ENTIDADES[municipio.pk],
    )
    balcao = Balcao.objects.create(
        municipio=municipio,
        entidade=entidade,
        nome="Balcão do Cidadão",
        endereco=entidade.endereco,
        cep=CEPS[municipio.pk],
        telefone=entidade.telefone,
        horario="Segunda a sexta, das 8h às 17h",
        acessibilidade="Rampa, banheiro adaptado e cadeira de rodas",
    )
    return abrir_balcao(balcao.pk, autor=None)
