"""One noun a file; everything is reached as `adesao.models.Nome`."""

from adesao.models.acordo import Acordo, Assinatura, Sequencia, ServicoAutorizado
from adesao.models.anterior import AcordoAnterior
from adesao.models.decisao import Decisao, Leitura
from adesao.models.encerramento import Encerramento
from adesao.models.exportacao import Exportacao
from adesao.models.formulario import Formulario, Ponto, Representante
from adesao.models.habilitacao import Comprovacao, Habilitacao, Termo
from adesao.models.item import Anotacao, Item, Peca
from adesao.models.papel import Aceite, Papel
from adesao.models.processo import ChecklistVersao, GuardaChuva, Processo
from adesao.models.solicitacao import Solicitacao
from adesao.models.supervisao import AtoDoAcordo, Conferencia, Medicao, Notificacao, Prorrogacao
from adesao.models.termo_assinado import TermoAssinado

__all__ = [
    "Aceite",
    "Acordo",
    "AcordoAnterior",
    "Anotacao",
    "Assinatura",
    "AtoDoAcordo",
    "ChecklistVersao",
    "Comprovacao",
    "Conferencia",
    "Decisao",
    "Encerramento",
    "Exportacao",
    "Formulario",
    "GuardaChuva",
    "Habilitacao",
    "Item",
    "Leitura",
    "Medicao",
    "Notificacao",
    "Papel",
    "Peca",
    "Ponto",
    "Processo",
    "Prorrogacao",
    "Representante",
    "Sequencia",
    "ServicoAutorizado",
    "Solicitacao",
    "Termo",
    "TermoAssinado",
]
