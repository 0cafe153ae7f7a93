"""Invented contents of the papers: an ordinary case and the awkward ones. All people here are fictitious."""

from __future__ import annotations

from typing import Any

NOME_LONGO = "Maria Aparecida Francisca das Dores Albuquerque Cavalcanti de Vasconcelos Figueiredo Netas"
SOCIAL_LONGO = "Marina Alves Albuquerque Cavalcanti de Vasconcelos e Souza Lim"
LONGOS = [NOME_LONGO, NOME_LONGO.replace("Maria", "Teresa"), NOME_LONGO.replace("Maria", "Helena")]


def comuns(**outros: Any) -> dict[str, Any]:
    return {
        "titular_nome": "Maria Aparecida dos Santos Oliveira",
        "titular_cpf": "11144477735",
        "titular_nascimento": "1961-05-03",
        "titular_doc_tipo": "RG",
        "titular_doc_numero": "12.345.678",
        "titular_doc_orgao_uf": "SSP/MG",
        "titular_nit": "12061840541",
        "titular_mae": "Josefa dos Santos",
        "titular_estado_civil": "viúva",
        "titular_nacionalidade": "brasileira",
        "titular_profissao": "trabalhadora rural",
        "titular_endereco": "Rua das Flores, 25",
        "titular_bairro": "Centro",
        "titular_municipio": "Serra do Exemplo",
        "titular_uf": "MG",
        "titular_cep": "35000000",
        "titular_telefone": "33988887777",
        "titular_telefone_de_quem": "próprio",
        "titular_email": "maria@exemplo.invalid",
        "titular_email_de_quem": "familiar",
        "quem_assina": "titular",
        "idade_titular": 65,
        "entidade_nome": "Município de Serra do Exemplo",
        "entidade_cnpj": "12ABC34501DE35",
        "entidade_endereco": "Praça da Matriz, 1, Centro, Serra do Exemplo/MG",
        "entidade_telefone": "3333330000",
        "ponto_nome": "Balcão Central",
        "ponto_endereco": "Rua do Comércio, 10, Centro",
        "ponto_municipio": "Serra do Exemplo",
        "ponto_uf": "MG",
        "ponto_horario": "segunda a sexta, das 8h às 17h",
        "encarregado_nome_ou_setor": "Ouvidoria municipal",
        "encarregado_contato": "ouvidoria@exemplo.invalid",
        "act_tipo": "Acordo de Cooperação Técnica",
        "act_numero_ano": "999/2026",
        "act_processo_sei": "35014.000000/2026-00",
        "act_fim": "2031-01-05",
        "agente_nome": "Carla Souza",
        "agente_cpf": "12345678909",
        "agente_matricula": "4321",
        "agente_cargo": "agente administrativa",
        "data_assinatura": "2026-11-23",
        "lido_em_voz_alta": None,
        "codigo_caso": "2026-000123",
        **outros,
    }


def termo(**outros: Any) -> dict[str, Any]:
    return comuns(
        servico_grupo="idade",
        servico_clientela="rural",
        servico_nome="Aposentadoria por Idade Rural",
        servico_codigo_pat="1234",
        servico_outro="",
        atos_recurso=True,
        atos_agendamento=True,
        prazo_aviso_uteis=2,
        **outros,
    )


def autorizacao(**outros: Any) -> dict[str, Any]:
    return comuns(
        servico_nome="Aposentadoria por Idade Rural",
        grupos_dados=["identificação e contato", "vida contributiva e benefícios (CNIS)", "atividade rural ou pesca"],
        prazo_guarda="Cinco anos depois do fim do pedido (tabela de temporalidade do município)",
        operadores="Empresa Exemplo de Informática",
        url_privacidade="https://portal.exemplo.invalid/privacidade",
        aviso_sms=True,
        aviso_whatsapp=False,
        aviso_email=None,
        aviso_ligacao=None,
        aviso_numero="33988887777",
        **outros,
    )


def requerimento(documentos: int = 5, **outros: Any) -> dict[str, Any]:
    return comuns(
        servico_nome="Aposentadoria por Idade Rural",
        servico_codigo_pat="1234",
        especie="41",
        respostas=[
            {"pergunta": "a) Recebe benefício do INSS?", "resposta": False},
            {"pergunta": "b) Recebe de outro regime ou órgão?", "resposta": False},
            {"pergunta": "c) Está trabalhando?", "resposta": True},
            {"pergunta": "d) Já fez este pedido antes?", "resposta": None},
            {"pergunta": "e) Há ação na Justiça sobre o mesmo assunto?", "resposta": False},
        ],
        reafirmar_der=True,
        aceita_outro_beneficio=True,
        acompanha_eletronico=False,
        canal_acompanhamento=["Meu INSS", "135"],
        unidade_preferida="APS Serra do Exemplo",
        unidade_cep="35000000",
        orgao_pagador_banco="Banco Exemplo",
        orgao_pagador_agencia_municipio="agência 0001, Serra do Exemplo",
        complementos=[{"rotulo": "A Autodeclaração do segurado especial integra este requerimento", "valor": ""}],
        documentos=[
            {"nome": f"Certidão de casamento com averbação, nº {n}", "se_tiver": n == documentos}
            for n in range(1, documentos + 1)
        ],
        **outros,
    )


def conjunto(**outros: Any) -> dict[str, dict[str, Any]]:
    return {
        "termo-representacao": termo(**outros),
        "autorizacao-dados": autorizacao(**outros),
        "requerimento-servico": requerimento(**outros),
    }


def data_no_inss(**outros: Any) -> dict[str, Any]:
    conhecidos = comprovante()
    return {
        **{k: v for k, v in conhecidos.items() if k.startswith(("entidade_", "ponto_", "act_", "codigo_caso"))},
        "nome_tratamento": conhecidos["nome_tratamento"],
        "servico_nome_simples": "Benefício Assistencial à Pessoa com Deficiência (BPC)",
        "protocolo_inss": "1234567890",
        "agendamento_numero": "1234567891",
        "tipo": "Perícia médica",
        "data": "2026-12-15",
        "hora": "13h40",
        "unidade": "Agência da Previdência Social Serra do Exemplo",
        "endereco": "Rua da Agência, 1, Centro",
        "distancia_km": 42,
        "levar": ["documento com foto", "laudos, exames e receitas"],
        "acompanhante": True,
        "transporte": True,
        "remarcar_ate": "2026-12-22",
        "remarcar_norma": "Portaria Conjunta MDS/INSS 34/2025, art. 13, §§ 3º e 9º",
        "horario_135": conhecidos["horario_135"],
        **outros,
    }


def comprovante(enviados: int = 5, **outros: Any) -> dict[str, Any]:
    naturezas = ("Original", "Cópia simples", "Cópia autenticada por outro")
    return {
        **{k: v for k, v in comuns().items() if k.startswith(("entidade", "ponto", "act", "codigo"))},
        "nome_tratamento": "Marina Alves",
        "servico_nome_simples": "aposentadoria por idade rural",
        "situacao_envio": "protocolado",
        "protocolo_inss": "1234567890",
        "protocolo_data_hora": "23/11/2026, às 10h15",
        "chave_acesso": "K7PM-2XQA",
        "url_consulta": "https://portal.exemplo.invalid/consulta/",
        "exigencia_prazo_dias": 30,
        "recurso_prazo_dias": 30,
        "intervalo_consulta_dias": 15,
        "horario_135": "segunda a sábado, 7h às 22h de Brasília",
        "avisos_escolhidos": ["SMS", "e-mail"],
        "enviados": [
            {
                "nome": f"Autodeclaração do segurado especial (rural), nº {n}",
                "natureza": naturezas[n * 3 // enviados],
                "documentos": 1 + n % 2,
                "paginas": 1 + n % 3,
            }
            for n in range(enviados)
        ],
        "total_documentos": sum(1 + n % 2 for n in range(enviados)),
        "total_paginas": sum(1 + n % 3 for n in range(enviados)),
        **outros,
    }


def entrega(**outros: Any) -> dict[str, Any]:
    return comuns(
        servico_nome="Aposentadoria por Idade Rural",
        protocolo_inss="1234567890",
        resultado="Indeferido",
        decisao_data="2026-11-20",
        entregue_em="2026-11-23",
        entregues=[{"descricao": "Carta de decisão do INSS", "paginas": 2}, {"descricao": "Cópia do processo"}],
        motivos=["Falta de período de carência."],
        recurso_ate="2026-12-23",
        recurso_norma="Decreto 3.048/1999, art. 305",
        **outros,
    )


def revogacao(**outros: Any) -> dict[str, Any]:
    return comuns(
        termo_codigo="K7PM-2XQA-9TBD",
        termo_data="2026-10-01",
        servico_nome="Aposentadoria por Idade Rural",
        protocolo_inss="1234567890",
        pendencias=[{"tipo": "responder a exigência do INSS", "prazo": "2026-12-10"}],
        recebido_em="23/11/2026 às 10:15",
        alcance="total",
        **outros,
    )


def revogacao_parcial(**outros: Any) -> dict[str, Any]:
    return {
        **revogacao(**outros),
        "alcance": "agenda",
        "alcance_texto": "marcar e remarcar perícia e avaliação social",
        "por_conta": "A própria pessoa marca pelo 135 ou pelo Meu INSS.",
    }


def renuncia(**outros: Any) -> dict[str, Any]:
    ditos = {**revogacao(), "motivo": "O único servidor habilitado é parente da pessoa."}
    ditos.pop("alcance")
    return {**ditos, **outros}


def rogo(nomes: list[str] | None = None) -> dict[str, Any]:
    um, dois, tres = nomes or ["José Pereira Lima", "Ana Paula Reis", "Pedro Rocha"]
    return {
        "quem_assina": "rogo",
        "rogo_motivo": "nao_alfabetizado",
        "rogo_nome": um,
        "rogo_cpf": "12345678909",
        "rogo_documento": "RG 11.222.333 SSP/MG",
        "rogo_nascimento": "1980-01-01",
        "test1_nome": dois,
        "test1_cpf": "98765432100",
        "test1_documento": "CNH 01234567890",
        "test1_nascimento": "1975-02-01",
        "test2_nome": tres,
        "test2_cpf": "01234567890",
        "test2_documento": "RG 22.333.444 SSP/MG",
        "test2_nascimento": "1990-03-01",
        "lido_em_voz_alta": True,
    }


def representante(quem: str, **outros: Any) -> dict[str, Any]:
    return {
        "quem_assina": quem,
        "rep_nome": "Joana Lima",
        "rep_cpf": "98765432100",
        "rep_documento": "RG 33.444.555 SSP/MG",
        "rep_endereco": "Rua Nova, 5",
        "rep_telefone": "33999990000",
        "rep_tipo": {"pai_mae": "mãe", "dirigente": "dirigente"}.get(quem, f"{quem} nomeada"),
        "rep_titulo": "certidão de nascimento" if quem == "pai_mae" else "decisão judicial",
        "rep_titulo_data": "2024-03-01",
        "rep_processo": "0001234-56.2024.8.13.0001",
        "rep_juizo": "Vara Única da Comarca de Serra do Exemplo",
        "rep_validade": "2027-03-01",
        "rep_limites": "atos patrimoniais e negociais",
        "rep_parentesco": "filha",
        **outros,
    }


def procurador() -> dict[str, Any]:
    return {
        "quem_assina": "procurador",
        "proc_nome": "Paulo Braga",
        "proc_cpf": "98765432100",
        "proc_documento": "RG 33.444.555 SSP/MG",
        "proc_endereco": "Rua Nova, 5",
        "proc_forma": "pública",
        "proc_data": "2025-01-10",
        "proc_cartorio_livro_folha": "1º Ofício, livro 12, folha 34",
        "proc_pode_substabelecer": True,
        "proc_oab": "MG 12345",
    }


def orientacao() -> dict[str, Any]:
    """A person of 64 whom time alone separates from one benefit, and who has to pass by CRAS for another."""
    entidade = {k: v for k, v in comuns().items() if k.startswith(("entidade_", "ponto_", "act_", "encarregado_"))}
    vazio: dict[str, Any] = {"sim": [], "nao": [], "falta": [], "levar": [], "aonde": [], "conferir": False}
    return {
        **entidade,
        "nome_tratamento": "Maria",
        "assunto": "Idade",
        "data_da_conversa": "2026-11-23",
        "caminhos": [
            {
                **vazio,
                "nome": "Benefício Assistencial à Pessoa Idosa (BPC)",
                "lugar": "cabe",
                "sim": ["Tem 66 anos; a regra pede 65 anos."],
                "falta": ["A conferir: não receber outro benefício."],
                "levar": ["Documento de identidade e CPF", "Documentos da família"],
                "conferir": True,
            },
            {
                **vazio,
                "nome": "Aposentadoria por Idade Urbana",
                "lugar": "ainda_nao",
                "nao": ["Completa 62 anos em 03/2027. Quem decide é o INSS."],
            },
            {
                **vazio,
                "nome": "Seguro-Defeso",
                "lugar": "orientar",
                "aonde": ["Aplicativo Carteira de Trabalho Digital."],
            },
            {
                **vazio,
                "nome": "Pensão por Morte Urbana",
                "lugar": "nao_cabe",
                "nao": ["Pelo que foi dito, não cumpre."],
            },
        ],
        "antes": ["CRAS: o CadÚnico venceu em 01/02/2026. Atualize no CRAS antes de pedir."],
        "passos": ["Traga a carta da negativa."],
        "agente_nome": "Carla Souza",
    }
