"""What the cells of a column are by themselves: phones, e-mails, postcodes, cities, company forms, names, dates."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from services.intake.reading import cell as form
from services.intake.reading.words import content as tables


class Found(NamedTuple):
    """A field that the cells speak for, and how much."""

    field: str
    confidence: float


class Content:
    """The first filled cells of one column; what they speak for is found when it is asked."""

    def __init__(self, cells: Sequence[str], country: str | None = None) -> None:
        self._cells = [cell.strip() for cell in cells if cell.strip()][:SAMPLE_CELLS]
        self._country = country

    @property
    def filled(self) -> int:
        """How many cells of the sample hold anything."""
        return len(self._cells)

    @cached_property
    def distinct(self) -> int:
        """How many different ones."""
        return len(set(self._cells))

    @cached_property
    def forms(self) -> dict[str, float]:
        """Form -> share of the filled cells."""
        counts = Counter(map(form.find_form, self._cells))
        return {name: count / self.filled for name, count in counts.items()}

    @cached_property
    def fields(self) -> dict[str, float]:
        """Field -> how far the cells speak for it, above 0."""
        if not self._cells:
            return {}
        shares = find_fields(self._cells, self.forms, self.distinct, self._country)
        return {name: share for name, share in shares.items() if share > 0}

    def best(self, least: float) -> Found | None:
        """The field with the largest share, when that is at least so large."""
        if not self.fields:
            return None
        name = max(self.fields, key=lambda field: self.fields[field])
        share = self.fields[name]
        return Found(name, round(min(0.9, share), 2)) if share >= least else None

    @property
    def is_salutation(self) -> bool:
        """True when the cells only say how somebody is addressed."""
        known = sum(cell.casefold().rstrip(".") in tables.SALUTATIONS for cell in self._cells)
        return known >= 0.8 * self.filled > 0

    def share(self, name: str) -> float:
        """The share of a field, or of a form; 0 when never seen."""
        return self.fields.get(name, 0.0) or self.forms.get(name, 0.0)

    def denies(self, field: str) -> bool:
        """True when the cells cannot be what the header says."""
        wanted = DENIED.get(field)
        if self.filled < 3 or wanted is None:
            return False
        return sum(self.forms.get(name, 0.0) for name in wanted) >= 0.8


# Field -> forms of which a column of it cannot mostly be.
DENIED: dict[str, tuple[str, ...]] = {
    "phone": (form.EMAIL, form.URL, form.COORDINATE, form.DATE, form.PROSE),
    "mobile": (form.EMAIL, form.URL, form.COORDINATE, form.DATE, form.PROSE),
    "fax": (form.EMAIL, form.URL, form.COORDINATE, form.DATE, form.PROSE),
    "email": (form.URL, form.PHONE, form.NUMBER, form.DATE, form.COORDINATE),
    "website": (form.EMAIL, form.PHONE, form.NUMBER, form.DATE, form.COORDINATE),
    "person": (form.EMAIL, form.URL, form.PHONE, form.NUMBER, form.DATE, form.COORDINATE),
    "company": (form.EMAIL, form.PHONE, form.NUMBER, form.DATE, form.COORDINATE),
    "given_name": (form.EMAIL, form.URL, form.PHONE, form.NUMBER, form.DATE),
    "family_name": (form.EMAIL, form.URL, form.PHONE, form.NUMBER, form.DATE),
    "job_title": (form.EMAIL, form.URL, form.PHONE, form.NUMBER, form.DATE, form.COORDINATE),
    "street": (form.EMAIL, form.URL, form.DATE, form.COORDINATE),
    "city": (form.EMAIL, form.URL, form.DATE, form.COORDINATE, form.PHONE),
    "region": (form.EMAIL, form.URL, form.DATE, form.COORDINATE, form.PHONE),
    "country": (form.EMAIL, form.URL, form.DATE, form.COORDINATE, form.PHONE),
    "postcode": (form.EMAIL, form.URL, form.DATE, form.COORDINATE, form.PROSE),
    "birth_date": (form.EMAIL, form.URL, form.PHONE, form.COORDINATE),
}

SAMPLE_CELLS = 200
PLAIN_PHONE = re.compile(r"\d{9,13}")
PLUS_PHONE = re.compile(r"[+]\d{9,14}")


def find_fields(filled: list[str], forms: dict[str, float], distinct: int, country: str | None) -> dict[str, float]:
    """The share of the cells that speak for each field."""
    total = len(filled)
    fields = {
        "email": sum("@" in cell and bool(form.EMAIL_FORM.search(cell)) for cell in filled) / total,
        "website": forms.get(form.URL, 0.0) if not is_directory(filled) else 0.0,
        "phone": find_phone_share(filled, forms, distinct),
    }
    if max(fields.values()) >= 0.6:
        return fields
    lowered = [cell.casefold() for cell in filled]
    words = [set(re.findall(r"[^\W\d_]+(?:[.'-][^\W\d_]+)*\.?", cell)) for cell in lowered]
    fields["postcode"] = find_postcode_share(filled, country)
    fields["country"] = sum(cell in tables.COUNTRIES for cell in lowered) / total
    fields["region"] = sum(is_region(cell) for cell in lowered) / total
    fields["city"] = min(1.0, 1.5 * sum(is_city(cell) for cell in lowered) / total)
    fields["company"] = min(1.0, 2.0 * sum(map(has_legal_form, lowered)) / total)
    fields["person"] = find_person_share(lowered)
    fields["street"] = min(
        1.0, 1.3 * sum(is_street(cell, some) for cell, some in zip(lowered, words, strict=True)) / total
    )
    return fields


def is_directory(filled: Sequence[str]) -> bool:
    """True when most addresses lead to one directory, map or network: pages about the company, not its own."""
    hosts = Counter(re.sub(r"^(?:https?:/*)?(?:www\.)?", "", cell.casefold()).split("/")[0] for cell in filled)
    known = sum(count for host, count in hosts.items() if any(name in host for name in tables.DIRECTORIES))
    return known > 0.5 * len(filled) or (len(filled) >= 5 and hosts.most_common(1)[0][1] > 0.8 * len(filled))


def find_phone_share(filled: Sequence[str], forms: dict[str, float], distinct: int) -> float:
    """Written numbers count whole; bare digits only when they look like numbers that are dialled, and vary."""
    written = forms.get(form.PHONE, 0.0) + sum(bool(PLUS_PHONE.fullmatch(cell)) for cell in filled) / len(filled)
    bare = [cell for cell in filled if PLAIN_PHONE.fullmatch(cell)]
    if not bare or distinct < 0.5 * len(filled):
        return written
    lengths = Counter(map(len, bare))
    starts = Counter(cell[:1] for cell in bare)
    is_even = lengths.most_common(1)[0][1] >= 0.6 * len(bare) or max(lengths) - min(lengths) <= 2
    is_run = len(bare) > 3 and is_sequence([int(cell) for cell in bare])
    dialled = starts["0"] + starts["7"] + starts["8"] + starts["3"] + starts["4"] + starts["1"] + starts[
        "2"
    ] >= 0.5 * len(bare)
    if not is_even or is_run or not (dialled or len(bare[0]) == 9):
        return written
    return written + 0.75 * len(bare) / len(filled)


def is_sequence(numbers: Sequence[int]) -> bool:
    """True for numbers that were counted up: identifiers."""
    steps = [after - before for before, after in pairwise(numbers)]
    return sum(0 <= step <= 50 for step in steps) > 0.7 * len(steps)


def find_postcode_share(filled: Sequence[str], country: str | None) -> float:
    """By forms that only postcodes have; bare digits count less, and only when they recur like places do."""
    sure = sum(any(pattern.fullmatch(cell) for pattern in tables.POSTCODES) for cell in filled) / len(filled)
    if sure >= 0.5:
        return sure
    own = tables.COUNTRY_POSTCODES.get(country or "")
    if own is None:
        return sure
    numbers = [cell for cell in filled if own.fullmatch(cell)]
    if len(numbers) < 0.7 * len(filled) or (
        len(filled) > 3 and is_sequence([int(re.sub(r"\D", "", c) or 0) for c in numbers])
    ):
        return sure
    return 0.7 * len(numbers) / len(filled)


def is_region(cell: str) -> bool:
    """True for a state, voivodeship, oblast or the like."""
    return cell in tables.REGIONS or cell.endswith(tables.REGION_ENDINGS)


def is_city(cell: str) -> bool:
    """True for a large city, or a word for a settlement before a name."""
    return cell in tables.CITIES or cell.startswith(tables.CITY_STARTS)


def has_legal_form(cell: str) -> bool:
    """True when a company's legal form stands in the cell."""
    return bool(tables.LEGAL_FORM.search(cell))


def find_person_share(cells: Sequence[str]) -> float:
    """The share of cells of two to four words without digits, of which one is a known given name."""
    count = 0
    for cell in cells:
        words = re.findall(r"[^\W\d_]+", cell)
        if 2 <= len(words) <= 4 and not any(char.isdigit() for char in cell):
            count += any(word in tables.GIVEN_NAMES for word in words) or words[-1].endswith(tables.PATRONYMICS)
    return min(1.0, 1.5 * count / len(cells))


def is_street(cell: str, words: set[str]) -> bool:
    """True for a word for a street with a house number, or a number before it."""
    if not any(char.isdigit() for char in cell):
        return cell.startswith(tables.STREET_STARTS)
    return (
        not words.isdisjoint(tables.STREET_WORDS)
        or any(word.endswith(tables.STREET_ENDINGS) for word in words)
        or (cell.startswith(tables.STREET_STARTS))
    )
