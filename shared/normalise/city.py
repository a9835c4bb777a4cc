"""Cities that people write in several ways, and the words around a city's name."""

import re
from functools import cache, lru_cache

from shared.normalise.text import fold

_SAME = """
warszawa, warsaw, warschau, варшава, varšuva, wwa
kraków, krakow, cracow, krakau, краков
łódź, lodz, лодзь
wrocław, wroclaw, breslau, вроцлав
poznań, posen, познань
gdańsk, danzig, гданьск
szczecin, stettin
katowice, kattowitz
częstochowa, tschenstochau
москва, moscow, moskva, moskau, moskwa, мск, msk, maskva
санкт-петербург, saint petersburg, st petersburg, sankt peterburg, petersburg, спб, питер, spb, sankt petersburg,
    st. petersburg, saint-petersburg, peterburg, ленинград
екатеринбург, ekaterinburg, yekaterinburg, jekaterinburg, екб, ekb
нижний новгород, nizhny novgorod, nizhniy novgorod, nizhnij novgorod, н новгород, nnov
ростов-на-дону, rostov-on-don, rostov na donu, ростов н/д
новосибирск, novosibirsk, нск, nsk
казань, kazan
челябинск, chelyabinsk, cheliabinsk
красноярск, krasnoyarsk, krasnoiarsk
калининград, kaliningrad, königsberg
минск, minsk
київ, киев, kiev, kyiv, kijów
vilnius, vilna, wilno, wilna, вильнюс
kaunas, kowno, каунас
klaipėda, memel, klajpeda, клайпеда
šiauliai, szawle, шяуляй
münchen, munich, muenchen, monachium, мюнхен, miunchenas
köln, cologne, koeln, kolonia, кёльн
nürnberg, nuremberg, nuernberg, norymberga
frankfurt, frankfurt am main, frankfurt/main, frankfurt a.m., frankfurt a m, frankfurt main
düsseldorf, duesseldorf
hannover, hanover
braunschweig, brunswick
berlin, берлин, berlynas
hamburg, гамбург
wien, vienna, wieden, вена, viena
zürich, zurich, zuerich
genève, geneva, genf
praha, prague, prag, praga, прага
london, londyn, londonas, лондон
new york, new york city, nyc, ny, new-york
los angeles, la, l.a.
san francisco, sf
philadelphia, philly
washington, washington dc, washington d.c., washington d c
saint louis, st louis, st. louis
saint paul, st paul, st. paul
fort worth, ft worth, ft. worth
rīga, riga, ryga, рига
tallinn, таллин, tallin, talinas
paris, paryż, париж
roma, rome, rzym, рим
milano, milan, mediolan
bruxelles, brussels, brussel, brüssel
københavn, copenhagen, kopenhagen
athína, athens, athen
bucurești, bucharest, bukarest
beograd, belgrade, belgrad
lisboa, lisbon
"""
_NOT_NAME = re.compile(
    r"^(?:g|gor|gorod|m|miasto|city of|town of|stadt|gmina|mst|pos|poselok|pgt|s|selo|d|derevnya|st tsa)\s+(?=\w{3})"
    r"|\s+(?:city|m sav|miestas|g|sav)$"
)
_PART = re.compile(r"[-/].*$")
_NOT_WORD = re.compile(r"[^\w]+")
_DISTRICT = re.compile(r"\s*[(,].*$|\s+-\s+.*$")


@cache
def _spellings() -> dict[str, str]:
    """Folded spelling -> the folded first spelling of its line."""
    lines = (line.split(",") for line in _SAME.strip().replace("\n    ", " ").splitlines())
    return {_fold_name(name): _fold_name(names[0]) for names in lines for name in names}


@lru_cache(maxsize=16384)
def city_core(city: str) -> str | None:
    """The city for comparing: ASCII words without `г.`, `m.` or a district, known spellings made one; None for none."""
    core = _fold_name(_DISTRICT.sub("", city)) or _fold_name(city)
    shorter = _NOT_NAME.sub("", core)
    known = _spellings().get(shorter) or _spellings().get(core) or _spellings().get(_fold_name(_PART.sub("", city)))
    return known or shorter or None


def _fold_name(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", fold(text)).split())
