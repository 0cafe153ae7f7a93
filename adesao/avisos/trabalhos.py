"""Send what was promised."""

from __future__ import annotations

from act_portal import correio
from act_portal.contas.models import Usuario
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from adesao.avisos.frases import FRASES
from adesao.avisos.servicos import AVISAR, ainda_atua
from adesao.models import Processo


@tratador(AVISAR)
def avisar(saida: Saida) -> None:
    processo = Processo.objects.select_related("municipio").filter(pk=saida.carga["processo"]).first()
    usuario = Usuario.objects.filter(pk=saida.carga["usuario"], is_active=True).first()
    if processo is None or usuario is None or not ainda_atua(usuario, processo):
        return
    assunto, frase = FRASES[saida.carga["qual"]]
    contexto = {
        "processo": processo,
        "usuario": usuario,
        "frase": frase,
        "link": correio.endereco("adesao:processo", processo.codigo),
    }
    correio.enviar(saida, usuario.email, f"{processo.municipio}: {assunto}", "adesao/email/aviso.txt", contexto)
