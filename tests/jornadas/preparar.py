"""`python -m tests.jornadas.preparar [--demonstracao | --adesao]`: tables, territory, two desks and their accounts.

Cases are made by the journeys, or are those of the demonstration. Some people sit at the table already: what the
reception does is walked by other journeys.
"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils.timezone import localdate, now  # noqa: E402

from act_portal.contas.models import Usuario  # noqa: E402
from act_portal.demonstracao.contas import criar_contas  # noqa: E402
from act_portal.demonstracao.lugares import JABOTICATUBAS, criar_balcoes  # noqa: E402
from act_portal.demonstracao.numeros import cpf_de  # noqa: E402
from act_portal.demonstracao.relogio import relogio_em  # noqa: E402
from act_portal.territorio.models import Balcao  # noqa: E402
from requerimentos.models import Pessoa  # noqa: E402
from requerimentos.recepcao import servicos as recepcao  # noqa: E402
from tests.jornadas import cessao  # noqa: E402

# Who sits at Ana's table in Jaboticatubas: name, sex, day of birth, how they sign.
NA_MESA = (
    ("Jurema Mãe Fictícia", "F", date(1999, 4, 2), Pessoa.Assina.NAO_ALFABETIZADA),
    ("Nilson Afastado Fictício", "M", date(1978, 9, 14), Pessoa.Assina.SIM),
)


def sentar(balcao: Balcao, ana: Usuario) -> None:
    """Registered, called and begun, each with an identity document and an address."""
    for n, (nome, sexo, nascimento, assina) in enumerate(NA_MESA):
        dados = {
            "nome_civil": nome, "sexo": sexo, "nascimento": nascimento, "assina": assina,
            "cpf": cpf_de(810_000_000 + n), "mae": "Maria de Jesus Fictícia",
            "documento_tipo": "rg", "documento_numero": f"MG-12.345.67{n}", "documento_orgao": "PC/MG",
            "endereco": "Rua das Acácias, 20", "bairro": "Centro", "cidade": balcao.municipio, "canal": "balcao",
        }  # fmt: skip
        pessoa = recepcao.cadastrar_pessoa(dados, municipio=balcao.municipio, autor=ana, nits=[], contatos=[])
        visita = recepcao.dar_senha(pessoa.pk, balcao=balcao, prioridade="nenhuma", motivo="pedir", autor=ana)
        recepcao.chamar(visita.pk, autor=ana)
        recepcao.iniciar(visita.pk, autor=ana)


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("carregar_territorio", verbosity=0)
    call_command("catalogo", guardar=True)
    if "--demonstracao" in sys.argv:
        call_command("demonstracao")
        call_command("demonstracao_adesao")
        call_command("demonstracao_cessao")
    elif "--adesao" in sys.argv:
        call_command("demonstracao_adesao")
        cessao.preparar()
    else:
        inicio = now() - timedelta(days=60)
        with relogio_em(inicio), transaction.atomic():
            balcoes = criar_balcoes(localdate(inicio))
            contas = criar_contas(localdate(inicio))
        with transaction.atomic():
            sentar(balcoes[JABOTICATUBAS], contas["ana"])
