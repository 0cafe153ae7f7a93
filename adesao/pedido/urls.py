from django.urls import path

from adesao.pedido.views import formularios, itens, processo

urlpatterns = [
    path("pedido/", processo.comecar, name="pedido"),
    path("<uuid:codigo>/", processo.processo, name="processo"),
    path("<uuid:codigo>/tipo/", processo.tipo, name="tipo"),
    path("<uuid:codigo>/enviar/", processo.enviar, name="enviar"),
    path("<uuid:codigo>/reenviar/", processo.reenviar, name="reenviar"),
    path("<uuid:codigo>/desistir/", processo.desistir, name="desistir"),
    path("<uuid:codigo>/historico/", processo.historico, name="historico"),
    path("<uuid:codigo>/formulario/<slug:tipo>/", formularios.formulario, name="formulario"),
    path("<uuid:codigo>/formulario/<slug:tipo>/rascunho/", formularios.rascunho, name="rascunho"),
    path("<uuid:codigo>/pontos/", formularios.pontos, name="pontos"),
    path("<uuid:codigo>/pontos/novo/", formularios.ponto, name="ponto-novo"),
    path("<uuid:codigo>/pontos/<uuid:ponto>/", formularios.ponto, name="ponto"),
    path("<uuid:codigo>/pontos/<uuid:ponto>/tirar/", formularios.tirar_ponto, name="tirar-ponto"),
    path("<uuid:codigo>/pessoas/", formularios.pessoas, name="pessoas"),
    path("<uuid:codigo>/pessoas/nova/", formularios.pessoa, name="pessoa-nova"),
    path("<uuid:codigo>/pessoas/<uuid:pessoa>/", formularios.pessoa, name="pessoa"),
    path("<uuid:codigo>/pessoas/<uuid:pessoa>/tirar/", formularios.tirar_pessoa, name="tirar-pessoa"),
    path("<uuid:codigo>/itens/<slug:item>/", itens.item, name="item"),
    path("<uuid:codigo>/itens/<slug:item>/partes/", itens.partes, name="item-partes"),
    path("<uuid:codigo>/itens/<slug:item>/juntar/", itens.juntar, name="juntar"),
    path("<uuid:codigo>/itens/<slug:item>/responder/", itens.responder, name="responder"),
    path("<uuid:codigo>/papeis/<slug:especie>/", itens.baixar_papel, name="papel"),
    path("<uuid:codigo>/papeis/<slug:especie>/fazer/", itens.fazer_papel, name="fazer-papel"),
    path("<uuid:codigo>/papeis/<slug:especie>/aceitar/", itens.aceitar, name="aceitar"),
    path("pecas/<uuid:codigo>/", itens.mexer_na_peca, name="peca"),
    path("pecas/<uuid:codigo>/arquivo/", itens.abrir_peca, name="abrir-peca"),
    path("folhas/<uuid:codigo>/", itens.miniatura, name="miniatura"),
]
