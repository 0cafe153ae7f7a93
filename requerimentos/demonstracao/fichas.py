"""What the invented people answer to the question packs. Only requests in the limelight have theirs filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from act_portal.contas.models import Usuario
from act_portal.demonstracao.numeros import cpf_de
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.regras import MAIORIDADE, idade
from requerimentos.fichas import servicos
from requerimentos.fichas.consultas import fichas_do
from requerimentos.models import Representante, Requerimento

Respostas = Mapping[str, Mapping[str, Mapping[str, Any]]]
RENDA_ZERO = {
    "renda_salario": "0", "renda_propria": "0", "renda_beneficio": "0", "renda_pensao": "0", "renda_outra": "0",
}  # fmt: skip


def preencher(requerimento: Requerimento, *, autor: Usuario, metade: bool = False) -> None:
    """Answer the packs page by page; `metade`: somebody else goes on tomorrow."""
    respostas = _respostas(requerimento)
    paginas = [
        (ficha.pacote.codigo, secao, dados)
        for ficha in fichas_do(requerimento)
        for secao, dados in respostas.get(ficha.pacote.codigo, {}).items()
    ]
    for codigo, secao, dados in paginas[: len(paginas) // 2] if metade else paginas:
        servicos.guardar(requerimento.pk, codigo, secao, dados, versao=0, janela="", autor=autor)


def _respostas(requerimento: Requerimento) -> Respostas:
    pessoa, hoje = requerimento.pessoa, hoje_em(requerimento.municipio)
    # Nobody else of the demonstration has these numbers.
    base = int(pessoa.cpf[:9]) + 70
    mae = pessoa.representantes.first() if idade(pessoa.nascimento, hoje) < MAIORIDADE else None
    return {
        "processo_anterior": {"pedido": {"ja_pediu": "nao"}},
        "atividade_rural": {
            "rural": {"como": "Por conta própria ou com a família", "ainda": "sim", "cidade": "nao"},
        },
        "autodeclaracao_rural": _rural(pessoa.nascimento, hoje, f"{requerimento.municipio}", cpf_de(base)),
        "vinculo_urbano": {"vinculos": {"teve": "nao"}},
        "beneficio_anterior": {"beneficio": {"recebe": "Nunca recebeu"}},
        "maternidade": {
            "evento": {
                "evento": "Parto", "quando": f"{hoje - timedelta(days=80)}", "crianca": "Ravi Fictício", "quantas": "1",
                "trabalho": "Trabalhava no campo ou na pesca", "repouso": "nao", "internacao": "nao",
            }
        },
        "bpc_grupo_familiar": _familia(cpf_de(base + 1), mae),
        "bpc_renda_e_gastos": {
            "moradia": {"onde_mora": "Residência"},
            "gastos": {
                "tem_gastos": "sim", "aceita_valor_medio": "sim", "suas_negado": "nao",
                "gastos": [
                    {
                        "categoria": "Medicamentos", "valor_mensal": "180,00", "continuo": "sim", "negado": "sim",
                        "prova_da_negativa": "Declaração da farmácia municipal", "receita_ou_laudo": "sim",
                    }
                ],
            },
        },
        "cadunico": {
            "cadunico": {
                "tem": "sim", "atualizado_em": f"{hoje - timedelta(days=260)}",
                "responsavel": mae.nome if mae else pessoa.nome_civil,
                "igual": "sim", "autoriza": "sim",
            }
        },
        "bolsa_familia": {"bolsa": {"saida_voluntaria": "Não há recebimento"}},
        "pagamento": {"pagamento": {"como": "Cartão do benefício", "cidade": f"{requerimento.municipio}, Centro"}},
        "deficiencia": {
            "deficiencia": {"tipo": ["Física"], "desde": "Nascimento", "mudou": "nao", "laudo": "sim",
                            "precisa_apoio": "sim", "apoio": ["Acompanhante"]},
        },
    }  # fmt: skip


def _rural(nascimento: date, hoje: date, lugar: str, cpf: str) -> Mapping[str, Mapping[str, Any]]:
    comeco = date(nascimento.year + 17, 2, 1)
    meio = comeco + (hoje - comeco) / 2
    trabalho = {
        "municipio_uf": lugar, "forma": "Em regime de economia familiar", "posicao": "Componente",
        "mora_no_local": "sim",
    }  # fmt: skip
    return {
        "segurado": {"variante": "Rural", "sobre_si": "sim", "escolaridade": "Fundamental incompleto"},
        "periodos": {
            "periodos": [
                {**trabalho, "inicio": f"{comeco}", "fim": f"{meio}", "condicao": "Comodatário"},
                {**trabalho, "inicio": f"{meio + timedelta(days=1)}", "condicao": "Proprietário"},
            ]
        },
        "familia": {
            "com_familia": "sim",
            "familia": [
                {
                    "nome": "Geraldo Pires Fictício", "nascimento": "1959-09-02", "cpf": cpf, "estado_civil": "Casado",
                    "parentesco": "Cônjuge", "participa": "sim",
                }
            ],
        },
        "terra": {
            "terras": [
                {
                    "nome": "Sítio Boa Esperança", "municipio_uf": lugar, "registro": "CCIR 950.000.000-0",
                    "area_total": "14,5", "area_explorada": "6", "dono_nome": "Geraldo Pires Fictício", "dono_cpf": cpf,
                }
            ],
            "modulo_fiscal": "20", "houve_cessao": "nao",
        },
        "producao": {
            "producao": [
                {"produto": "Milho e feijão", "finalidade": "Subsistência"},
                {"produto": "Galinhas e ovos", "finalidade": "Os dois", "para_quem": "Feira", "tem_nota": "nao"},
            ],
            "houve_ipi": "nao", "houve_turismo": "nao",
        },
        "ajuda": {"houve_empregado": "nao", "houve_mutirao": "sim"},
        "rendas": {"houve_outra_renda": "nao", "em_cooperativa": "nao", "tem_cnpj": "nao"},
        "provas": {
            "provas": [
                {
                    "documento": "Ficha do sindicato rural", "emissao": f"{comeco + timedelta(days=400)}",
                    "em_nome_de": "Própria", "prova": f"De {comeco.year + 1} em diante",
                }
            ]
        },
    }  # fmt: skip


def _familia(cpf: str, mae: Representante | None) -> Mapping[str, Mapping[str, Any]]:
    """A child lives with who represents it; a grown person, with a son."""
    quem = {"nome": "Otávio Lima Fictício", "cpf": cpf, "nascimento": "2001-04-18", "parentesco": "Filho(a)"}
    if mae:
        quem = {
            "nome": mae.nome, "cpf": mae.cpf, "nascimento": "1990-06-12", "parentesco": "Pai/Mãe/Padrasto/Madrasta",
        }  # fmt: skip
    return {
        "familia": {
            "mora_sozinha": "nao",
            "familia": [
                {
                    **RENDA_ZERO, **quem, "estado_civil": "Solteiro", "mesmo_teto": "sim", "no_cadunico": "sim",
                    "renda_propria": "600", "beneficio_fora": "nao",
                }
            ],
        },
        "renda": {**RENDA_ZERO},
    }  # fmt: skip
