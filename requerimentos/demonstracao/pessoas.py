"""Invented people: right digits, plausible names, and the cases that make a desk stumble."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from act_portal.demonstracao.numeros import cpf_de
from act_portal.territorio.models import Municipio
from requerimentos.models import Contato, Pessoa, Representante

MULHERES = (
    "Aparecida", "Benedita", "Cleusa", "Divina", "Efigênia", "Francisca", "Geralda", "Helena", "Iracema", "Juliana",
    "Lourdes", "Marlene", "Neusa", "Odete", "Patrícia", "Raimunda", "Sebastiana", "Terezinha", "Vanilda", "Zilda",
)  # fmt: skip
HOMENS = (
    "Adão", "Benício", "Cícero", "Divino", "Expedito", "Francisco", "Geraldo", "Hélio", "Ildeu", "José",
    "Juvenal", "Levi", "Manoel", "Nelson", "Osvaldo", "Pedro", "Raimundo", "Sebastião", "Tarcísio", "Vicente",
)  # fmt: skip
SOBRENOMES = (
    "Alves", "Barbosa", "Cardoso", "Dias", "Evangelista", "Ferreira", "Gonçalves", "Lopes", "Martins", "Nogueira",
    "Oliveira", "Pereira", "Queiroz", "Ribeiro", "Santos", "Teixeira", "Vieira", "Xavier",
)  # fmt: skip
RUAS = ("Rua das Acácias", "Rua do Rosário", "Avenida Central", "Rua dos Ipês", "Travessa da Matriz", "Rua do Campo")
ROCAS = ("Comunidade do Açude, 3 km depois da ponte", "Sítio Boa Vista, estrada do Capão", "Fazenda Velha, casa 2")
PROFISSOES = ("lavradora", "diarista", "pedreiro", "cozinheira", "aposentado", "costureira", "motorista", "do lar")
QUANTAS = 60


def nit_de(base: int) -> str:
    """The NIT whose first ten digits are `base`."""
    digitos = f"{base:010d}"
    soma = sum(int(n) * peso for n, peso in zip(digitos, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2), strict=True))
    return f"{digitos}{(11 - soma % 11) % 11 % 10}"


@dataclass
class Ficha:
    """What the clerk types at the reception."""

    dados: dict[str, Any]
    nits: list[str] = field(default_factory=list)
    contatos: list[dict[str, str]] = field(default_factory=list)
    representante: dict[str, Any] | None = None


def inventar(municipio: Municipio, cep: str, hoje: date) -> list[Ficha]:
    """The people of one town, always the same ones; the first are those that `_especiais` made particular."""
    sorte = random.Random(f"demonstracao:{municipio.pk}")  # noqa: S311 - repeatable on purpose
    fichas = [_comum(sorte, municipio, cep, hoje, numero) for numero in range(QUANTAS)]
    _especiais(fichas, municipio, hoje)
    return fichas


def _comum(sorte: random.Random, municipio: Municipio, cep: str, hoje: date, numero: int) -> Ficha:
    mulher = sorte.random() < 0.58
    familia = " ".join(sorte.sample(SOBRENOMES, 2))
    nome = f"{sorte.choice(MULHERES if mulher else HOMENS)} {familia} Fictíci{'a' if mulher else 'o'}"
    roca = sorte.random() < 0.35
    base = int(municipio.pk) % 1000 * 100_000 + numero * 83 + 17
    celular = f"319{70_000_000 + base % 9_999_999:08d}"[:11]
    contatos = [_contato(Contato.Tipo.CELULAR, celular)]
    canal = Pessoa.Canal.BALCAO
    if sorte.random() < 0.6:
        contatos.append(_contato(Contato.Tipo.EMAIL, f"pessoa{numero}.{municipio.pk}@exemplo.invalid"))
        canal = Pessoa.Canal.EMAIL
    dados = {
        "nome_civil": nome,
        "nome_social": "",
        "cpf": cpf_de(base),
        "nascimento": hoje - timedelta(days=sorte.randint(24 * 365, 74 * 365)),
        "sexo": "F" if mulher else "M",
        "mae": f"{sorte.choice(MULHERES)} {familia} Fictícia",
        "estado_civil": sorte.choice(Pessoa.EstadoCivil.values),
        "nacionalidade": "brasileira",
        "profissao": sorte.choice(PROFISSOES),
        "documento_tipo": Pessoa.TipoDocumento.RG,
        "documento_numero": f"MG-{10 + numero:02d}.{base % 900 + 100}.{base % 800 + 150}",
        "documento_orgao": "PC/MG",
        "cep": cep,
        "endereco": sorte.choice(ROCAS) if roca else f"{sorte.choice(RUAS)}, {sorte.randint(1, 400)}",
        "bairro": "Zona rural" if roca else "Centro",
        "cidade": municipio,
        "assina": Pessoa.Assina.SIM,
        "canal": canal,
    }
    return Ficha(dados, [nit_de(1_200_000_000 + base)], contatos)


def dar_perfil(ficha: Ficha, sexo: str, anos: int, hoje: date) -> None:
    """Make somebody fit what they ask for: `anos` of age and, where it matters, the sex (and then the name)."""
    ficha.dados["nascimento"] = _anos_antes(hoje, anos)
    if sexo in {"", ficha.dados["sexo"]}:
        return
    primeiro, *resto = ficha.dados["nome_civil"].split()
    de, para = (HOMENS, MULHERES) if sexo == "F" else (MULHERES, HOMENS)
    fim = "Fictícia" if sexo == "F" else "Fictício"
    nome = para[de.index(primeiro)] if primeiro in de else primeiro
    ficha.dados |= {"sexo": sexo, "nome_civil": " ".join([nome, *resto[:-1], fim])}


def _contato(tipo: Contato.Tipo, valor: str, de_quem: str = "proprio", nome_recado: str = "") -> dict[str, str]:
    return {"tipo": tipo, "valor": valor, "de_quem": de_quem, "nome_recado": nome_recado}


# The first places of the list, by what is particular in them.
SOCIAL, ROGO, SEM_TELEFONE, NOVENTA, CRIANCA, CURATELADO, PROCURADO, RECADO, SEM_EMAIL = range(9)


def _especiais(fichas: list[Ficha], municipio: Municipio, hoje: date) -> None:
    cpf = fichas[CRIANCA].dados["cpf"]
    outro = int(cpf[:9]) + 40
    fichas[SOCIAL].dados |= {
        "nome_civil": "Ricardo Lopes Fictício",
        "nome_social": "Renata Lopes Fictícia",
        "sexo": "F",
    }
    fichas[ROGO].dados |= {"assina": Pessoa.Assina.NAO_ALFABETIZADA, "canal": Pessoa.Canal.BALCAO}
    fichas[SEM_TELEFONE].dados |= {"canal": Pessoa.Canal.BALCAO, "endereco": ROCAS[0], "bairro": "Zona rural"}
    fichas[SEM_TELEFONE].contatos = []
    fichas[NOVENTA].dados |= {"nascimento": _anos_antes(hoje, 90), "profissao": "lavrador aposentado"}
    fichas[CRIANCA].dados |= {
        "nascimento": _anos_antes(hoje, 7),
        "estado_civil": "",
        "profissao": "",
        "documento_tipo": Pessoa.TipoDocumento.CERTIDAO,
    }
    fichas[CRIANCA].nits = []
    fichas[CRIANCA].representante = _representante(
        Representante.Tipo.PAI_MAE, "Rosana Dias Fictícia", outro, "Certidão de nascimento", parentesco="mãe"
    )
    fichas[CURATELADO].representante = _representante(
        Representante.Tipo.CURADOR,
        "Marta Vieira Fictícia",
        outro + 1,
        "Termo de curatela",
        titulo_data=_anos_antes(hoje, 2),
        processo="0000000-00.2024.8.13.0000",
        juizo=f"Vara única da comarca de {municipio.nome}",
        # About to end: the page of who signs warns of it.
        validade=hoje + timedelta(days=20),
        limites="atos patrimoniais e negociais",
    )
    fichas[PROCURADO].representante = _representante(
        Representante.Tipo.PROCURADOR,
        "Cláudio Nogueira Fictício",
        outro + 2,
        "Procuração",
        titulo_data=hoje - timedelta(days=60),
        procuracao_forma=Representante.Forma.PARTICULAR,
        procuracao_substabelece=True,
    )
    celular = fichas[RECADO].contatos[0]["valor"]
    fichas[RECADO].contatos = [_contato(Contato.Tipo.CELULAR, celular, "recado", "a vizinha, dona Zilda")]
    # Asked for e-mail and gave none: her notices are born failed and the desk sees it.
    fichas[SEM_EMAIL].dados |= {"canal": Pessoa.Canal.EMAIL}
    fichas[SEM_EMAIL].contatos = fichas[SEM_EMAIL].contatos[:1]


def _anos_antes(hoje: date, anos: int) -> date:
    return date(hoje.year - anos, hoje.month, min(hoje.day, 28)) - timedelta(days=20)


def _representante(tipo: Representante.Tipo, nome: str, base: int, titulo: str, **mais: Any) -> dict[str, Any]:
    return {
        "tipo": tipo,
        "nome": nome,
        "cpf": cpf_de(base),
        "documento": "RG MG-11.222.333 PC/MG",
        "endereco": "Rua do Rosário, 45, Centro",
        "telefone": "31970000045",
        "titulo": titulo,
        **mais,
    }
