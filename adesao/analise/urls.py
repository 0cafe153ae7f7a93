from django.urls import path

from adesao.analise.views import assinatura, fila, itens, processo

urlpatterns = [
    path("fila/", fila.fila, name="fila"),
    path("<uuid:codigo>/analise/", processo.analise, name="analise"),
    path("<uuid:codigo>/analise/preenchido/", processo.preenchido, name="preenchido"),
    path("<uuid:codigo>/analise/itens/<slug:item>/", itens.item, name="analise-item"),
    path("<uuid:codigo>/analise/itens/<slug:item>/desfazer/", itens.desfazer, name="desfazer-item"),
    path("<uuid:codigo>/analise/atos/<slug:ato>/", processo.agir, name="agir"),
    path("<uuid:codigo>/assinar/", assinatura.assinar, name="assinar"),
    path("<uuid:codigo>/assinado/<int:assinatura>/", assinatura.assinado, name="assinado"),
    path("exportacoes/<uuid:codigo>/", processo.exportacao, name="exportacao"),
]
