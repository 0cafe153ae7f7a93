"""Refuses a request that is too large before a byte of it reaches the disk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from act_portal.arquivos.limites import tecnicos


class Porteiro(FileUploadHandler):
    """Django spools every upload before any view may judge it, even of who has not signed in."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > tecnicos().requisicao_bytes:
            raise RequestDataTooBig("O envio passa do tamanho que o portal recebe de uma vez.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
