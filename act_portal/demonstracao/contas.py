"""The accounts of the demonstration. One password for all, printed at the start: none of it is real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from act_portal.contas.models import Usuario, Vinculo
from act_portal.demonstracao.lugares import BELO_VALE, GERENCIA, JABOTICATUBAS, OUTRA_GERENCIA, SUPERINTENDENCIA
from act_portal.demonstracao.numeros import cpf_de
from act_portal.territorio.models import Municipio, UnidadeInss

SENHA = "demonstracao-123"
ATENDENTE, GESTOR = Vinculo.Papel.ATENDENTE, Vinculo.Papel.GESTOR
ANALISTA, AUTORIDADE = Vinculo.Papel.ANALISTA, Vinculo.Papel.AUTORIDADE
LOGISTICA, ADMINISTRADOR = Vinculo.Papel.LOGISTICA, Vinculo.Papel.ADMINISTRADOR


@dataclass(frozen=True)
class Conta:
    email: str
    nome: str
    cargo: str
    papeis: tuple[tuple[Vinculo.Papel, str], ...]
    ativa: bool = True
    # Those that only give the towns of the stories somebody to act are not told to who looks around.
    na_tabela: bool = True


CONTAS = (
    Conta("ana@exemplo.invalid", "Ana Beatriz Fictícia", "Agente administrativa", ((ATENDENTE, JABOTICATUBAS),)),
    Conta("bruno@exemplo.invalid", "Bruno Fictício", "Assistente social", ((ATENDENTE, JABOTICATUBAS),)),
    Conta("carla@exemplo.invalid", "Carla Fictícia", "Secretária de assistência", ((GESTOR, JABOTICATUBAS),)),
    Conta("daniel@exemplo.invalid", "Daniel Fictício", "Agente administrativo", ((ATENDENTE, BELO_VALE),)),
    Conta("elisa@exemplo.invalid", "Elisa Fictícia", "Agente administrativa", ((ATENDENTE, BELO_VALE),)),
    Conta("fabio@exemplo.invalid", "Fábio Fictício", "Chefe do atendimento", ((GESTOR, BELO_VALE),)),
    Conta("gilda@exemplo.invalid", "Gilda Fictícia", "Analista do Seguro Social", ((ANALISTA, GERENCIA),)),
    Conta("hugo@exemplo.invalid", "Hugo Fictício", "Analista do Seguro Social", ((ANALISTA, OUTRA_GERENCIA),)),
    Conta("ivone@exemplo.invalid", "Ivone Fictícia", "Administradora do portal", ((ADMINISTRADOR, ""),)),
    Conta("joana@exemplo.invalid", "Joana Fictícia", "Coordenadora", ((GESTOR, BELO_VALE), (ATENDENTE, JABOTICATUBAS))),
    Conta("mario@exemplo.invalid", "Mário Fictício", "Gerente-Executivo", ((AUTORIDADE, GERENCIA),)),
    Conta("nadia@exemplo.invalid", "Nádia Fictícia", "Superintendente Regional", ((AUTORIDADE, SUPERINTENDENCIA),)),
    Conta("otavio@exemplo.invalid", "Otávio Fictício", "Coordenador de logística", ((LOGISTICA, SUPERINTENDENCIA),)),
    Conta("paula@exemplo.invalid", "Paula Fictícia", "Técnica do Seguro Social", ((ANALISTA, GERENCIA),)),
    Conta("lauro@exemplo.invalid", "Lauro Fictício", "Agente administrativo", ((ATENDENTE, JABOTICATUBAS),), False),
)
# The managers of the towns that join, each town in one stage of the way.
CONTAS_DA_ADESAO = (
    Conta("renata@exemplo.invalid", "Renata Fictícia", "Secretária de administração", ((GESTOR, "3154804"),)),
    Conta("yara@exemplo.invalid", "Yara Fictícia", "Chefe de gabinete", ((GESTOR, "3105004"),)),
    Conta("sergio@exemplo.invalid", "Sérgio Fictício", "Secretário de assistência", ((GESTOR, "3159001"),)),
    Conta("tania@exemplo.invalid", "Tânia Fictícia", "Secretária de governo", ((GESTOR, "3153905"),)),
    Conta("ulisses@exemplo.invalid", "Ulisses Fictício", "Secretário de administração", ((GESTOR, "3155306"),)),
    *(
        Conta(f"gestor{codigo}@exemplo.invalid", "Gestora Fictícia", "Secretária", ((GESTOR, codigo),), na_tabela=False)
        for codigo in (
            "3136603", "3168309", "3142304", "3108107", "3120607", "3150406", "3132206", "3109006",
        )
    ),
    Conta("wanda@exemplo.invalid", "Wanda Fictícia", "Secretária de administração", ((GESTOR, "3140159"),)),
    Conta("xavier@exemplo.invalid", "Xavier Fictício", "Secretário de saúde", ((GESTOR, "3125903"),)),
    Conta("zuleica@exemplo.invalid", "Zuleica Fictícia", "Chefe de gabinete", ((GESTOR, "3117876"),)),
)  # fmt: skip
# Who decides on the property of INSS.
CONTAS_DA_CESSAO = (
    Conta("olivia@exemplo.invalid", "Olívia Fictícia", "Diretora de logística", ((AUTORIDADE, "DIROFL"),)),
    # Who refused a request does not judge the appeal.
    Conta("quirino@exemplo.invalid", "Quirino Fictício", "Diretor substituto de logística", ((AUTORIDADE, "DIROFL"),)),
    # Who took in the papers of a body without an account does not review them.
    Conta("vicente@exemplo.invalid", "Vicente Fictício", "Analista de logística", ((LOGISTICA, SUPERINTENDENCIA),)),
)  # fmt: skip
# Each keeps its invented CPF and registration, whoever is created first.
NUMERO_DE = {conta.email: n for n, conta in enumerate((*CONTAS, *CONTAS_DA_ADESAO, *CONTAS_DA_CESSAO))}
UNIDADES = (GERENCIA, OUTRA_GERENCIA, SUPERINTENDENCIA)


def criar_contas(desde: date, contas: Sequence[Conta] = CONTAS) -> dict[str, Usuario]:
    """Accounts with roles in force since `desde`, by the name before the @. An account that exists stays as it is."""
    citados = {lugar for conta in contas for _, lugar in conta.papeis}
    lugares: dict[str, Municipio | UnidadeInss] = {
        **{m.pk: m for m in Municipio.objects.filter(pk__in=citados)},
        **{u.codigo: u for u in UnidadeInss.objects.filter(codigo__in=citados)},
    }
    # Hashing is slow by design; the same password for all needs it once.
    senha = make_password(SENHA)
    usuarios = {}
    for conta in contas:
        numero = NUMERO_DE[conta.email]
        administra = any(papel == ADMINISTRADOR for papel, _ in conta.papeis)
        usuario, nova = Usuario.objects.get_or_create(
            email=conta.email,
            defaults={
                "nome": conta.nome,
                "cargo": conta.cargo,
                "cpf": cpf_de(900_000_000 + numero * 137),
                "matricula": f"{1000 + numero}",
                "tcms_em": desde + timedelta(days=1),
                "is_active": conta.ativa,
                "is_staff": administra,
                "is_superuser": administra,
                "password": senha,
            },
        )
        if nova:
            for papel, onde in conta.papeis:
                _vinculo(usuario, papel, lugares.get(onde), desde)
        usuarios[conta.email.partition("@")[0]] = usuario
    return usuarios


def _vinculo(usuario: Usuario, papel: Vinculo.Papel, lugar: Municipio | UnidadeInss | None, desde: date) -> None:
    Vinculo.objects.create(
        usuario=usuario,
        papel=papel,
        municipio=lugar if isinstance(lugar, Municipio) else None,
        unidade=lugar if isinstance(lugar, UnidadeInss) else None,
        inicio=desde,
    )


def tabela() -> list[str]:
    """The accounts as the terminal shows them; nothing when the demonstration was not made here."""
    emails = [conta.email for conta in (*CONTAS, *CONTAS_DA_ADESAO, *CONTAS_DA_CESSAO) if conta.na_tabela]
    usuarios = Usuario.objects.filter(email__in=emails).prefetch_related("vinculos__municipio", "vinculos__unidade")
    achados = {usuario.email: usuario for usuario in usuarios}
    linhas = []
    for email in emails:
        if usuario := achados.get(email):
            papeis = " e ".join(str(vinculo) for vinculo in usuario.vinculos.all())
            linhas.append(f"  {email:<24} {papeis}{'' if usuario.is_active else ' (conta desativada)'}")
    return [f"Contas de demonstração (dados fictícios), todas com a senha {SENHA}:", *linhas] if linhas else []
