"""From any accepted file to A4 pages; the door that the rest of the portal uses."""

from act_portal.arquivos.caixa import inspecionar, normalizar
from act_portal.arquivos.folhas import FolhaFeita

__all__ = ["FolhaFeita", "inspecionar", "normalizar"]
