"""The demo's two lists: invented companies with the mess of real ones. The same seed gives the same bytes.

The purchased list is a UTF-8 CSV of the United States and Britain; the scraped one a Windows-1252 file of Germany and Britain with
a preamble, semicolons and German headers, and every seventh row is a company that the purchased list has in another spelling.
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from services.demo.words import BRANDS, DE, GB, US, Country, Place

PURCHASED_ROWS = 1200
SCRAPED_ROWS = 800
_PURCHASED_HEADER = ("ID", "Company", "Contact", "Phone", "E-mail", "Street", "City", "State", "ZIP", "Country")
_SCRAPED_HEADER = ("Firma", "Ansprechpartner", "Telefon", "E-Mail", "Straße", "PLZ", "Ort", "Land")
_NO_PHONE = ("", "n/a", "-", "0000000000", "unknown", "555-01", "4.479E+11")


@dataclass(frozen=True, slots=True)
class Entry:
    """One company as the demo knows it, before a list spells it."""

    country: Country
    place: Place
    company: str
    form: str
    given: str
    family: str
    national: str
    street: str
    house: int
    postcode: str


def write_lists(folder: Path) -> tuple[Path, Path]:
    """Writes both lists and gives their paths: the purchased one, the scraped one."""
    chance = random.Random(20)  # noqa: S311 - not for secrets
    bought = _entries(chance, (US, US, GB), PURCHASED_ROWS)
    found = list(_mix_known(chance, bought, _entries(chance, (DE, DE, GB), SCRAPED_ROWS)))
    purchased, scraped = folder / "purchased_us_uk.csv", folder / "verzeichnis_scrape.csv"
    purchased.write_text(_spell_purchased(chance, bought), encoding="utf-8", newline="")
    scraped.write_text(_spell_scraped(chance, found), encoding="cp1252", newline="", errors="replace")
    return purchased, scraped


def _entries(chance: random.Random, countries: tuple[Country, ...], count: int) -> list[Entry]:
    """New companies; one in eight is a colleague at the company before, one in twelve its branch in another city."""
    entries: list[Entry] = []
    taken: set[str] = set()
    while len(entries) < count:
        entry = _entry(chance, chance.choice(countries))
        if entry.national in taken:
            continue
        taken.add(entry.national)
        roll = chance.random()
        if entries and roll < 1 / 8:
            before = entries[-1]
            entry = replace(
                before, given=chance.choice(before.country.given), family=chance.choice(before.country.family)
            )
        elif entries and roll < 1 / 8 + 1 / 12:
            entry = replace(_entry(chance, entries[-1].country), company=entries[-1].company, form=entries[-1].form)
        entries.append(entry)
    return entries


def _entry(chance: random.Random, country: Country) -> Entry:
    place = chance.choice(country.places)
    family = chance.choice(country.family)
    name = chance.choice((chance.choice(BRANDS), family, f"{chance.choice(BRANDS)} & {family}"))
    ending = f"{chance.randrange(10)}AA" if country is GB else f"{chance.randrange(100):02d}"
    tail = str(chance.randrange(10**place.digits)).zfill(place.digits)
    return Entry(
        country=country,
        place=place,
        company=f"{name} {chance.choice(country.trades)}",
        form=chance.choice(country.forms),
        given=chance.choice(country.given),
        family=family,
        national=chance.choice(place.prefixes) + tail,
        street=chance.choice(country.streets),
        house=chance.randrange(1, 180),
        postcode=place.postcode + ending,
    )


def _mix_known(chance: random.Random, bought: list[Entry], found: list[Entry]) -> Iterator[Entry]:
    """Every seventh row of the scraped list is a British company that the purchased list has too."""
    british = [entry for entry in bought if entry.country is GB]
    for index, entry in enumerate(found):
        yield chance.choice(british) if index % 7 == 6 else entry


def _spell_purchased(chance: random.Random, entries: list[Entry]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_PURCHASED_HEADER)
    for number, entry in enumerate(_repeat_some(chance, entries), 1):
        writer.writerow(
            (
                f"P{number:05d}", _company(chance, entry), _person(chance, entry), _phone(chance, entry), _email(chance, entry),
                f"{entry.house} {entry.street}", entry.place.city, entry.place.region, entry.postcode, chance.choice(entry.country.names),
            )
        )  # fmt: skip
    return out.getvalue()


def _spell_scraped(chance: random.Random, entries: list[Entry]) -> str:
    out = io.StringIO()
    out.write("Branchenverzeichnis, Auszug\r\nStand: 03.11.2026\r\n\r\n")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_SCRAPED_HEADER)
    for entry in entries:
        street = f"{entry.house} {entry.street}" if entry.country is GB else f"{entry.street} {entry.house}"
        writer.writerow(
            (
                _company(chance, entry), _person(chance, entry), _phone(chance, entry), _email(chance, entry),
                street, entry.postcode, entry.place.city, entry.country.code,
            )
        )  # fmt: skip
    return out.getvalue()


def _repeat_some(chance: random.Random, entries: list[Entry]) -> Iterator[Entry]:
    """One in ten rows repeats an earlier one in another spelling: what vendors sell twice."""
    for index, entry in enumerate(entries):
        yield chance.choice(entries[:index]) if index and chance.random() < 0.1 else entry


def _company(chance: random.Random, entry: Entry) -> str:
    name = f"{entry.company} {entry.form}".strip()
    return chance.choice((name, name, name, name.upper(), entry.company, f" {name} "))


def _person(chance: random.Random, entry: Entry) -> str:
    full = f"{entry.given} {entry.family}"
    return chance.choice(
        (full, full, full, f"{entry.family}, {entry.given}", f"{entry.given[0]}. {entry.family}", full.upper())
    )


def _phone(chance: random.Random, entry: Entry) -> str:
    if chance.random() < 0.06:
        return chance.choice(_NO_PHONE)
    national, code, trunk = entry.national, entry.country.calling_code, entry.country.trunk
    area, rest = national[:3], national[3:]
    spelled = chance.choice(
        (
            f"+{code}{national}", f"+{code} {area} {rest}", f"00{code} {area} {rest}", f"({trunk}{area}) {rest}",
            f"{trunk}{area}-{rest[:3]}-{rest[3:]}", f"{trunk}{area}.{rest}", f"tel. +{code} {area} {rest}",
            f"{trunk}{area}\u00a0{rest}", f"{code}{national}.0",
        )
    )  # fmt: skip
    return f"{spelled} ext. {chance.randrange(10, 99)}" if chance.random() < 0.03 else spelled


def _email(chance: random.Random, entry: Entry) -> str:
    if chance.random() < 0.15:
        return ""
    host = "".join(letter for letter in entry.company.lower() if letter.isascii() and letter.isalnum())
    local = "".join(
        letter
        for letter in f"{entry.given[0]}.{entry.family}".lower()
        if letter.isascii() and (letter.isalnum() or letter == ".")
    )
    address = f"{chance.choice((local, local, 'info'))}@{host}.{entry.country.domain}"
    return chance.choice((address, address, address.upper(), f" {address}"))
