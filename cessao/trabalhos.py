"""Send what was promised."""

from __future__ import annotations

from act_portal import correio
from act_portal.contas.models import Usuario
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from cessao.avisos import AVISAR, FRASES, ainda_atua
from cessao.models import Pedido


@tratador(AVISAR)
def avisar(saida: Saida) -> None:
    pedido = Pedido.objects.select_related("municipio", "espaco__imovel").filter(pk=saida.carga["pedido"]).first()
    usuario = Usuario.objects.filter(pk=saida.carga["usuario"], is_active=True).first()
    if pedido is None or usuario is None or not ainda_atua(usuario, pedido):
        return
    assunto, frase = FRASES[saida.carga["qual"]]
    contexto = {
        "pedido": pedido,
        "usuario": usuario,
        "frase": frase,
        "link": correio.endereco("cessao:pedido", pedido.codigo),
    }
    correio.enviar(saida, usuario.email, f"{pedido.espaco.imovel}: {assunto}", "cessao/email/aviso.txt", contexto)
