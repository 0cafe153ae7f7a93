"""Pages go compressed, files go as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class ComprimirPaginas(GZipMiddleware):
    """A worklist of 34 kB travels as 4. Only pages: a download must keep its length and its ranges.

    Django adds random bytes to each answer and masks the form token anew, against guessing secrets by the length.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
