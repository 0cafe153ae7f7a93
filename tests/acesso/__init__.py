"""Who may reach which address: one table per app, checked by `tests/test_acesso.py`.

To add your routes, create `tests/acesso/<app>.py` with a `TABELA` from route name to its cases:

    from tests.acesso.base import TABELA_DE_CASOS, Cenario, da_cidade, equipe, get, post, publico

    def _requerimento(c: Cenario) -> dict:
        return {"codigo": RequerimentoFabrica(municipio=c.municipio).codigo}

    TABELA: TABELA_DE_CASOS = {
        "requerimentos:lista": [get(equipe(200))],
        "requerimentos:caso": [get(da_cidade(200, administrador=404), args=_requerimento)],
        "requerimentos:cancelar": [post(da_cidade(302, analista_da_regiao=403), args=_requerimento)],
        "consulta:inicio": [get(publico(200)), post(publico(422))],
    }

Each case runs once per person in `PESSOAS`, on a fresh object made by `args(cenario)`, in a transaction that is rolled
back. `dados` is what a POST sends. The object belongs to `cenario.municipio`, so whoever is not of that town or region
must get 404. Anonymous visitors of a closed page get `ENTRADA`: a redirect to the sign-in page.
A method that has no case must answer 405; a route that is in no table fails the test by name.
"""
