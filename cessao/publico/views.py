"""What anybody sees: the properties that INSS may lend, and one page for each."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from act_portal.arquivos.entrega import entregar_miniatura
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.ufs import UFS
from cessao.models import Imagem, Imovel
from cessao.permissoes import pode_pedir
from cessao.publico import consultas, mapas
from cessao.situacoes import Natureza

POR_PAGINA = 12


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    busca, hoje, regioes = consultas.Busca.de(request.GET), localdate(), consultas.regioes()
    imoveis = consultas.procurar(busca, regioes, hoje)
    lugares = consultas.no_mapa(imoveis)
    paginas = Paginator(imoveis.select_related("municipio"), POR_PAGINA)
    # The map counted them already: the search is not made once more only for that.
    paginas.count = sum(lugar.quantos for lugar in lugares)
    pagina = paginas.get_page(request.GET.get("pagina"))
    contexto = {
        "busca": busca,
        "ufs": UFS,
        "regioes": regioes,
        "naturezas": Natureza.choices,
        "pagina": pagina,
        "linhas": consultas.na_lista(list(pagina), hoje),
        "mapa": mapas.desenhar(busca, lugares),
    }
    return render(request, "cessao/publico/inicio.html", contexto)


@require_safe
def imovel(request: HttpRequest, codigo: str) -> HttpResponse:
    """Security and plans only for who signed in."""
    achado = get_object_or_404(Imovel.objects.publicos().select_related("municipio", "unidade"), codigo=codigo)
    hoje = hoje_em(achado.municipio)
    imagens = achado.imagens.filter(removida_em=None, arquivo__situacao="pronto")
    if not request.user.is_authenticated:
        imagens = imagens.exclude(tipo=Imagem.Tipo.PLANTA)
    livres = set(consultas.livres_em(hoje, [achado]).values_list("pk", flat=True))
    espacos = achado.espacos.filter(retirado_em=None).select_related("dentro_de")
    periodos = consultas.periodos(achado, hoje)
    contexto = {
        "imovel": achado,
        "espacos": [(e, e.pk in livres, periodos.get(e.pk, [])) for e in espacos],
        "imagens": imagens,
        "hoje": hoje,
        "pode_pedir": request.user.is_authenticated and pode_pedir(request.user, achado),
    }
    return render(request, "cessao/publico/imovel.html", contexto)


@require_safe
def imagem(request: HttpRequest, codigo: uuid.UUID) -> HttpResponse:
    """The picture as the page shows it. A plan, and what is not in the catalogue, only for who signed in."""
    achada = get_object_or_404(Imagem.objects.select_related("imovel"), codigo=codigo, removida_em=None)
    do_imovel = Imovel.objects.filter(pk=achada.imovel_id)
    publica = achada.tipo == Imagem.Tipo.FOTO and do_imovel.publicos().exists()
    if not publica:
        if not request.user.is_authenticated:
            raise Http404
        if not do_imovel.publicos().exists() and not do_imovel.visiveis_para(request.user).exists():
            raise Http404
    folha = achada.arquivo.folhas.first()
    if folha is None:
        raise Http404
    return entregar_miniatura(folha, request=request)
