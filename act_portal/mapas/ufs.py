"""Where the sigla of each UF stands on the map of the country: in its middle, or off the coast where it is narrow."""

from __future__ import annotations

from act_portal.mapas.geometria import Ponto

SIGLAS: dict[str, Ponto] = {
    "AC": Ponto(57, 222), "AL": Ponto(572, 225), "AM": Ponto(130, 170), "AP": Ponto(330, 64), "BA": Ponto(462, 272),
    "CE": Ponto(489, 156), "DF": Ponto(377, 300), "ES": Ponto(494, 374), "GO": Ponto(338, 322), "MA": Ponto(408, 146),
    "MG": Ponto(418, 356), "MS": Ponto(266, 376), "MT": Ponto(258, 288), "PA": Ponto(318, 158), "PB": Ponto(592, 186),
    "PE": Ponto(592, 206), "PI": Ponto(446, 190), "PR": Ponto(310, 430), "RJ": Ponto(462, 430), "RN": Ponto(586, 164),
    "RO": Ponto(160, 244), "RR": Ponto(194, 48), "RS": Ponto(284, 512), "SC": Ponto(366, 478), "SE": Ponto(556, 246),
    "SP": Ponto(350, 398), "TO": Ponto(364, 226),
}  # fmt: skip
