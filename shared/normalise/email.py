"""An e-mail cell to addresses, or to why there is none; what a mailbox and its domain say about their owner."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email
from publicsuffixlist import PublicSuffixList

from shared.normalise.placeholder import is_placeholder
from shared.normalise.text import clean_text

_PLAIN = re.compile(
    r"[a-z0-9_%+'&!#$*/=?^`{|}~-]+(?:\.[a-z0-9_%+'&!#$*/=?^`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})"
)
_AROUND_AT = re.compile(r"\s*(?:@|＠|\[at\]|\(at\)|\{at\}|\(собака\)|\[собака\])\s*", re.I)
_DOT_WORD = re.compile(r"\s*(?:\[dot\]|\(dot\)|\{dot\}|\(kropka\)|\(punkt\))\s*", re.I)
_BETWEEN = re.compile(r"[\s;|<>()\[\]\"“”„«»]+|,(?=[^,]*@)|/(?=[^/]*@)|(?i:mailto:)")
_EDGE = ".,;:'‘’`´-–—*\\/?!"
_LONGEST_LOCAL, _LONGEST = 64, 254
_LONGEST_CELL = 2000
_FILE_ENDINGS_WORDS = """
png jpg jpeg gif svg webp css js ico pdf
"""
_FILE_ENDINGS = frozenset(_FILE_ENDINGS_WORDS.split())
_NOBODY_LOCAL_WORDS = """
filler example exemple beispiel noemail nomail none null nan undefined unknown brak noreply@example youremail your
    yourname user@domain email@domain name@domain nieznany noone nobody nospam no-email no.email no_email donotknow
    notprovided na n/a xxx xx x aaa test123 asdf qwerty
"""
_NOBODY_LOCAL = frozenset(_NOBODY_LOCAL_WORDS.split())
_NOBODY_WORDS = """
filler@godaddy.com user@domain.com email@domain.com name@domain.com info@domain.com your@email.com email@email.com
    name@email.com you@email.com mail@mail.com test@test.com test@test.pl test@test.ru test@test.de test@gmail.com
    test@mail.ru a@a.com a@b.com a@b.c none@none.com no@no.com na@na.com abc@abc.com xxx@xxx.com asd@asd.com
    email@website.com info@mysite.com info@yoursite.com contact@yourdomain.com youremail@gmail.com
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_NOBODY_DOMAINS = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|org|net|edu)|domain\.(?:com|tld)|yourdomain\.com|yourcompany\.com|mysite\.com"
    r"|email\.tst|sentry\.io|sentry\.wixpress\.com|sentry-next\.wixpress\.com|[^@]*\.(?:test|example|invalid|localhost))"
)
_FREE_MAIL_WORDS = """
gmail.com googlemail.com yahoo.com ymail.com rocketmail.com outlook.com hotmail.com live.com msn.com aol.com
    icloud.com me.com mac.com protonmail.com proton.me pm.me gmx.com gmx.net gmx.de gmx.at gmx.ch mail.com zoho.com
    tutanota.com fastmail.com hey.com inbox.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
    charter.net earthlink.net juno.com optonline.net frontier.com yahoo.co.uk hotmail.co.uk live.co.uk outlook.co.uk
    btinternet.com talktalk.net sky.com virginmedia.com blueyonder.co.uk ntlworld.com tiscali.co.uk btopenworld.com
    wp.pl onet.pl onet.eu op.pl vp.pl o2.pl interia.pl interia.eu interia.com poczta.onet.pl poczta.fm tlen.pl go2.pl
    gazeta.pl autograf.pl buziaczek.pl spoko.pl poczta.pl neostrada.pl amorki.pl
    mail.ru bk.ru list.ru inbox.ru internet.ru yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.ua rambler.ru
    lenta.ru autorambler.ru myrambler.ru ro.ru pochta.ru nm.ru hotmail.ru ukr.net i.ua meta.ua bigmir.net tut.by mail.by
    inbox.lt one.lt takas.lt zebra.lt delfi.lt mail.lt balticum-tv.net inbox.lv mail.ee hot.ee online.ee
    web.de t-online.de freenet.de arcor.de online.de email.de posteo.de mailbox.org vodafone.de kabelmail.de
    aon.at chello.at bluewin.ch hispeed.ch sunrise.ch
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr yahoo.fr hotmail.fr live.fr outlook.fr libero.it virgilio.it
    tiscali.it alice.it tin.it yahoo.it hotmail.it hotmail.de outlook.de yahoo.de live.de seznam.cz email.cz centrum.cz
    atlas.cz volny.cz post.cz zoznam.sk azet.sk telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl
    yahoo.es hotmail.es telefonica.net terra.com.br uol.com.br bol.com.br hotmail.com.br yahoo.com.br sapo.pt
    abv.bg freemail.hu citromail.hu qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net yahoo.co.jp
    yahoo.co.in rediffmail.com bigpond.com optusnet.com.au xtra.co.nz shaw.ca rogers.com sympatico.ca telus.net
"""
_FREE_MAIL = frozenset(_FREE_MAIL_WORDS.split())
_ROLE_LOCALS_WORDS = """
info office sales contact contacts kontakt biuro sekretariat mail email e-mail post poczta hello hallo hi welcome
    admin administrator administration administracja webmaster hostmaster postmaster root abuse support help helpdesk
    service serwis servis kundenservice customerservice customercare customer-service clientservice care team
    marketing pr press presse media news newsletter noreply no-reply donotreply do-not-reply mailer-daemon
    hr jobs job career careers kariera bewerbung personal rekrutacja praca cv kadry recruitment
    accounting accounts buchhaltung ksiegowosc finance faktury faktura invoice invoices invoicing billing rechnung
    buh buhgalter bookkeeping apskaita zamowienia order orders bestellung zakaz zakupy einkauf purchasing
    handel handlowy sprzedaz sklep shop store vertrieb verkauf verkoop vendas prodaja sbyt reklama ads
    reception recepcja rezeption reservation reservations booking bookings rezerwacje hotel restaurant
    general enquiries enquiry inquiries inquiry questions ask feedback request anfrage zapytania
    zentrale central company firma firm direktion direction dyrekcja dyrektor director management manager zarzad
    ceo gmbh praxis kanzlei kancelaria apteka apotheke szkola school schule sp gs info1 info2 office1 biuro1
    priemnaya direktor otdel prodazhi sale all everyone staff studio labas pardavimai administracija rastine
    legal it privacy gdpr iod rodo datenschutz dpo security compliance
"""
_ROLE_LOCALS = frozenset(_ROLE_LOCALS_WORDS.split())


@dataclass(frozen=True, slots=True)
class EmailReading:
    """The addresses of a cell, lower-case, each once; `reason` when there is none: empty, placeholder, not_an_email."""

    emails: tuple[str, ...]
    reason: str | None


def read_emails(raw: str) -> EmailReading:
    """The addresses in one cell, however divided, wrapped or disguised. Never raises on text.

    The domain is in its ASCII form. Addresses that templates and site builders leave behind are placeholders.
    """
    plain = raw.strip().lower()
    if "%" in plain or not _is_address(plain):
        return _read_any(raw)
    return EmailReading((), "placeholder") if _is_nobody(plain) else EmailReading((plain,), None)


def _read_any(raw: str) -> EmailReading:
    text = clean_text(raw[:_LONGEST_CELL])
    if not text:
        return EmailReading((), "empty")
    if is_placeholder(text):
        return EmailReading((), "placeholder")
    found = dict.fromkeys(filter(None, map(_read_one, _BETWEEN.split(_undisguise(text)))))
    emails = tuple(email for email in found if not _is_nobody(email))
    if emails:
        return EmailReading(emails, None)
    return EmailReading((), "placeholder" if found else "not_an_email")


def _undisguise(text: str) -> str:
    text = _AROUND_AT.sub("@", _DOT_WORD.sub(".", text))
    return unquote(text) if "%" in text else text


def _read_one(text: str) -> str | None:
    text = text.strip(_EDGE).split("?", 1)[0].lower()
    if text.count("@") > 1:
        text = re.sub(r"@+", "@", text)
    if text.count("@") != 1:
        return None
    local, domain = text.split("@")
    text = f"{local.strip(_EDGE)}@{re.sub(r'[,.]+', '.', domain).strip(_EDGE)}"
    if _is_address(text):
        return text
    return None if text.isascii() else _read_international(text)


def _read_international(text: str) -> str | None:
    try:
        valid = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None
    return f"{valid.local_part}@{valid.ascii_domain}".lower()


def _is_address(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or len(text) > _LONGEST or text.index("@") > _LONGEST_LOCAL:
        return False
    return text.rpartition(".")[2] not in _FILE_ENDINGS


def _is_nobody(email: str) -> bool:
    local, _, domain = email.partition("@")
    return email in _NOBODY or local in _NOBODY_LOCAL or _NOBODY_DOMAINS.fullmatch(domain) is not None


def is_free_mail(domain: str) -> bool:
    """True for a domain where anybody may have a mailbox: it says nothing about a company."""
    return domain.lower() in _FREE_MAIL


def is_role_mailbox(local: str) -> bool:
    """True for the part before the @ of a mailbox that a function has, not a person: info, biuro, vertrieb."""
    return local.lower().rstrip("0123456789.-_") in _ROLE_LOCALS


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=16384)
def registrable_domain(host: str) -> str | None:
    """The part of a host name that somebody registered (`shop.example.co.uk` -> `example.co.uk`), None for none."""
    domain = _suffixes().privatesuffix(host.strip(". ").lower())
    return str(domain) if domain else None
