"""The photograph of a request that the check looks at, and the state of its delivery."""

from __future__ import annotations

from act_portal.arquivos.limites import limites_em
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.consultas import perguntas_abertas, vagas_do
from requerimentos.digitalizacao.consultas import documentos
from requerimentos.envio.regras import Fotografia, VagaVista
from requerimentos.models import Requerimento
from requerimentos.papeis.consultas import estado_dos_papeis

# What INSS's own system refuses to file without (desk.md 1.4: the two mandatory boxes of PAT).
CAIXAS_INDISPENSAVEIS = frozenset({"termo_representacao", "id_interessado"})


def fotografar(requerimento: Requerimento) -> Fotografia:
    docs = documentos(requerimento)
    papeis = estado_dos_papeis(requerimento)
    vagas = []
    for exigida in vagas_do(requerimento):
        paginas = sum(len(p.paginas) for p in docs.por_vaga.get(exigida.vaga.id, []))
        vagas.append(
            VagaVista(
                exigida.vaga.id,
                exigida.vaga.nome,
                bool(exigida.obrigatoria),
                paginas,
                dispensavel=exigida.vaga.caixa not in CAIXAS_INDISPENSAVEIS,
            )
        )
    return Fotografia(
        quem_assina=requerimento.quem_assina,
        perguntas_abertas=perguntas_abertas(requerimento),
        papeis=papeis.estado,
        papeis_sem_assinatura=papeis.sem_assinatura,
        vagas=tuple(vagas),
        preparando=sum(1 for p in docs.todas if p.preparando),
        recusados=tuple(p.peca.arquivo.nome_original for p in docs.todas if p.recusada),
        sem_natureza=sum(1 for p in docs.todas if p.paginas and not p.peca.natureza),
        bytes=docs.bytes,
        limite_bytes=limites_em(hoje_em(requerimento.municipio)).requerimento_bytes,
    )
