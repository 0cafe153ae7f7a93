"""Name who signed the files that came before the portal read their certificates. Safe to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.tipos import PDF
from act_portal.emissao.assinados import anotar_certificado
from adesao.models import AcordoAnterior, Assinatura, Comprovacao, Peca, TermoAssinado


class Command(BaseCommand):
    help = "Lê de quem é o certificado dos PDFs assinados que chegaram antes de o portal ler isso."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        assinados: tuple[QuerySet, ...] = (
            Assinatura.objects.all(),
            TermoAssinado.objects.all(),
            AcordoAnterior.objects.all(),
            Comprovacao.objects.filter(arquivo__isnull=False),
            Peca.objects.filter(papel__isnull=False),
        )
        feitos = 0
        for linhas in assinados:
            for arquivo in Arquivo.objects.filter(pk__in=linhas.values("arquivo"), tipo=PDF).iterator():
                try:
                    feitos += anotar_certificado(arquivo)
                except FileNotFoundError:
                    self.stderr.write(f"{arquivo.nome_original} ({arquivo.codigo}) não está no depósito.")
        self.stdout.write(f"Certificados lidos: {feitos}.")
