"""What each paper of the cession says: only what was filled in and decided."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from act_portal.arquivos.models import Folha
from act_portal.contas.identificacao import de_quem_decide
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import UnidadeInss
from cessao import leis
from cessao.models import (
    Achado,
    Aditivo,
    Assinatura,
    AvisoDeSaida,
    Decisao,
    Foto,
    Ocorrencia,
    Papel,
    Pedido,
    Termo,
    Vistoria,
)
from cessao.regras import fim_do_prazo, metros
from cessao.situacoes import Ocupacao, Situacao, SituacaoObra, Tipo

Dados = dict[str, Any]
E, Ato = Papel.Especie, Decisao.Ato
CNPJ_DO_INSS = "29979036000140"
DO_PEDIDO = (
    "orgao", "cnpj", "rl_nome", "rl_cpf", "rl_cargo", "rl_ato", "fiscal_nome", "fiscal_cargo",
    "contato", "uso", "plano", "publico_mes", "horario",
    "equipe", "area_m2", "inicio", "meses", "despesas", "rateio_percentual", "oficio_numero", "cronograma", "bens",
    "riscos", "devolucao", "ocupado_desde", "processo_sei",
)  # fmt: skip
PARAMETROS_DO_TERMO = (
    "aviso_prorrogacao_dias", "aviso_retomada_dias", "prazo_corrigir_dias", "vistoria_meses", "prazo_devolucao_dias",
    "dia_pagamento_rateio", "prazo_total_meses",
)  # fmt: skip


def comum(pedido: Pedido) -> Dados:
    """The parties and the place, as every paper names them."""
    imovel = pedido.espaco.imovel
    return {
        **{nome: getattr(pedido, nome) for nome in DO_PEDIDO},
        "area_m2": _area(pedido.area_m2),
        # The templates go on: with another sentence, or with the end of this one.
        "despesas": _frase(pedido.despesas) if pedido.rateio_percentual else pedido.despesas.rstrip(" ."),
        "adaptacoes": [obra.como_dados() for obra in pedido.obras.vivas()],
        "rateio_percentual": metros(pedido.rateio_percentual) if pedido.rateio_percentual else "",
        "rateio_da_area": metros(pedido.rateio_da_area),
        "rateio_proporcional": pedido.rateio_percentual == pedido.rateio_da_area,
        "rateio_motivo": pedido.rateio_motivo.rstrip(" ."),
        "superintendencia": superintendencia(pedido.unidade),
        "esfera": pedido.get_esfera_display(),
        "finalidade": pedido.get_finalidade_display(),
        "regularizacao": pedido.tipo == Tipo.REGULARIZACAO,
        "imovel": imovel.nome,
        "imovel_codigo": imovel.codigo,
        "imovel_endereco": imovel.endereco,
        "imovel_matricula": imovel.matricula,
        "imovel_cartorio": imovel.cartorio,
        "imovel_natureza": imovel.get_natureza_display(),
        "terreno": imovel.natureza == "terreno",
        "imovel_area": _area(imovel.area_m2),
        "espaco": pedido.espaco.nome,
        "cidade": imovel.municipio.nome,
        "uf": imovel.municipio.uf,
        "unidade": pedido.unidade.nome,
        "unidade_endereco": pedido.unidade.endereco,
        "cnpj_do_inss": CNPJ_DO_INSS,
        "balcao": pedido.balcao.nome if pedido.balcao else "",
        "enquadramento": pedido.enquadramento or _enquadramento(pedido),
        "codigo_caso": f"cessão {pedido.pk}",
        "data_documento": hoje_em(pedido.municipio),
        "entidade_nome": pedido.orgao,
    }


def superintendencia(unidade: UnidadeInss) -> str:
    """The name of the one above `unidade`, or its own; "" where the tree has none."""
    sr = UnidadeInss.objects.filter(pk__in=unidade.linhagem, tipo=UnidadeInss.Tipo.SUPERINTENDENCIA).first()
    return sr.nome if sr else ""


def _area(metros: Decimal) -> str:
    return f"{metros:,.2f}".translate(str.maketrans(",.", ".,"))


def _frase(texto: str) -> str:
    return f"{texto.rstrip(' .')}." if texto.strip() else ""


def _enquadramento(pedido: Pedido) -> Dados:
    regra = leis.elegibilidade(
        pedido.espaco.imovel.especie, pedido.esfera, pedido.finalidade, hoje_em(pedido.municipio)
    )
    return {"frase": regra.frase, "norma": regra.norma, "artigo": regra.artigo, "depende_de": regra.depende_de}


def _nada(pedido: Pedido, sobre: Any) -> Dados:
    return {}


def _ultima(pedido: Pedido, *atos: str) -> Dados:
    decisao = pedido.decisoes.filter(ato__in=atos).select_related("unidade", "pedido__municipio").latest("em", "pk")
    # The papers go on after the conditions, or end with them.
    return {**decisao.como_dados(), "condicoes": _frase(decisao.condicoes)}


def _julgadas(pedido: Pedido) -> list[Dados]:
    return [obra.julgada() for obra in pedido.obras.vivas().exclude(situacao=SituacaoObra.PEDIDA)]


def _parecer(pedido: Pedido, sobre: Any) -> Dados:
    parecer = _ultima(pedido, Ato.PARECER)
    fotos = fotos_do_parecer(pedido)
    numeros = {foto["achado"]: foto["numero"] for foto in fotos}
    itens = [{**item, "foto": numeros.get(item["achado"])} for item in parecer["vistoria"].get("itens", [])]
    parecer["vistoria"] = {**parecer["vistoria"], "rateio": _frase(parecer["vistoria"].get("rateio") or "")}
    return {"parecer": parecer, "julgadas": _julgadas(pedido), "itens": itens, "fotos": fotos}


def fotos_do_parecer(pedido: Pedido) -> list[Dados]:
    """The photos of the rows of the inspection, with their numbers in the table."""
    achados = list(pedido.achados.filter(tirado_em=None, arquivo__isnull=False))
    folhas = {f.arquivo_id: f for f in Folha.objects.filter(arquivo__in=[a.arquivo_id for a in achados], ordem=1)}
    return [
        {
            "codigo": folhas[a.arquivo_id].codigo, "sha256": folhas[a.arquivo_id].sha256, "numero": numero,
            "achado": a.pk, "legenda": f"{a}, {_tirada(a)}",
        }
        for numero, a in enumerate((a for a in achados if a.arquivo_id in folhas), start=1)
        if a.arquivo_id is not None
    ]  # fmt: skip


def _decisao(pedido: Pedido, sobre: Any) -> Dados:
    decisao = _ultima(pedido, Ato.APROVACAO, Ato.INDEFERIMENTO, Ato.RECURSO)
    return {
        "decisao": decisao,
        "parecer": _ultima(pedido, Ato.PARECER),
        "manifestacao": _ultima(pedido, Ato.MANIFESTACAO),
        "recurso_dias": leis.parametro("recurso_dias", hoje_em(pedido.municipio)).valor,
        "aprova": decisao["ato"] == Ato.APROVACAO.label,
        # What was approved, not what was asked for; without a term, what was refused.
        **(_do_termo(pedido.termo) if decisao["ato"] == Ato.APROVACAO.label else _pedido_em(pedido)),
        "recurso": decisao["ato"] == Ato.RECURSO.label,
        "julgadas": _julgadas(pedido),
    }


def _pedido_em(pedido: Pedido) -> Dados:
    return {"fim": fim_do_prazo(pedido.inicio, pedido.meses)}


def _do_termo(termo: Termo) -> Dados:
    # Not the days of the request: those that were approved.
    return {
        "termo_numero": termo.numero, "inicio": termo.inicio, "fim": termo.fim, "meses": termo.meses,
        "termo_area": _area(termo.area_m2), "fiscal_inss": termo.fiscal_inss,
    }  # fmt: skip


def _termo(pedido: Pedido, sobre: Any) -> Dados:
    termo = pedido.termo
    dia = termo.aprovado_em
    return {
        **_do_termo(termo),
        "autoridade": _ultima(pedido, Ato.APROVACAO),
        "autorizadas": [obra for obra in _julgadas(pedido) if obra["aceita"]],
        **{chave: leis.parametro(chave, dia).valor for chave in PARAMETROS_DO_TERMO},
    }


def _extrato(pedido: Pedido, sobre: Aditivo | None) -> Dados:
    """Of the term or of an extension, which says only what it changes."""
    termo = pedido.termo
    vivas = {a.parte: a for a in termo.assinaturas.filter(substituida_em=None, aditivo=sobre, encerramento=False)}
    partes = [vivas[p] for p in (Assinatura.Parte.INSS, Assinatura.Parte.REQUERENTE)]
    return {
        **_do_termo(termo),
        "data_assinatura": max(a.assinado_em for a in partes),
        "signatarios": [{"nome": a.signatario, "cargo": a.signatario_cargo} for a in partes],
        **(_prazo_novo(sobre) if sobre else {}),
    }


def _prazo_novo(aditivo: Aditivo) -> Dados:
    return {
        "ordem": aditivo.ordem, "fim_anterior": aditivo.fim_anterior, "novo_fim": aditivo.novo_fim,
        "meses_a_mais": aditivo.meses,
    }  # fmt: skip


def _aditivo(pedido: Pedido, sobre: Aditivo) -> Dados:
    return {
        **_do_termo(pedido.termo),
        **_prazo_novo(sobre),
        "somados": pedido.termo.meses + sobre.meses, "justificativa": sobre.justificativa,
        "pedido_em": sobre.pedido_em, "condicoes": _frase(sobre.condicoes),
        "parecer": _ultima(pedido, Ato.ADITIVO), "autoridade": _ultima(pedido, Ato.PRORROGACAO),
    }  # fmt: skip


def _vistoria(pedido: Pedido, sobre: Vistoria) -> Dados:
    return {
        **_do_termo(pedido.termo),
        "tipo": sobre.get_tipo_display(), "entrega": sobre.tipo == Vistoria.Tipo.ENTREGA,
        "devolucao": sobre.tipo == Vistoria.Tipo.DEVOLUCAO, "dia": sobre.dia, "presentes": sobre.presentes,
        "medidores": sobre.medidores, "chaves": sobre.chaves, "conforme": sobre.conforme,
        # The template ends the sentence.
        "danos": _danos(sobre), "contas": sobre.contas.rstrip(" ."),
        "fiscal": {"nome": sobre.nome, "cargo": sobre.cargo, "matricula": sobre.matricula},
        # An old request may not name it: then who signed for the body does.
        "fiscal_do_orgao": {"nome": pedido.fiscal_nome, "cargo": pedido.fiscal_cargo or "Fiscal do órgão"}
        if pedido.fiscal_nome
        else {"nome": pedido.rl_nome, "cargo": pedido.rl_cargo},
        "nao_recebeu": sobre.aceite == Vistoria.Aceite.NAO_QUIS,
        "aceite": sobre.get_aceite_display(), "ressalva": sobre.ressalva.rstrip(" ."),
        "fechada_em": sobre.fechada_em.astimezone(pedido.municipio.fuso) if sobre.fechada_em else None,
        "assinada_por": sobre.assinada_por.nome if sobre.assinada_por else "",
        "assinada_em": sobre.assinada_em.astimezone(pedido.municipio.fuso) if sobre.assinada_em else None,
        "dias_ressalva": leis.parametro("dias_ressalva", sobre.dia).valor,
        "ambientes": [
            {"nome": a.nome, "estado": a.get_estado_display(), "descricao": a.descricao,
             "antes": a.antes.get_estado_display() if a.antes else ""}
            for a in sobre.ambientes.select_related("antes")
        ],
        "fotos": _fotos(sobre),
    }  # fmt: skip


def em_ordem(vistoria: Vistoria) -> list[tuple[Foto, bool]]:
    """The photos of an inspection; on a return, that of the delivery (True) stands before the one that repeats it."""
    fotos = [
        foto
        for ambiente in vistoria.ambientes.all()
        for foto in ambiente.fotos.filter(removida_em=None).select_related("par__ambiente", "ambiente")
    ]
    return [f for foto in fotos for f in ([(foto.par, True)] if foto.par else []) + [(foto, False)]]


def _fotos(vistoria: Vistoria) -> list[Dados]:
    """Each photo with its hash and its room. `antes`: it begins a row, beside the one that repeats it."""
    fotos = em_ordem(vistoria)
    arquivos = [foto.arquivo_id for foto, _ in fotos]
    folhas = {folha.arquivo_id: folha for folha in Folha.objects.filter(arquivo__in=arquivos, ordem=1)}
    return [
        {
            "codigo": folhas[foto.arquivo_id].codigo,
            "sha256": folhas[foto.arquivo_id].sha256,
            "numero": numero,
            "ambiente": foto.ambiente.nome,
            "legenda": f"{foto.ambiente.nome}, {_tirada(foto)}{' (na entrega)' if antes else ''}",
            "antes": antes,
        }
        for numero, (foto, antes) in enumerate(((f, a) for f, a in fotos if f.arquivo_id in folhas), start=1)
    ]


def _danos(vistoria: Vistoria) -> list[Dados]:
    return [
        {
            "onde": dano.onde or "no espaço todo", "descricao": dano.descricao, "quem": dano.get_quem_display(),
            "valor": "a apurar" if dano.valor is None else f"R$ {_area(dano.valor)}", "ate": dano.ate,
        }
        for dano in vistoria.danos.all()
    ]  # fmt: skip


def _tirada(foto: Foto | Achado) -> str:
    return f"tirada em {foto.tirada_em:%d/%m/%Y}" if foto.tirada_em else "sem data na foto"


def _notificacao(pedido: Pedido, sobre: Ocorrencia) -> Dados:
    return {
        **_do_termo(pedido.termo), "texto": sobre.texto, "prazo": sobre.prazo,
        "fiscal": {"nome": sobre.nome, "cargo": sobre.cargo, "matricula": sobre.matricula},
    }  # fmt: skip


def _revogacao(pedido: Pedido, sobre: Any) -> Dados:
    termo = pedido.termo
    return {
        **_do_termo(termo), "revogacao": _ultima(pedido, Ato.REVOGACAO), "devolver_ate": termo.devolver_ate,
        "notificado": termo.ocorrencias.filter(desfecho=Ocorrencia.Desfecho.REVOGADO).exists(),
    }  # fmt: skip


def _retomada(pedido: Pedido, sobre: Any) -> Dados:
    termo, revogacao = pedido.termo, _ultima(pedido, Ato.REVOGACAO)
    return {
        **_do_termo(termo), "revogacao": revogacao, "motivo": _frase(revogacao["texto"]),
        "devolver_ate": termo.devolver_ate, "termo_publicado": termo.publicacao,
    }  # fmt: skip


def _saida(pedido: Pedido, sobre: AvisoDeSaida) -> Dados:
    """Without a term, what ended is the request; with one, its days."""
    termo = Termo.objects.filter(pedido=pedido).exclude(situacao=Ocupacao.CANCELADO).first()
    return {
        **(_do_termo(termo) if termo else {}), "vencido_em": termo.vence_em if termo else None, "texto": sobre.texto,
        "sair_ate": sobre.sair_ate, "aviso_em": sobre.em.astimezone(pedido.municipio.fuso).date(),
        "situacao": "Termo sem efeito" if pedido.estado == Situacao.CEDIDO else pedido.estado.label,
        "fiscal": {"nome": sobre.nome, "cargo": sobre.cargo, "matricula": sobre.matricula},
    }  # fmt: skip


def _quem_encerra(termo: Termo) -> Dados:
    """Who signs the end for INSS; of a term closed before it was asked, who decided last."""
    if termo.assina_encerramento is not None:
        quem = de_quem_decide(termo.assina_encerramento)
        return {"nome": quem.nome, "cargo": quem.cargo, "matricula": quem.matricula}
    return _ultima(termo.pedido, Ato.APROVACAO, Ato.PRORROGACAO, Ato.REVOGACAO)


def _encerramento(pedido: Pedido, sobre: Any) -> Dados:
    termo = pedido.termo
    final = termo.vistorias.filter(tipo=Vistoria.Tipo.DEVOLUCAO, assinada_em__isnull=False).latest("dia", "pk")
    return {
        **_do_termo(termo),
        "encerrado_em": termo.encerrado_em, "causa": termo.motivo, "chaves_entregues": termo.chaves_entregues,
        "chaves_devolvidas": termo.chaves_devolvidas, "danos": _danos(final),
        "contas": final.contas.rstrip(" ."), "aceite": final.aceite, "ressalva": final.ressalva.rstrip(" ."),
        "autoridade": _quem_encerra(termo), "vistoria_em": final.dia,
        "fiscal": {"nome": final.nome, "cargo": final.cargo, "matricula": final.matricula},
    }  # fmt: skip


MONTADORES: dict[str, Callable[[Pedido, Any], Dados]] = {
    E.SOLICITACAO: _nada,
    E.PARECER: _parecer,
    E.DECISAO: _decisao,
    E.TERMO: _termo,
    E.EXTRATO: _extrato,
    E.ADITIVO: _aditivo,
    E.VISTORIA: _vistoria,
    E.NOTIFICACAO: _notificacao,
    E.REVOGACAO: _revogacao,
    E.RETOMADA: _retomada,
    E.SAIDA: _saida,
    E.ENCERRAMENTO: _encerramento,
}
