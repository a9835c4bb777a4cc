"""A website cell to its host and registered domain."""

import re
from dataclasses import dataclass

from shared.normalise.email import registrable_domain
from shared.normalise.placeholder import is_placeholder
from shared.normalise.text import clean_text

_ADDRESS = re.compile(
    r"(?:https?:/{0,3}(?:[^\s/@]*@)?|//)?([^\s/?#:,;|@]+\.[^\s/?#:,;|@]+)(:\d+)?([/?#][^\s,;|]*)?(?=[\s,;|]|$)", re.I
)
_TRACKING = re.compile(r"[?#&](?:utm_|gclid|fbclid|yclid).*")
_SCHEME_ONLY = re.compile(r"(?:https?:/*)?(?:www\.?)?", re.I)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LONGEST_CELL, _LONGEST_HOST = 2000, 253
_SHARED_HOSTS_WORDS = """
facebook.com fb.com instagram.com twitter.com x.com linkedin.com youtube.com youtu.be tiktok.com pinterest.com
    vk.com vk.ru ok.ru t.me telegram.me wa.me whatsapp.com google.com goo.gl maps.app.goo.gl business.site g.page bit.ly
    linktr.ee taplink.cc yelp.com tripadvisor.com booking.com foursquare.com yellowpages.com bbb.org angi.com
    thumbtack.com houzz.com 2gis.ru 2gis.com zoon.ru flamp.ru avito.ru yandex.ru allegro.pl olx.pl panoramafirm.pl
    pkt.pl znanylekarz.pl booksy.com rekvizitai.lt rekvizitai.vz.lt gelbeseiten.de meinestadt.de doctolib.de
    doctolib.fr pagesjaunes.fr amazon.com ebay.com ebay.de etsy.com medium.com github.com apple.com opentable.com
    ubereats.com deliveroo.co.uk just-eat.co.uk squarespace.com godaddy.com
"""
_SHARED_HOSTS = frozenset(_SHARED_HOSTS_WORDS.split())


def is_no_website(raw: str) -> bool:
    """True for a cell that only shows where an address would stand: blank, a placeholder, `http://`, `www.`."""
    text = clean_text(raw)
    return is_placeholder(text) or _SCHEME_ONLY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Website:
    """An address as people write it (no scheme, no trailing slash), its host without `www.`, its registered domain.

    `is_shared` is True on the hosts of social networks and directories, which say nothing about who owns the page.
    """

    display: str
    host: str
    domain: str
    is_shared: bool


def read_website(raw: str) -> Website | None:
    """The first address in the cell, None when it holds none. Never raises on text."""
    text = clean_text(raw[:_LONGEST_CELL])
    if not text or is_placeholder(text):
        return None
    found = _ADDRESS.match(text.strip("<>\"'()"))
    if not found:
        return None
    host = _read_host(found.group(1))
    domain = registrable_domain(host) if host else None
    if host is None or domain is None:
        return None
    path = _TRACKING.sub("", found.group(3) or "").rstrip("/?#")
    return Website(host + path, host, domain, domain in _SHARED_HOSTS or host in _SHARED_HOSTS)


def _read_host(text: str) -> str | None:
    host = text.lower().strip(".").removeprefix("www.")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    labels = host.split(".")
    is_host = len(host) <= _LONGEST_HOST and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
    return host if is_host and not labels[-1].isdigit() else None
