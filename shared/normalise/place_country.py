"""The country that an address speaks of without naming it: by the shape of its postcode, its region, its city."""

import re
from functools import cache

from shared.normalise.city import city_core
from shared.normalise.text import fold

_SHAPES = (
    ("PL", re.compile(r"\d{2}-\d{3}")),
    ("GB", re.compile(r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[A-Z]{2}", re.I)),
    ("LT", re.compile(r"LT[- ]?\d{5}", re.I)),
    ("US", re.compile(r"\d{5}-\d{4}")),
    ("DE", re.compile(r"D-\d{5}")),
)
_REGIONS = """
PL dolnośląskie, kujawsko-pomorskie, lubelskie, lubuskie, łódzkie, małopolskie, mazowieckie, opolskie, podkarpackie,
   podlaskie, pomorskie, śląskie, świętokrzyskie, warmińsko-mazurskie, wielkopolskie, zachodniopomorskie
DE baden-württemberg, bayern, brandenburg, hessen, mecklenburg-vorpommern, niedersachsen, nordrhein-westfalen, nrw,
   rheinland-pfalz, saarland, sachsen, sachsen-anhalt, schleswig-holstein, thüringen
LT alytaus, kauno, klaipėdos, marijampolės, panevėžio, šiaulių, tauragės, telšių, utenos, vilniaus
GB england, scotland, wales, northern ireland, greater london, greater manchester, west midlands, merseyside,
   west yorkshire, south yorkshire, tyne and wear, kent, essex, surrey, lancashire, hampshire
US alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho, illinois,
   indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi,
   missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota,
   ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont,
   virginia, washington, west virginia, wisconsin, wyoming, al, ak, az, ar, ca, co, ct, fl, ga, hi, id, il, in, ia, ks,
   ky, la, me, md, ma, mi, mn, ms, mo, mt, ne, nv, nh, nj, nm, ny, nc, nd, oh, ok, or, pa, ri, sc, sd, tn, tx, ut, vt,
   va, wa, wv, wi, wy
"""
_CITIES = """
PL warszawa, kraków, łódź, wrocław, poznań, gdańsk, szczecin, bydgoszcz, lublin, katowice, białystok, gdynia,
   częstochowa, radom, sosnowiec, toruń, kielce, rzeszów, gliwice, zabrze, olsztyn, bielsko-biała, bytom, zielona góra
RU москва, санкт-петербург, новосибирск, екатеринбург, казань, нижний новгород, челябинск, самара, омск,
   ростов-на-дону, уфа, красноярск, воронеж, пермь, волгоград, краснодар, саратов, тюмень, тольятти, ижевск, барнаул
LT vilnius, kaunas, klaipėda, šiauliai, panevėžys, alytus, marijampolė, mažeikiai, jonava, utena
DE berlin, hamburg, münchen, köln, frankfurt am main, stuttgart, düsseldorf, leipzig, dortmund, essen, bremen, dresden,
   hannover, nürnberg, duisburg, bochum, wuppertal, bielefeld, bonn, münster, mannheim, karlsruhe, augsburg, wiesbaden
GB london, birmingham, leeds, glasgow, sheffield, bradford, liverpool, edinburgh, manchester, bristol, cardiff,
   leicester, coventry, nottingham, belfast, newcastle upon tyne, southampton
US new york, los angeles, chicago, houston, phoenix, philadelphia, san antonio, san diego, dallas, san francisco,
   austin, seattle, denver, boston, miami, atlanta, las vegas, detroit, minneapolis, saint louis, baltimore
"""
_RUSSIAN_REGION = re.compile(r"\b(?:oblast|obl|krai|kray|respublika|resp)\b")
_REGION_WORD = re.compile(r"\b(?:wojewodztwo|woj|apskritis|apskr|apskrities|county|state of|land)\b\.?")


def guess_country(city: str | None, postcode: str | None, region: str | None) -> str | None:
    """The ISO code that the parts point to, None when they point nowhere. A guess: say so where it is shown."""
    return _by_shape(postcode or "") or _by_region(region or "") or _by_city(city or "")


def _by_shape(postcode: str) -> str | None:
    return next((country for country, shape in _SHAPES if shape.fullmatch(postcode)), None)


def _by_region(region: str) -> str | None:
    name = fold(region)
    if _RUSSIAN_REGION.search(name):
        return "RU"
    return _regions().get(" ".join(_REGION_WORD.sub("", name).split()))


def _by_city(city: str) -> str | None:
    return _cities().get(city_core(city) or "")


@cache
def _regions() -> dict[str, str]:
    return {fold(name): country for country, name in _entries(_REGIONS)}


@cache
def _cities() -> dict[str, str]:
    return {city_core(name) or "": country for country, name in _entries(_CITIES)}


def _entries(table: str) -> list[tuple[str, str]]:
    lines = table.strip().replace("\n   ", " ").splitlines()
    return [(line[:2], name.strip()) for line in lines for name in line[3:].split(",")]
