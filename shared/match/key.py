"""Blocking keys: two records are compared when they share one. Several kinds, so that no single slip hides a duplicate.

Keys are 64-bit hashes that never change between processes. Frequent ones (a common surname in a large town, a chain's
number) are made all the same: whoever reads them drops a key by its own frequency.
"""

from collections.abc import Iterator
from hashlib import blake2s
from itertools import pairwise
from typing import Final

from shared.match.form import Form

MAX_KEY_RECORDS: Final = (
    100  # a key that more records share is never used, and on long lists one of fewer, see `pairing`
)
_VOWELS: Final = frozenset("aeiouyjhw")


def skeleton(word: str) -> str:
    """The first letter and the consonants, doubled ones once: equal for most slips in vowels and most transcriptions."""
    kept = [word[:1], *(sign for before, sign in pairwise(word) if sign not in _VOWELS and sign != before)]
    return "".join(kept)[:6]


def keys_of(form: Form) -> list[int]:
    """Signed 64-bit keys without repetition, the same for the same form in every process."""
    return list(dict.fromkeys(_hashed(parts) for parts in key_parts(form)))


def keys_in_clear(form: Form) -> dict[int, tuple[str, ...]]:
    """By key what it is made of: the kind, then the values."""
    return {_hashed(parts): parts for parts in key_parts(form)}


def _hashed(parts: tuple[str, ...]) -> int:
    return int.from_bytes(blake2s("\x1f".join(parts).encode(), digest_size=8).digest(), "little", signed=True)


def key_parts(form: Form) -> Iterator[tuple[str, ...]]:
    """The keys in clear: the kind, then the values; for explaining."""
    yield from _contact_keys(form)
    yield from _name_keys(form)
    yield from _company_keys(form)
    yield from _place_keys(form)
    yield from _birth_keys(form)


def _contact_keys(form: Form) -> Iterator[tuple[str, ...]]:
    for seven in form.sevens:
        yield "phone", seven
    shortest = 5 if form.company else 4
    for email, domain in zip(form.emails, form.mail_domains, strict=True):
        yield "email", email
        local = email.partition("@")[0]
        # a private mailbox is found by itself, whatever slip is in its domain
        if len(local) >= shortest and not (domain and form.company):
            yield "local", local
    initials = "".join(sorted(word[0] for word in (form.given, form.family) if word))
    for domain in dict.fromkeys((*form.mail_domains, form.site_domain)):
        if domain:
            yield "domain", domain
            yield "domain", domain, initials


def _name_keys(form: Form) -> Iterator[tuple[str, ...]]:
    names = sorted(word for word in (form.given, form.family) if len(word) > 1)
    if len(names) == 2:
        yield "name", *names
        yield "name", *names, form.city
    if form.given and form.family:
        initials = "".join(sorted((form.given[0], form.family[0])))
        yield "sound", initials, skeleton(max(names, key=len, default="")), form.city[:3]
    head = form.company[0] if form.company else ""
    for word in names:
        if form.city and not head:
            yield "name", word, form.city
        if head:
            yield "at", word, head
        if form.house:
            yield "door", word, form.house
        if form.birth:
            yield "born", word, form.birth[5:]
        if not (head or form.house):
            yield "word", word


def _company_keys(form: Form) -> Iterator[tuple[str, ...]]:
    if not form.company:
        return
    whole = "".join(sorted(form.company))
    yield "company", whole
    if form.city:
        yield "company", whole, form.city
        if not (form.given or form.family):
            yield "company", form.company[0][:5], form.house, form.city[:4]


def _place_keys(form: Form) -> Iterator[tuple[str, ...]]:
    if form.street and form.house:
        yield "place", form.street, form.house, form.city[:3]
        if form.postcode:
            yield "place", form.postcode, form.house


def _birth_keys(form: Form) -> Iterator[tuple[str, ...]]:
    if form.birth:
        yield "birth", form.birth
        yield "birth", form.birth[:4], form.city[:4], form.given[:1] or form.family[:1]
