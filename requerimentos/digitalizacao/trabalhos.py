from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from requerimentos.digitalizacao import servicos


@tratador(servicos.PAGINAR)
def paginar(saida: Saida) -> None:
    servicos.paginar(saida.carga["arquivo"])
