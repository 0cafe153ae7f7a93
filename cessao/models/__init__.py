"""The rows of the cession, one noun a file."""

from cessao.models.imovel import Espaco, Imagem, Imovel, Importacao
from cessao.models.pedido import Decisao, Item, Peca, Pedido, Sequencia
from cessao.models.termo import Aditivo, Assinatura, Papel, Reserva, Termo
from cessao.models.vistoria import Ambiente, Dano, Foto, Ocorrencia, Vistoria

__all__ = [
    "Aditivo",
    "Ambiente",
    "Assinatura",
    "Dano",
    "Decisao",
    "Espaco",
    "Foto",
    "Imagem",
    "Imovel",
    "Importacao",
    "Item",
    "Ocorrencia",
    "Papel",
    "Peca",
    "Pedido",
    "Reserva",
    "Sequencia",
    "Termo",
    "Vistoria",
]
