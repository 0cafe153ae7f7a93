"""Every check that a pack may name."""

from __future__ import annotations

from requerimentos.fichas import bpc, dependentes, regras, rural
from requerimentos.fichas.regras import Regra

REGRAS: dict[str, Regra] = {
    regra.__name__: regra
    for regra in (
        regras.fim_depois_do_inicio, regras.sem_sobreposicao, regras.ate, regras.cpf_uma_vez, regras.nao,
        regras.meses_ate_hoje, regras.prazo_em_dias, regras.anos_ate_hoje, regras.numero_fora, regras.prazo_do_recurso,
        regras.igual_a_outra, regras.ordem_das_datas, regras.idade_no_dia, regras.antes_de_nascer, regras.longe_demais,
        regras.ja_passou, regras.de_sexo,
        bpc.renda_por_pessoa, bpc.renda_acima, bpc.renda_com_descontos, bpc.quem_conta,
        bpc.filho_mais_velho, bpc.estado_civil_do_par,
        rural.acima_dos_modulos, rural.cedeu_mais_da_metade, rural.dias_de_empregados, rural.mais_dias_que,
        rural.documento_do_periodo, rural.comecou_crianca, rural.passa_da_morte, rural.e_de_quem_pede,
        dependentes.classes, dependentes.classe_excluida, dependentes.maior_de_21,
        dependentes.menor_sem_representante, dependentes.passou_da_idade, dependentes.falta_quem_pede,
    )
}  # fmt: skip
