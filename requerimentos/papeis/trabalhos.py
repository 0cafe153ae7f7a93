from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from requerimentos.papeis import servicos


@tratador(servicos.PAPEL_PRONTO)
def papel_pronto(saida: Saida) -> None:
    servicos.conferir_conjunto(saida.carga["documento"])
