"""One noun a file; everything is reached as `requerimentos.models.Nome`."""

from requerimentos.models.agenda import Agendamento, Marcacao
from requerimentos.models.atendimento import Atendimento
from requerimentos.models.celular import Celular
from requerimentos.models.conserto import Conserto
from requerimentos.models.envio import Envio, ParteEnviada
from requerimentos.models.exigencia import Exigencia
from requerimentos.models.ficha import Ficha, PacoteVersao, PaginaDaFicha
from requerimentos.models.mandato import Obito, Revogacao, RevogacaoParcial
from requerimentos.models.papel import Conjunto, Papel
from requerimentos.models.peca import Pagina, Peca
from requerimentos.models.pessoa import Contato, Nit, Pessoa, Representante
from requerimentos.models.requerimento import Requerimento, ServicoVersao
from requerimentos.models.ressalva import Ressalva
from requerimentos.models.resultado import Aviso, Comprovante, Resultado
from requerimentos.models.retorno import FolhaDevolvida, Retorno
from requerimentos.models.triagem import Triagem

__all__ = [
    "Agendamento",
    "Atendimento",
    "Aviso",
    "Celular",
    "Comprovante",
    "Conjunto",
    "Conserto",
    "Contato",
    "Envio",
    "Exigencia",
    "Ficha",
    "FolhaDevolvida",
    "Marcacao",
    "Nit",
    "Obito",
    "PacoteVersao",
    "Pagina",
    "PaginaDaFicha",
    "Papel",
    "ParteEnviada",
    "Peca",
    "Pessoa",
    "Representante",
    "Requerimento",
    "Ressalva",
    "Resultado",
    "Retorno",
    "Revogacao",
    "RevogacaoParcial",
    "ServicoVersao",
    "Triagem",
]
