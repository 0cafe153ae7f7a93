"""From a request to the contents of its papers (`contrato`): only what is known, nothing assumed."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings

from act_portal.contas.models import Usuario
from act_portal.emissao.conteudo import congelar
from act_portal.telas.formatos import dinheiro
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import servico_do, vagas_do
from requerimentos.demanda.perguntas import AUTORIZACOES, Pergunta, Tipo, perguntas_do
from requerimentos.demanda.servico import Servico
from requerimentos.fichas.no_requerimento import do_requerimento
from requerimentos.fichas.papel import conteudos_da_ficha
from requerimentos.models import Contato, Papel, Pessoa, Representante, Requerimento

Dados = dict[str, Any]
MAIORIDADE = 18
ASSINA_SOZINHO = 16
MOTIVO_DO_ROGO = {
    Pessoa.Assina.NAO_ALFABETIZADA: "nao_alfabetizado",
    Pessoa.Assina.IMPEDIMENTO: "impedimento_fisico",
}
CONTATO_DO_NUMERO = {
    Pessoa.Canal.SMS: Contato.Tipo.CELULAR,
    Pessoa.Canal.WHATSAPP: Contato.Tipo.WHATSAPP,
}
CANAIS_DE_ACOMPANHAMENTO: dict[Any, list[str]] = {True: ["Meu INSS", "135"], False: ["correspondência"]}
# What no paper prints, or prints as of the moment of printing.
FORA_DA_BASE = frozenset(
    [
        "data_assinatura",
        "entidade_email",
        # The same service asks the same of everybody.
        "nao_perguntadas",
        "ponto_horario",
        "rogo_nascimento",
        "rep_titulo_data",
    ]
)
OUTROS_GRUPOS = frozenset({"outro", "incapacidade"})
DOCUMENTO_CURTO = {
    Pessoa.TipoDocumento.CIN: "CIN",
    Pessoa.TipoDocumento.RG: "RG",
    Pessoa.TipoDocumento.CNH: "CNH",
    Pessoa.TipoDocumento.CTPS: "CTPS",
    Pessoa.TipoDocumento.CRNM: "CRNM",
    Pessoa.TipoDocumento.CERTIDAO: "Certidão de nascimento",
    Pessoa.TipoDocumento.OUTRO: "Documento",
}


def conteudos(requerimento: Requerimento, agente: Usuario) -> dict[Papel.Especie, Dados]:
    """The contents of the set, by paper."""
    servico = servico_do(requerimento)
    iguais = comum(requerimento, agente)
    return {
        Papel.Especie.REPRESENTACAO: {**iguais, **_representacao(requerimento, servico)},
        Papel.Especie.DADOS: {**iguais, **_dados(requerimento, servico)},
        Papel.Especie.REQUERIMENTO: {**iguais, **_requerimento(requerimento, servico)},
        **{
            especie: {**iguais, "servico_nome": servico.nome, **dados}
            for especie, dados in conteudos_da_ficha(requerimento).items()
        },
    }


def base(requerimento: Requerimento, agente: Usuario) -> str:
    """SHA-256 of what a set naming `agente` would say: it changes when a paper would change, and only then."""
    partes: dict[str, Dados] = {
        especie.value: {k: congelar(v) for k, v in dados.items() if k not in FORA_DA_BASE}
        for especie, dados in conteudos(requerimento, agente).items()
    }
    if partes[Papel.Especie.REPRESENTACAO.value]["quem_assina"] != "jovem_16_17":
        for dados in partes.values():
            dados["idade_titular"] = dados["idade_titular"] < MAIORIDADE
    texto = json.dumps(partes, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(texto.encode()).hexdigest()


# --- What all three share -----------------------------------------------------------------------------------------


def comum(requerimento: Requerimento, agente: Usuario) -> Dados:
    entidade, balcao = requerimento.balcao.entidade, requerimento.balcao
    return {
        **_titular(requerimento.pessoa),
        **signatario(requerimento),
        "entidade_nome": entidade.nome,
        "entidade_cnpj": entidade.cnpj,
        "entidade_endereco": entidade.endereco,
        "entidade_telefone": entidade.telefone,
        "entidade_email": entidade.email,
        "ponto_nome": balcao.nome,
        "ponto_endereco": balcao.endereco,
        "ponto_municipio": requerimento.municipio.nome,
        "ponto_uf": requerimento.municipio.uf,
        "ponto_horario": balcao.horario,
        "encarregado_nome_ou_setor": entidade.encarregado,
        "encarregado_contato": entidade.encarregado_contato,
        "act_tipo": entidade.get_acordo_tipo_display(),
        "act_numero_ano": entidade.acordo_numero,
        "act_processo_sei": entidade.acordo_processo,
        "act_fim": entidade.acordo_fim,
        "agente_nome": agente.nome,
        "agente_cpf": agente.cpf,
        "agente_matricula": agente.matricula,
        "agente_cargo": agente.cargo,
        "data_assinatura": hoje_em(requerimento.municipio),
        "codigo_caso": str(requerimento.pk),
    }


def _titular(pessoa: Pessoa) -> Dados:
    contatos = {c.tipo: c for c in pessoa.contatos.all()}
    telefone = contatos.get(Contato.Tipo.CELULAR) or contatos.get(Contato.Tipo.TELEFONE)
    email = contatos.get(Contato.Tipo.EMAIL)
    nit = pessoa.nits.first()
    return {
        "titular_nome": pessoa.nome_civil,
        "titular_nome_social": pessoa.nome_social,
        "titular_cpf": pessoa.cpf,
        "titular_nascimento": pessoa.nascimento,
        "titular_doc_tipo": DOCUMENTO_CURTO.get(Pessoa.TipoDocumento(pessoa.documento_tipo))
        if pessoa.documento_tipo
        else "",
        "titular_doc_numero": pessoa.documento_numero,
        "titular_doc_orgao_uf": pessoa.documento_orgao,
        "titular_nit": nit.numero if nit else "",
        "titular_mae": pessoa.mae,
        "titular_nacionalidade": pessoa.nacionalidade,
        "titular_profissao": pessoa.profissao,
        "titular_estado_civil": pessoa.get_estado_civil_display() if pessoa.estado_civil else "",
        "titular_endereco": pessoa.endereco or pessoa.bairro,
        "titular_bairro": pessoa.bairro if pessoa.endereco else "",
        "titular_municipio": pessoa.cidade.nome if pessoa.cidade else "",
        "titular_uf": pessoa.cidade.uf if pessoa.cidade else "",
        "titular_cep": pessoa.cep,
        "titular_telefone": telefone.valor if telefone else "",
        "titular_telefone_de_quem": _de_quem(telefone),
        "titular_email": email.valor if email else "",
        "titular_email_de_quem": _de_quem(email),
    }


def _de_quem(contato: Contato | None) -> str:
    return contato.get_de_quem_display().lower() if contato else ""


def signatario(requerimento: Requerimento) -> Dados:
    """Who signs, in the keys of the papers."""
    idade = requerimento.pessoa.idade_em(hoje_em(requerimento.municipio))
    dados: Dados = {"idade_titular": idade, "lido_em_voz_alta": requerimento.rogo.get("lido_em_voz_alta", False)}
    if requerimento.quem_assina == Requerimento.QuemAssina.ROGO:
        rogo = {k: v for k, v in requerimento.rogo.items() if k.startswith(("rogo_", "test"))}
        motivo = MOTIVO_DO_ROGO.get(Pessoa.Assina(requerimento.pessoa.assina), "impedimento_fisico")
        return {**dados, **rogo, "quem_assina": "rogo", "rogo_motivo": motivo, "lido_em_voz_alta": True}
    if requerimento.quem_assina == Requerimento.QuemAssina.REPRESENTANTE and requerimento.representante:
        return {**dados, **_representante(requerimento.representante)}
    jovem = ASSINA_SOZINHO <= idade < MAIORIDADE
    if not jovem:
        return {**dados, "quem_assina": "titular"}
    junto = {k: v for k, v in requerimento.rogo.items() if k.startswith("assistente_")}
    return {**dados, **junto, "quem_assina": "jovem_16_17"}


def _representante(quem: Representante) -> Dados:
    if quem.procurador:
        return {
            "quem_assina": "procurador",
            "proc_nome": quem.nome,
            "proc_cpf": quem.cpf,
            "proc_documento": quem.documento,
            "proc_endereco": quem.endereco,
            "proc_forma": quem.get_procuracao_forma_display().lower() if quem.procuracao_forma else "",
            "proc_data": quem.titulo_data,
            "proc_validade": quem.validade,
            "proc_cartorio_livro_folha": quem.procuracao_cartorio,
            "proc_pode_substabelecer": quem.procuracao_substabelece,
            "proc_oab": quem.procuracao_oab,
        }
    return {
        "quem_assina": quem.tipo,
        "rep_nome": quem.nome,
        "rep_cpf": quem.cpf,
        "rep_documento": quem.documento,
        "rep_endereco": quem.endereco,
        "rep_telefone": quem.telefone,
        "rep_tipo": quem.get_tipo_display().lower(),
        "rep_titulo": quem.titulo,
        "rep_titulo_data": quem.titulo_data,
        "rep_processo": quem.processo,
        "rep_juizo": quem.juizo,
        "rep_validade": quem.validade,
        "rep_limites": quem.limites,
        "rep_parentesco": quem.parentesco,
    }


# --- Each paper ---------------------------------------------------------------------------------------------------


def _representacao(requerimento: Requerimento, servico: Servico) -> Dados:
    bpc = servico.papel_grupo == "bpc"
    return {
        "servico_grupo": servico.papel_grupo,
        "servico_clientela": "" if bpc else servico.papel_clientela,
        "bpc_publico": servico.papel_clientela if bpc else "",
        "servico_nome": servico.nome,
        "servico_codigo_pat": servico.pat.codigo,
        "servico_outro": servico.nome if servico.papel_grupo in OUTROS_GRUPOS else "",
        "atos_recurso": requerimento.respostas.get("atos_recurso"),
        "atos_agendamento": requerimento.respostas.get("atos_agendamento"),
        "prazo_aviso_uteis": requerimento.balcao.entidade.prazo_aviso_dias_uteis,
    }


def _dados(requerimento: Requerimento, servico: Servico) -> Dados:
    pessoa, entidade = requerimento.pessoa, requerimento.balcao.entidade
    nomes = carregar().vocabulario.dados
    contatos = {c.tipo: c for c in pessoa.contatos.all()}
    canal = Pessoa.Canal(pessoa.canal)
    numero = contatos.get(CONTATO_DO_NUMERO[canal]) if canal in CONTATO_DO_NUMERO else None
    return {
        "servico_nome": servico.nome,
        "grupos_dados": [nomes[grupo] for grupo in servico.dados],
        "prazo_guarda": entidade.prazo_guarda or "Pelo prazo da tabela de temporalidade do município",
        "operadores": entidade.operadores,
        "url_privacidade": f"{settings.ENDERECO_PUBLICO}/ajuda/privacidade/",
        # One question, one answer: asked at the reception how to be told, the person chose this one and not the others.
        # Nobody asks about calls, because the desk's notices never call: the paper leaves that box to the person.
        "aviso_sms": canal == Pessoa.Canal.SMS,
        "aviso_whatsapp": canal == Pessoa.Canal.WHATSAPP,
        "aviso_email": canal == Pessoa.Canal.EMAIL,
        "aviso_ligacao": None,
        "aviso_numero": numero.valor if numero else "",
        "aviso_recado_nome": numero.nome_recado if numero else "",
    }


def _requerimento(requerimento: Requerimento, servico: Servico) -> Dados:
    respostas = requerimento.respostas
    escolhas = {p.chave for p in AUTORIZACOES}
    perguntas = [p for p in perguntas_do(servico) if p.chave not in escolhas]
    feitas = {p.chave for p in perguntas_do(servico)}
    eletronico = respostas.get("acompanha_eletronico")
    return {
        "servico_nome": servico.nome,
        "servico_codigo_pat": servico.pat.codigo,
        "especie": "/".join(servico.especies),
        "respostas": [_resposta(p, respostas.get(p.chave)) for p in perguntas],
        "reafirmar_der": respostas.get("reafirmar_der"),
        "aceita_outro_beneficio": respostas.get("aceita_outro_beneficio"),
        "nao_perguntadas": sorted(escolhas - feitas),
        "acompanha_eletronico": eletronico,
        "canal_acompanhamento": CANAIS_DE_ACOMPANHAMENTO.get(eletronico, []),
        "documentos": _documentos(requerimento),
        **do_requerimento(requerimento, servico),
    }


def _documentos(requerimento: Requerimento) -> list[Dados]:
    """What the service and the answers ask for, not what was scanned: the paper is signed before the scanning ends."""
    return [
        {"nome": exigida.vaga.nome, "se_tiver": not exigida.obrigatoria}
        for exigida in vagas_do(requerimento)
        if not exigida.vaga.papel and (exigida.obrigatoria or exigida.vaga.quando == "opcional")
    ]


def _resposta(pergunta: Pergunta, valor: Any) -> Dados:
    if pergunta.tipo == Tipo.SIM_NAO:
        return {"pergunta": pergunta.texto, "resposta": valor}
    if valor is not None and pergunta.tipo == Tipo.DATA:
        valor = f"{date.fromisoformat(valor):%d/%m/%Y}"
    elif valor is not None and pergunta.tipo == Tipo.DINHEIRO:
        valor = dinheiro(valor)
    return {"pergunta": pergunta.texto, "resposta": None, "texto": valor or "não respondida"}
