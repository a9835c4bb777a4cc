"""Words of addresses in six languages: kinds of street and marks of a unit, folded, to one spelling or to nothing."""

from shared.normalise.text import fold

_DROPPED = """
ul ulica al aleja aleje pl plac os osiedle skwer rondo bulwar
street st str
avenue ave av road rd drive dr boulevard blvd lane ln court ct place plc square sq highway hwy parkway pkwy
way terrace ter terr close crescent cres gardens gdns grove mews row pike circle cir trail trl turnpike tpke route rte
strasse stra weg platz gasse allee
ул улица пр пр-т пр-кт просп проспект пер переулок пл площадь бул бульвар б-р наб набережная ш шоссе проезд пр-д туп
тупик мкр микрорайон линия
ulitsa ulica prospekt pereulok ploshchad bulvar naberezhnaya naberezhnaia shosse proezd
g gatvė gatve gatves pr prospektas al alėja aleja aikštė aikste skg skersgatvis plentas pl kelias takas
"""
_SAME = {"n": "north", "s": "south", "e": "east", "w": "west", "saint": "", "sw": "southwest", "nw": "northwest"} | {
    "ne": "northeast",
    "se": "southeast",
}
PLAIN_STREETS = frozenset("ul ulica ulitsa street st str strasse stra g gatve gatves d dom rd road".split())
"""Words that are no name of a street even when nothing else is left."""
STREET_WORDS = {fold(word): "" for word in _DROPPED.replace("-", " ").split()} | _SAME
"""Folded word -> what it counts as; the empty string: for nothing."""
UNIT_WORDS = (
    "suite|ste|apartment|apt|unit|flat|room|rm|floor|fl|lok|lokal|mieszkanie|m|pok|pokój|кв|квартира|оф|офис|пом|помещение"
    "|ком|комната|эт|этаж|kv|kvartira|of|ofis|pom|wohnung|whg|zimmer|butas|but|kab|office"
)
