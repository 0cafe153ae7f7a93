"""Pages go compressed, files go as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# A smaller page fits into the first packets of a connection as it is: compressing it would cost and gain nothing.
MINIMO_BYTES = 10_000


class ComprimirPaginas(GZipMiddleware):
    """A worklist of 34 kB travels as 5. Only pages: a download must keep its length and its ranges.

    Django adds random bytes to each answer and masks the form token anew, against guessing secrets by the length.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        if len(response.content) < MINIMO_BYTES:  # type: ignore[attr-defined]
            return response
        return super().process_response(request, response)
