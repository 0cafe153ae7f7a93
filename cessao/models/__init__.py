"""The rows of the cession, one noun a file."""

from cessao.models.imovel import Espaco, Imagem, Imovel, Importacao

__all__ = ["Espaco", "Imagem", "Imovel", "Importacao"]
