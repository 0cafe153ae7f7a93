"""From a request to the contents of the receipt and of the proof of delivery (`papeis.contrato`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from act_portal.catalogos.fonte import sem_marca
from act_portal.telas.formatos import no_meio_da_frase
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.prazos import parametro
from requerimentos.agenda.consultas import valendo
from requerimentos.agenda.preenchimento import HORARIO_135, resumo
from requerimentos.consulta.chaves import CONSULTA, chave_publica
from requerimentos.digitalizacao.consultas import documentos
from requerimentos.models import Peca, Pessoa, Requerimento, Resultado
from requerimentos.papeis.preenchimento import comum

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

Dados = dict[str, Any]
INTERVALO_DE_CONSULTA_DIAS = 15
NATUREZA_NO_PAPEL = {
    Peca.Natureza.ORIGINAL: "Original",
    Peca.Natureza.SIMPLES: "Cópia simples",
    Peca.Natureza.TERCEIROS: "Cópia autenticada por outro",
}
NOME_DO_CANAL = {Pessoa.Canal.EMAIL: "e-mail", Pessoa.Canal.SMS: "SMS", Pessoa.Canal.WHATSAPP: "WhatsApp"}
PAGAMENTO = "O banco e o dia do pagamento aparecem no Meu INSS e pelo telefone 135."
PROXIMOS_PASSOS = {
    "deferido": "Guarde a carta.",
    "parcial": "Leia na carta o que foi concedido e o que não foi.",
    "indeferido": "Leia na carta o motivo. Se tiver documento que mude isso, traga ao balcão antes do fim do prazo.",
    "arquivado": "O INSS não chegou a decidir. O pedido pode ser feito de novo, e vale a data nova.",
    "desistencia": "O pedido terminou porque a pessoa pediu. Pode ser feito de novo, e vale a data nova.",
}


def comprovante(requerimento: Requerimento) -> Dados:
    """What the citizen takes home: the name to call them by, and never the CPF."""
    conhecidos = comum(requerimento, requerimento.atendente)
    hoje = hoje_em(requerimento.municipio)
    entrada = requerimento.protocolado_em
    canal = Pessoa.Canal(requerimento.pessoa.canal)
    return {
        **{k: v for k, v in conhecidos.items() if k.startswith(("entidade_", "ponto_", "act_", "codigo_caso"))},
        # It is said inside a sentence.
        "ponto_horario": no_meio_da_frase(conhecidos["ponto_horario"]),
        "nome_tratamento": requerimento.pessoa.nome,
        "servico_nome_simples": requerimento.servico.nome,
        "situacao_envio": "protocolado",
        "protocolo_inss": requerimento.protocolo,
        "protocolo_data_hora": f"{entrada.astimezone(requerimento.municipio.fuso):%d/%m/%Y, às %Hh%M}"
        if entrada
        else "",
        "chave_acesso": chave_publica(requerimento.segredo, CONSULTA),
        "url_consulta": f"{settings.ENDERECO_PUBLICO}/consulta/",
        "agendamentos": [resumo(a) for a in valendo(requerimento)],
        "exigencia_prazo_dias": parametro("exigencia_dias", hoje).valor,
        "recurso_prazo_dias": parametro("recurso_dias", hoje).valor,
        "intervalo_consulta_dias": INTERVALO_DE_CONSULTA_DIAS,
        "horario_135": HORARIO_135,
        "avisos_escolhidos": [NOME_DO_CANAL[canal]] if canal in NOME_DO_CANAL else [],
        **_enviado(requerimento),
    }


def _enviado(requerimento: Requerimento) -> Dados:
    """What left with the request, by nature, in the order of the slots. After the protocol none of it changes."""
    pecas = [peca for peca in documentos(requerimento).todas if peca.paginas]
    linhas = []
    for natureza, palavras in NATUREZA_NO_PAPEL.items():
        for vaga in requerimento.servico.dados["vagas"]:
            daqui = [p for p in pecas if (p.peca.natureza, p.peca.vaga) == (natureza, vaga["id"])]
            if daqui:
                linhas.append(
                    {
                        "nome": vaga["nome"],
                        "natureza": palavras,
                        "documentos": len(daqui),
                        "paginas": sum(len(p.paginas) for p in daqui),
                        "conferidos": sum(1 for p in daqui if p.conferida),
                    }
                )
    return {
        "enviados": linhas,
        "total_documentos": sum(linha["documentos"] for linha in linhas),
        "total_paginas": sum(linha["paginas"] for linha in linhas),
    }


def termo_de_entrega(requerimento: Requerimento, resultado: Resultado, agente: Usuario) -> Dados:
    """The proof that the decision was handed over and explained."""
    dados = {
        **comum(requerimento, agente),
        "servico_nome": requerimento.servico.nome,
        "protocolo_inss": requerimento.protocolo,
        "resultado": resultado.get_tipo_display(),
        "decisao_data": resultado.decidido_em,
        "entregue_em": hoje_em(requerimento.municipio),
        "entregues": [{"descricao": "Carta de decisão do INSS"}] if resultado.carta else [],
        "motivos": resultado.motivos,
        "proximos_passos": _proximos_passos(resultado),
    }
    if resultado.beneficio:
        dados["beneficio_nb"] = resultado.beneficio
    if resultado.recorrer_ate and resultado.prazo_recurso:
        dados |= {"recurso_ate": resultado.recorrer_ate, "recurso_norma": sem_marca(resultado.prazo_base)}
        if resultado.recorrer_ate < resultado.prazo_recurso:
            dados["recurso_talvez_ate"] = resultado.prazo_recurso
    return dados


def _proximos_passos(resultado: Resultado) -> str:
    passos = [PROXIMOS_PASSOS.get(resultado.tipo, "")]
    if resultado.beneficio:
        passos.append(PAGAMENTO)
    return " ".join(passos).strip()
