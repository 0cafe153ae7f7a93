"""What each paper's template expects in `dados`: the contract between who fills and who draws.

Values are bare: CPF, CNPJ, NIT, CEP and telephones without signs, dates as `date` or ISO text, words already in their
printed form (`"RG"`, `"casada"`). Yes/no answers have three states, `True`, `False` and `None` (not answered: both
boxes stay empty; who fills must refuse to issue). Absent or empty optional fields make their line disappear. What the
portal itself knows (code, QR, model, moment of issue) comes from `emissao` and must not be given here.
"""

from datetime import date
from typing import Literal, NotRequired, TypedDict

Data = date | str
SimNao = bool | None

QuemAssina = Literal[
    "titular", "rogo", "pai_mae", "tutor", "curador", "guardiao", "adm_provisorio", "dirigente", "procurador",
    "jovem_16_17",
]  # fmt: skip
ServicoGrupo = Literal[
    "idade", "tempo", "especial", "pensao", "reclusao", "maternidade", "bpc", "cadastro", "recurso_revisao",
    "incapacidade", "outro",
]  # fmt: skip


class Titular(TypedDict):
    """G-TITULAR: the citizen. The civil name is the rule on papers for INSS; the social name stands beside it."""

    titular_nome: str
    titular_nome_social: NotRequired[str]
    titular_cpf: str
    titular_nascimento: Data
    titular_doc_tipo: str
    titular_doc_numero: str
    titular_doc_orgao_uf: str
    titular_nit: NotRequired[str]
    titular_mae: NotRequired[str]
    titular_nacionalidade: NotRequired[str]
    titular_profissao: NotRequired[str]
    titular_estado_civil: NotRequired[str]
    titular_endereco: str
    titular_bairro: NotRequired[str]
    titular_municipio: str
    titular_uf: str
    titular_cep: NotRequired[str]
    titular_telefone: NotRequired[str]
    titular_telefone_de_quem: NotRequired[str]
    titular_email: NotRequired[str]
    titular_email_de_quem: NotRequired[str]


class Signatario(TypedDict):
    """G-SIGNATARIO: who signs, and the age of the citizen on the day of issue (whole years)."""

    quem_assina: QuemAssina
    idade_titular: int


class Rogo(TypedDict, total=False):
    """G-ROGO: all required when `quem_assina` is "rogo", absent otherwise."""

    rogo_motivo: Literal["nao_alfabetizado", "impedimento_fisico"]
    rogo_nome: str
    rogo_cpf: str
    rogo_documento: str
    rogo_nascimento: Data
    test1_nome: str
    test1_cpf: str
    test1_documento: str
    test1_nascimento: Data
    test2_nome: str
    test2_cpf: str
    test2_documento: str
    test2_nascimento: Data


class RepresentanteLegal(TypedDict, total=False):
    """G-REPLEGAL: when `quem_assina` is a legal representative.

    Always `rep_nome`, `rep_cpf`, `rep_documento`, `rep_tipo` (in words: "mãe", "tutora"), `rep_titulo`. Tutor, curador
    and guardião also `rep_titulo_data`, `rep_processo`, `rep_juizo`; curador `rep_limites`; adm_provisorio
    `rep_parentesco` and `rep_validade`.
    """

    rep_nome: str
    rep_cpf: str
    rep_documento: str
    rep_endereco: str
    rep_telefone: str
    rep_tipo: str
    rep_titulo: str
    rep_titulo_data: Data
    rep_processo: str
    rep_juizo: str
    rep_validade: Data
    rep_limites: str
    rep_parentesco: str


class Procurador(TypedDict, total=False):
    """G-PROCURADOR: when `quem_assina` is "procurador". `proc_forma` in words ("pública", "particular")."""

    proc_nome: str
    proc_cpf: str
    proc_documento: str
    proc_endereco: str
    proc_forma: str
    proc_data: Data
    proc_validade: Data
    proc_cartorio_livro_folha: str
    proc_poderes: str
    proc_pode_substabelecer: SimNao
    proc_oab: str


class Entidade(TypedDict):
    """G-ENTIDADE and the desk. `brasao` is a `data:` address of a square image."""

    entidade_nome: str
    entidade_cnpj: str
    entidade_endereco: str
    entidade_telefone: str
    entidade_email: NotRequired[str]
    ponto_nome: str
    ponto_endereco: str
    ponto_municipio: str
    ponto_uf: str
    ponto_horario: NotRequired[str]
    encarregado_nome_ou_setor: NotRequired[str]
    encarregado_contato: NotRequired[str]
    brasao: NotRequired[str]


class Acordo(TypedDict):
    """G-ACT. `act_tipo` in words: "Acordo de Cooperação Técnica" or "Termo de Adesão"."""

    act_tipo: str
    act_numero_ano: str
    act_processo_sei: NotRequired[str]
    act_fim: NotRequired[Data]


class Agente(TypedDict):
    """G-AGENTE: the clerk. `agente_cpf` is printed only on the term of representation."""

    agente_nome: str
    agente_cpf: NotRequired[str]
    agente_matricula: str
    agente_cargo: str


class Assinatura(TypedDict, total=False):
    """G-ASSINATURA. Without `data_assinatura` the paper has dotted lines for the date."""

    data_assinatura: Data
    lido_em_voz_alta: SimNao
    assistente_nome: str
    assistente_cpf: str
    assistente_vinculo: str
    apoiador_nome: str
    apoiador_termo: str
    interprete_nome: str
    interprete_cpf: str
    interprete_lingua: str


class ComAssinatura(
    Titular, Signatario, Rogo, RepresentanteLegal, Procurador, Entidade, Acordo, Agente, Assinatura
):  # fmt: skip
    """What every paper to sign has. `codigo_caso` is the short number of the case, printed in the foot."""

    codigo_caso: NotRequired[str]


class AgenteSubstituto(TypedDict):
    nome: str
    matricula: str


class TermoRepresentacao(ComAssinatura):
    """Paper 1, code `termo-representacao`: mandate, access to data, and the Termo de Responsabilidade on one sheet."""

    servico_grupo: ServicoGrupo
    servico_clientela: NotRequired[Literal["urbana", "rural", "pesca", ""]]
    bpc_publico: NotRequired[Literal["idosa", "deficiencia", ""]]
    servico_nome: str
    servico_codigo_pat: NotRequired[str]
    servico_outro: NotRequired[str]
    atos_recurso: SimNao
    atos_agendamento: SimNao
    agentes_substitutos: NotRequired[list[AgenteSubstituto]]
    prazo_aviso_uteis: int


class AutorizacaoDados(ComAssinatura):
    """Paper 2, code `autorizacao-dados`: access, what becomes of the data (LGPD), free choice of notices."""

    servico_nome: str
    grupos_dados: list[str]
    prazo_guarda: str
    operadores: NotRequired[str]
    url_privacidade: NotRequired[str]
    aviso_sms: SimNao
    aviso_whatsapp: SimNao
    aviso_email: SimNao
    aviso_ligacao: SimNao
    aviso_numero: NotRequired[str]
    aviso_recado_nome: NotRequired[str]
    aviso_terceiro_ciente: NotRequired[SimNao]


class Dependente(TypedDict):
    nome: str
    cpf: str
    nascimento: Data
    parentesco: str
    tambem_requer: SimNao


class Resposta(TypedDict):
    """One question read aloud. With `opcoes` all are printed and the chosen one marked; `texto` is a date or a sum."""

    pergunta: str
    resposta: bool | str | None
    opcoes: NotRequired[list[str]]
    texto: NotRequired[str]
    complemento: NotRequired[str]


class Complemento(TypedDict):
    """One detail that the service asks for. `tipo` "sn" prints boxes; any other prints the value. `parte`: the name of
    what it belongs to.
    """

    parte: NotRequired[str]
    rotulo: str
    valor: str | bool | None
    tipo: NotRequired[Literal["sn", "texto"]]


class DocumentoPedido(TypedDict):
    """A document that goes with the request. `se_tiver`: it goes only if the person has it."""

    nome: str
    se_tiver: bool


class RequerimentoServico(ComAssinatura):
    """Paper 3, code `requerimento-servico`. Signed before the scanning, so `documentos` is what the case asks for."""

    servico_nome: str
    servico_codigo_pat: NotRequired[str]
    especie: NotRequired[str]
    fato_tipo: NotRequired[str]
    fato_data: NotRequired[Data]
    fato_local: NotRequired[str]
    outra_pessoa_nome: NotRequired[str]
    outra_pessoa_cpf: NotRequired[str]
    outra_pessoa_nascimento: NotRequired[Data]
    outra_pessoa_nit: NotRequired[str]
    dependentes: NotRequired[list[Dependente]]
    respostas: list[Resposta]
    reafirmar_der: SimNao
    aceita_outro_beneficio: SimNao
    nao_perguntadas: NotRequired[list[str]]
    pergunta_cessar_menos_vantajoso: NotRequired[bool]
    aceita_cessar_menos_vantajoso: NotRequired[SimNao]
    acompanha_eletronico: SimNao
    canal_acompanhamento: NotRequired[list[str]]
    unidade_preferida: NotRequired[str]
    unidade_cep: NotRequired[str]
    orgao_pagador_banco: NotRequired[str]
    orgao_pagador_agencia_municipio: NotRequired[str]
    complementos: NotRequired[list[Complemento]]
    documentos: list[DocumentoPedido]


class PapelDaFicha(ComAssinatura):
    """The filled packs: the `especie` of each in `fichas/papeis.toml` (`fichas.papel`).

    `partes`: {titulo, nota, campos: [{rotulo, valor, sn | opcoes | longo}], listas: [{titulo, numerada, item, tabelas:
    [{titulo, colunas, linhas}]}]}, where a part without title goes on with the one before; `contas`: sums in words;
    `declaro`: what is declared above the signature, with its `numero`; `variante`: the end of the title.
    """

    servico_nome: str
    papel_titular: str
    agente_texto: str
    partes: list[dict]
    contas: list[str]
    declaro: list[str]
    rubrica: bool
    variante: NotRequired[str]
    numero: NotRequired[str]


class Agendamento(TypedDict):
    tipo: str
    data: Data
    hora: str
    unidade: str
    endereco: str
    levar: str


class Enviado(TypedDict):
    """What left from one slot under one nature (in words: "Original"). Rows of one nature stand together."""

    nome: str
    natureza: str
    documentos: int
    paginas: int
    # Of them, how many the clerk compared with the original.
    conferidos: NotRequired[int]


class Comprovante(Entidade, Acordo):
    """Paper 6, code `comprovante`: what the citizen takes home. No CPF and, if there is one, only the social name.

    `protocolo_inss`, `protocolo_data_hora` (in words) and `chave_acesso` when `situacao_envio` is "protocolado".
    """

    nome_tratamento: str
    servico_nome_simples: str
    situacao_envio: Literal["protocolado", "na_fila"]
    protocolo_inss: NotRequired[str]
    protocolo_data_hora: NotRequired[str]
    chave_acesso: NotRequired[str]
    url_consulta: NotRequired[str]
    agendamentos: NotRequired[list[Agendamento]]
    exigencia_prazo_dias: int
    recurso_prazo_dias: int
    intervalo_consulta_dias: int
    horario_135: str
    proximo_contato_data: NotRequired[Data]
    avisos_escolhidos: NotRequired[list[str]]
    enviados: NotRequired[list[Enviado]]
    total_documentos: NotRequired[int]
    total_paginas: NotRequired[int]
    orientacao_extra: NotRequired[str]
    codigo_caso: NotRequired[str]


class Caminho(TypedDict):
    """A service on the orientation sheet, in sentences. `levar`: documents; `aonde`: where else it is asked."""

    nome: str
    lugar: Literal["cabe", "falta_saber", "orientar", "ainda_nao", "nao_cabe"]
    sim: list[str]
    nao: list[str]
    falta: list[str]
    levar: list[str]
    aonde: list[str]
    # Up to version 2 of the sheet.
    conferir: NotRequired[bool]


class FolhaOrientacao(Entidade, Acordo):
    """Paper 7, code `orientacao`: what the person who asks for nothing today takes home. No CPF, no answers."""

    nome_tratamento: str
    assunto: str
    data_da_conversa: Data
    caminhos: list[Caminho]
    antes: list[str]
    passos: list[str]
    agente_nome: str


class ComprovanteAgendamento(Entidade, Acordo):
    """Code `comprovante-agendamento`: one date at INSS, for the citizen to take along. No CPF.

    `remarcar_ate`: last day to ask for another date; absent when it may not be changed any more (`remarcar_nao` says
    why, `remarcar_norma` from where). `distancia_km`: in a straight line from the town of the person.
    """

    nome_tratamento: str
    servico_nome_simples: str
    protocolo_inss: str
    agendamento_numero: str
    tipo: str
    data: Data
    hora: str
    unidade: str
    endereco: str
    distancia_km: NotRequired[int]
    levar: list[str]
    acompanhante: bool
    transporte: bool
    remarcar_ate: NotRequired[Data]
    remarcar_nao: NotRequired[str]
    remarcar_norma: str
    horario_135: str
    codigo_caso: NotRequired[str]


class Entregue(TypedDict):
    descricao: str
    paginas: NotRequired[int]


class TermoEntrega(ComAssinatura):
    """Code `termo-entrega`: proof that the decision was handed over and explained."""

    servico_nome: str
    protocolo_inss: str
    resultado: str
    decisao_data: Data
    entregue_em: Data
    beneficio_nb: NotRequired[str]
    entregues: list[Entregue]
    motivos: NotRequired[list[str]]
    recurso_ate: NotRequired[Data]
    # When another reading of the norms gives more days.
    recurso_talvez_ate: NotRequired[Data]
    recurso_norma: NotRequired[str]
    proximos_passos: NotRequired[str]


class Pendencia(TypedDict):
    """Something that runs against the clock. `tipo` in words."""

    tipo: str
    prazo: Data


class FimDoTermo(ComAssinatura):
    """What the two papers that end a term share. `termo_codigo`: the code of that term."""

    termo_codigo: NotRequired[str]
    termo_data: NotRequired[Data]
    servico_nome: str
    protocolo_inss: NotRequired[str]
    pendencias: list[Pendencia]
    recebido_em: str


class RevogacaoTermo(FimDoTermo):
    """Paper 10, code `revogacao-termo`: the powers taken back. `alcance`: "total", or the one act taken back, which
    `alcance_texto` says in words and `por_conta` says how the person does from now on.
    """

    alcance: Literal["total", "agenda", "exigencia", "recurso", "avisos"]
    alcance_texto: NotRequired[str]
    por_conta: NotRequired[str]


class RenunciaTermo(FimDoTermo):
    """Paper 10 the other way round, code `renuncia-termo`: the town gives the powers up and says why."""

    motivo: str
