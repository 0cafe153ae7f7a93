"""The rows of the cession, one noun a file."""

from cessao.models.achado import Achado
from cessao.models.imovel import Espaco, Imagem, Imovel, Importacao
from cessao.models.obra import Obra
from cessao.models.pedido import Decisao, Item, Peca, Pedido, Sequencia
from cessao.models.saida import AvisoDeSaida, Desocupacao
from cessao.models.termo import Aditivo, Assinatura, Papel, Reserva, Retomada, Termo
from cessao.models.vistoria import Ambiente, Dano, Foto, Ocorrencia, Vistoria

__all__ = [
    "Achado",
    "Aditivo",
    "Ambiente",
    "Assinatura",
    "AvisoDeSaida",
    "Dano",
    "Decisao",
    "Desocupacao",
    "Espaco",
    "Foto",
    "Imagem",
    "Imovel",
    "Importacao",
    "Item",
    "Obra",
    "Ocorrencia",
    "Papel",
    "Peca",
    "Pedido",
    "Reserva",
    "Retomada",
    "Sequencia",
    "Termo",
    "Vistoria",
]
