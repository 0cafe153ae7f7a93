"""What an invented town hall fills in: complete forms, a point of service, people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from adesao.checklist.catalogo import servicos
from adesao.formularios.longos import PROPOSTAS

JUSTIFICATIVA = (
    "A agência mais perto fica longe e só há ônibus duas vezes por semana. Boa parte da população mora na zona rural, "
    "é idosa e não tem internet em casa. Hoje a pessoa gasta um dia inteiro e o dinheiro da passagem para entregar um "
    "papel que faltou."
)
DIAGNOSTICO = (
    "A prefeitura já ajuda quem procura a Assistência Social, mas sem acordo o pedido só sai pelo telefone ou na "
    "agência de outra cidade. Muita gente desiste no caminho."
)


def municipio(nome: str, *, mandato_fim: date) -> dict[str, Any]:
    """The form of the town hall, as a browser sends it."""
    return {
        "nome": f"Município de {nome}",
        "endereco": "Praça da Matriz, 1, Centro",
        "cep": "35830-000",
        "telefone": "(31) 3333-0000",
        "email": "gabinete@exemplo.invalid",
        "area": "Secretaria de Administração",
        "rl_nome": "Anselmo Torres Fictício",
        "rl_cpf": "111.444.777-35",
        "rl_documento": "RG MG-00.000.001 SSP/MG",
        "rl_cargo": "Prefeito Municipal",
        "rl_ato": "diploma da Justiça Eleitoral e ata de posse",
        "rl_mandato_fim": mandato_fim.isoformat(),
        "gestor_nome": "Débora Luz Fictícia",
        "gestor_cargo": "Secretária de Administração",
        "gestor_contato": "(31) 3333-0001",
        "suplente": "Caio Reis Fictício, chefe de gabinete",
        "encarregado": "Ouvidoria municipal",
        "encarregado_contato": "ouvidoria@exemplo.invalid",
    }


def oficio() -> dict[str, Any]:
    """The form of the letter, with every service on which nobody has a doubt."""
    escolhidos = {
        f"servicos_{n}": [s.codigo for s in possiveis if not s.duvidoso]
        for n, (_, possiveis) in enumerate(servicos().por_grupo())
    }
    return {
        "numero": f"012/{localdate().year}",
        "justificativa": JUSTIFICATIVA,
        "aps_referencia": "APS da sede da região",
        "distancia_km": "64",
        "populacao": "9812",
        "demanda_mes": "120",
        "interesse_imovel": "nao",
        **escolhidos,
    }


def servicos_sem_duvida() -> list[str]:
    return [s.codigo for s in servicos().todos if not s.duvidoso]


def todos_os_servicos() -> list[str]:
    return [s.codigo for s in servicos().todos]


def plano() -> dict[str, Any]:
    return {**{nome: str(valor) for nome, valor in PROPOSTAS.items()}, "diagnostico": DIAGNOSTICO}


def formularios(nome: str, *, mandato_fim: date) -> dict[str, dict[str, Any]]:
    return {"municipio": municipio(nome, mandato_fim=mandato_fim), "oficio": oficio(), "plano": plano()}


def ponto(nome: str = "Sala do Cidadão") -> dict[str, Any]:
    """The columns of a point and the answers of its declaration."""
    sim = (
        "sala_reservada", "painel_senha", "acess_rampa", "acess_balcao", "acess_libras", "acess_banheiro", "acess_piso",
        "leitor_certificado", "autenticador_mfa", "nobreak", "rede_separada", "usuario_individual",
        "antivirus_atualizado",
    )  # fmt: skip
    return {
        "nome": nome,
        "endereco": "Rua das Flores, 10, Centro",
        "cep": "35830000",
        "telefone": "3133330002",
        "dias": "Segunda a sexta",
        "horario": "8h às 12h e 13h às 17h",
        "estrutura": {
            "area_m2": 42,
            "salas": 2,
            "acess_prazo": None,
            "computadores": 2,
            "scanner_modelo": "de mesa, com alimentador",
            "scanner_dpi": 300,
            "impressora": "laser comum",
            "internet_mbps": 100,
            "internet_reserva": "4G",
            "guarda_documentos": "armário com chave",
            "servidores_por_turno": 2,
            "postos": 2,
            "substitutos": "equipe da Assistência Social",
            "canal_reclamacao": "Ouvidoria, (31) 3333-0009",
            "data_pronta": None,
            **dict.fromkeys(sim, "sim"),
        },
    }


PESSOAS: tuple[dict[str, Any], ...] = (
    {
        "nome": "Ione Prado Fictícia",
        "cpf": "52998224725",
        "matricula": "1001",
        "nacionalidade": "brasileira",
        "cargo": "Assistente administrativa",
        "vinculo": "efetivo",
        "papel": "cadastrador",
        "email": "ione.prado@exemplo.invalid",
        "acesso_em_outra": False,
    },
    {
        "nome": "Joel Matos Fictício",
        "cpf": "15350946056",
        "matricula": "1002",
        "nacionalidade": "brasileira",
        "cargo": "Assistente social",
        "vinculo": "efetivo",
        "papel": "atendente",
        "email": "joel.matos@exemplo.invalid",
        "acesso_em_outra": False,
    },
)
MAIS_UMA = {
    "nome": "Kátia Vale Fictícia",
    "cpf": "39053344705",
    "matricula": "1003",
    "nacionalidade": "brasileira",
    "cargo": "Auxiliar administrativa",
    "vinculo": "efetivo",
    "papel": "atendente",
    "email": "katia.vale@exemplo.invalid",
    "acesso_em_outra": False,
}
