"""Decides what reaches the disk before any view may judge it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from act_portal.arquivos.limites import tecnicos

# Key of the session.
ESPERADO = "arquivos.esperado"


class Porteiro(FileUploadHandler):
    """Django spools every upload. A request too large is refused; files of who has not signed in are read past.

    Strangers must not fill the disk; the page answers as it would without the file. Except the one whose key a page has
    checked and whose file it waits for: it says so in their session (ESPERADO).
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > tecnicos().requisicao_bytes:
            raise RequestDataTooBig("O envio passa do tamanho que o portal recebe de uma vez.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not {SESSION_KEY, ESPERADO} & set(getattr(self.request, "session", {}).keys()):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
