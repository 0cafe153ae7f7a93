"""What no page handles by itself."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from act_portal.telas.views import pedido_que_nao_serve

# psycopg's words: PostgreSQL keeps no NUL in a text, and forms are not the only door through which one comes.
NULO = "NUL (0x00)"


class NuloNaoEntra:
    """A text with a NUL character is a request that does not serve (400), not a failure of the portal (500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ValueError) and NULO in str(exception):
            return pedido_que_nao_serve(request, exception)
        return None
