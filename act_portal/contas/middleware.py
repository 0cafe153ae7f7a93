from django.http import HttpRequest, HttpResponse


class VinculoAtivo:
    """Ties the role picked in the session to the signed-in user."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
