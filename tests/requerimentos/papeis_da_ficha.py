"""Contents of the papers that filled packs become, for the tests of the papers and for the benchmark."""

from __future__ import annotations

from datetime import date
from typing import Any

from requerimentos.demanda import valores
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.leitura import ler_pacote
from requerimentos.fichas.papel import conteudo, papeis
from requerimentos.fichas.regras import Contexto
from tests.requerimentos import papeis as exemplos
from tests.requerimentos.fichas_preenchidas import respostas_completas

CONTEXTO = Contexto(hoje=date(2026, 11, 23), nascimento=date(1961, 5, 3), cpf="11144477735", numero=valores.numero)


def ficha(especie: str, dadas: dict[str, Any] | None = None, **outros: Any) -> dict[str, Any]:
    """The paper of completely answered packs; `dadas` goes to the first of them."""
    papel = next(p for p in papeis() if p.especie == especie)
    lidas = []
    for n, codigo in enumerate(papel.pacotes):
        cru = respostas_completas(pacotes()[codigo], CONTEXTO, dadas=dadas if n == 0 else None)
        lidas.append(ler_pacote(pacotes()[codigo], cru, CONTEXTO))
    return {**exemplos.comuns(), "servico_nome": "Aposentadoria por Idade Rural", **conteudo(papel, lidas), **outros}


def autodeclaracao(
    periodos: int = 2, terras: int = 1, *, aberto: bool = False, variante: str = "Rural", **outros: Any
) -> dict[str, Any]:
    """`aberto`: the last period still goes on."""
    dadas = {
        "segurado": {"variante": variante, "sobre_si": "sim", "apelido": "Dita"},
        "periodos": {
            "periodos": [
                {
                    "inicio": f"{1980 + 3 * n}-02-01",
                    "fim": "" if aberto and n == periodos - 1 else f"{1982 + 3 * n}-12-31",
                    "municipio_uf": "Serra do Exemplo/MG", "condicao": "Comodatário" if n % 2 else "Proprietário",
                    "forma": "Em regime de economia familiar", "posicao": "Componente", "mora_no_local": "sim",
                }
                for n in range(periodos)
            ]
        },
        "familia": {
            "com_familia": "sim",
            "familia": [
                {
                    "nome": "Sebastião Oliveira Fictício", "nascimento": "1958-02-03", "cpf": "52998224725",
                    "estado_civil": "Casado", "parentesco": "Cônjuge", "participa": "sim",
                }
            ],
        },
        "terra": {
            "terras": [
                {
                    "nome": f"Sítio Boa Vista {n + 1}", "municipio_uf": "Serra do Exemplo/MG", "registro": "ITR 1.234",
                    "area_total": "12,5", "area_explorada": "8,25", "dono_nome": "Sebastião Oliveira Fictício",
                    "dono_cpf": "52998224725",
                }
                for n in range(terras)
            ],
            "modulo_fiscal": "20",
        },
        "producao": {
            "producao": [
                {"produto": p, "finalidade": f, "quantidade_ano": q, "para_quem": "Feira", "tem_nota": "nao"}
                for p, f, q in (("Milho", "Os dois", "30 sacas"), ("Feijão", "Subsistência", ""))
            ]
        },
        "provas": {
            "provas": [
                {
                    "documento": "Certidão de casamento", "emissao": "1981-06-20", "em_nome_de": "A própria",
                    "prova": "1981 em diante",
                }
            ]
        },
    }  # fmt: skip
    return ficha("autodeclaracao-rural", dadas, **outros)


def declaracao_bpc(pessoas: int = 2, **outros: Any) -> dict[str, Any]:
    familia = [
        {
            "nome": f"Pessoa {n} da Casa Fictícia", "nascimento": "1990-01-01", "parentesco": "Filho(a)",
            "estado_civil": "Solteiro", "mesmo_teto": "sim", "no_cadunico": "sim", "beneficio_fora": "nao",
        }
        for n in range(pessoas)
    ]  # fmt: skip
    return ficha("declaracao-bpc", {"familia": {"mora_sozinha": "nao", "familia": familia}}, **outros)


def recurso(**outros: Any) -> dict[str, Any]:
    dadas = {
        "decisao": {"decisao_em": "2026-11-01", "soube_em": "2026-11-05", "motivo_inss": "Falta de carência."},
        "razoes": {"explicacao": "Trabalhei na roça de 1980 a 2010.\nO INSS não olhou o bloco de notas."},
    }
    return ficha("razoes-recurso", dadas, **outros)


def acumulacao(**outros: Any) -> dict[str, Any]:
    regime = {"teve": "sim", "recebe": "sim", "orgao": "Prefeitura de Serra do Exemplo", "o_que": ["Pensão por morte"]}
    return ficha("declaracao-acumulacao", {"regime": regime}, **outros)


def desistencia(**outros: Any) -> dict[str, Any]:
    dita = {"o_que": "Desistir de aposentadoria", "servico": "Aposentadoria por Idade Rural", "beneficio": "1234567890"}
    return ficha("declaracao-desistencia", {"desistencia": dita}, **outros)


def salario_familia(filhos: int = 3, **outros: Any) -> dict[str, Any]:
    lista = [{"nome": f"Criança {n} Fictícia", "nascimento": f"20{15 + n}-03-02"} for n in range(filhos)]
    return ficha("termo-salario-familia", {"filhos": {"filhos": lista}}, **outros)
