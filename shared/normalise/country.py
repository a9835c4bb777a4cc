"""A country cell, in names and codes of several languages, to its ISO code."""

import re
from functools import cache, lru_cache

from phonenumbers import SUPPORTED_REGIONS

from shared.normalise.text import clean_text, fold

_NAMES = """
US: usa, u s a, u s, united states, united states of america, us of a, america, stany zjednoczone,
   stany zjednoczone ameryki, jav, jungtines amerikos valstijos, vereinigte staaten,
   vereinigte staaten von amerika, etats unis, estados unidos, stati uniti, сша, соединенные штаты,
   соединенные штаты америки
GB: uk, u k, gbr, united kingdom, great britain, britain, england, scotland, wales, northern ireland,
   wielka brytania, anglia, zjednoczone krolestwo, didzioji britanija, jungtine karalyste, vereinigtes konigreich,
   grossbritannien, england uk, royaume uni, reino unido, regno unito, великобритания, англия,
   соединенное королевство
PL: pol, poland, polska, rzeczpospolita polska, rp, lenkija, polen, pologne, polonia, польша
RU: rus, russia, russian federation, rosja, federacja rosyjska, rusija, rusijos federacija, russland,
   russische foderation, russie, rusia, россия, российская федерация, рф
LT: ltu, lithuania, lietuva, lietuvos respublika, lr, litwa, litauen, lituanie, lituania, литва
DE: deu, ger, brd, germany, deutschland, bundesrepublik deutschland, federal republic of germany, niemcy,
   vokietija, allemagne, alemania, germania, германия, фрг
AT: aut, austria, osterreich, oesterreich, austrija, autriche, австрия
CH: che, switzerland, schweiz, suisse, svizzera, szwajcaria, sveicarija, швейцария
LI: lie, liechtenstein
FR: fra, france, frankreich, francja, prancuzija, francia, франция
BE: bel, belgium, belgien, belgie, belgique, belgia, belgija, бельгия
NL: nld, netherlands, the netherlands, holland, nederland, niederlande, holandia, niderlandy holandia, niderlandai,
   нидерланды, голландия
LU: lux, luxembourg, luxemburg, luksemburg, liuksemburg, liuksemburgas, люксембург
IE: irl, ireland, republic of ireland, eire, irlandia, airija, ирландия
IT: ita, italy, italia, italien, wlochy, italija, italie, италия
ES: esp, spain, espana, spanien, hiszpania, ispanija, espagne, испания
PT: prt, portugal, portugalia, portugalija, португалия
CZ: cze, czech republic, czechia, ceska republika, cesko, czechy, republika czeska, tschechien,
   tschechische republik, cekija, чехия, чешская республика
SK: svk, slovakia, slovensko, slovenska republika, slowacja, slowakei, slovakija, словакия
HU: hun, hungary, magyarorszag, wegry, ungarn, vengrija, венгрия
RO: rou, romania, rumunia, rumanien, rumunija, румыния
BG: bgr, bulgaria, bulgariia, bulgarien, bulgarija, болгария
UA: ukr, ukraine, ukraina, ukrayina, украина, україна
BY: blr, belarus, bialorus, weissrussland, baltarusija, беларусь, белоруссия, республика беларусь
MD: mda, moldova, moldawia, moldau, молдова, молдавия
LV: lva, latvia, latvija, lotwa, lettland, латвия
EE: est, estonia, eesti, estland, estija, эстония
FI: fin, finland, suomi, finlandia, finnland, suomija, финляндия
SE: swe, sweden, sverige, szwecja, schweden, svedija, швеция
NO: nor, norway, norge, norwegia, norwegen, norvegija, норвегия
DK: dnk, denmark, danmark, dania, danemark, danija, дания
IS: isl, iceland, island, islandia, islandija, исландия
GR: grc, greece, ellada, hellas, grecja, griechenland, graikija, греция
CY: cyp, cyprus, cypr, zypern, kipras, кипр
MT: mlt, malta, мальта
HR: hrv, croatia, hrvatska, chorwacja, kroatien, kroatija, хорватия
SI: svn, slovenia, slovenija, slowenia, slowenien, словения
RS: srb, serbia, srbija, serbien, сербия
BA: bih, bosnia and herzegovina, bosnia, bosna i hercegovina
ME: mne, montenegro, crna gora, czarnogora, черногория
MK: mkd, north macedonia, macedonia, makedonija, македония
AL: alb, albania, shqiperia, albanien, албания
XK: kosovo
TR: tur, turkey, turkiye, turcja, turkei, turkija, турция
GE: geo, georgia country, sakartvelo, gruzja, georgien, грузия
AM: arm, armenia, armenien, армения
AZ: aze, azerbaijan, azerbaidzhan, azerbejdzan, азербайджан
KZ: kaz, kazakhstan, kazachstan, qazaqstan, kasachstan, казахстан, республика казахстан
KG: kgz, kyrgyzstan, киргизия, кыргызстан
UZ: uzb, uzbekistan, узбекистан
TJ: tjk, tajikistan, таджикистан
TM: tkm, turkmenistan, туркменистан, туркмения
IL: isr, israel, izrael, израиль
AE: are, uae, united arab emirates, zjednoczone emiraty arabskie, vereinigte arabische emirate, оаэ,
   объединенные арабские эмираты
SA: sau, saudi arabia, arabia saudyjska
QA: qat, qatar, katar
KW: kwt, kuwait
EG: egy, egypt, egipt, египет
MA: mar, morocco, maroc, marokko, maroko
TN: tun, tunisia, tunezja
ZA: zaf, south africa, rpa, sudafrika
NG: nga, nigeria
KE: ken, kenya, kenia
IN: ind, india, indie, indien, индия
PK: pak, pakistan
BD: bgd, bangladesh
CN: chn, china, chiny, peoples republic of china, prc, китай, кнр
HK: hkg, hong kong
TW: twn, taiwan
JP: jpn, japan, japonia, япония
KR: kor, south korea, korea, republic of korea, korea poludniowa, sudkorea, корея, южная корея
SG: sgp, singapore, singapur, сингапур
MY: mys, malaysia
TH: tha, thailand, таиланд
VN: vnm, vietnam, wietnam, вьетнам
ID: idn, indonesia
PH: phl, philippines
AU: aus, australia, australien, австралия
NZ: nzl, new zealand, nowa zelandia, neuseeland, новая зеландия
CA: can, canada, kanada, канада
MX: mex, mexico, meksyk, mexiko, meksika, мексика
BR: bra, brazil, brasil, brazylia, brasilien, бразилия
AR: arg, argentina, argentyna, argentinien, аргентина
CL: chl, chile
CO: col, colombia, kolumbia
PE: per, peru
"""
_PUNCTUATION = re.compile(r"[^a-z ]+")


@cache
def _codes() -> dict[str, str]:
    """Folded name -> ISO code."""
    entries = (entry.partition(":") for entry in re.split(r"\n(?=[A-Z]{2}:)", _NAMES.strip()))
    return {fold(name.strip()): code for code, _, names in entries for name in names.split(",")}


@lru_cache(maxsize=4096)
def read_country(raw: str) -> str | None:
    """The ISO 3166 code (two letters, upper case) that the cell means, None for none. Never raises on text."""
    text = clean_text(raw)
    code = text.upper()
    if code in SUPPORTED_REGIONS:
        return code
    name = " ".join(_PUNCTUATION.sub(" ", fold(text)).split())
    return _codes().get(name) or (name.upper() if name.upper() in SUPPORTED_REGIONS else None)
