"""A date cell in the ways of six countries to a date; the day first wherever a country does not say otherwise."""

import re
from datetime import date, timedelta
from functools import cache

from shared.normalise.text import clean_text, fold, strip_guard

_ISO = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})(?:[T ].*|\s*[rг]\.?.*|\s*m\..*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\.0)?")
_NUMBERS = re.compile(r"(\d{1,2})\s?[-./ ]\s?(\d{1,2})\s?[-./ ]\s?(\d{4}|\d{2})(?:[T ,].*|\s*[rг]\.?.*|\s*m\..*)?")
_SERIAL = re.compile(r"(\d{4,5})(?:[.,]\d+)?")
_WORDS = re.compile(r"[a-z]+|\d+")
_FIRST_SERIAL_DAY = date(1899, 12, 30)
_SMALLEST_SERIAL, _LARGEST_SERIAL = 3000, 73050
_CENTURY, _PIVOT = 100, 30
_MONTH_FIRST = frozenset({"US", "PH", "FM", "PW"})
_MONTHS = """
jan january styczeń stycznia sty янв январь января sausio sausis sau januar januari janvier enero gennaio
feb february luty lutego lut фев февр февраль февраля vasario vasaris vas februar février febrero febbraio
mar march marzec marca мар март марта kovo kovas kov märz mrz mars marzo
apr april kwiecień kwietnia kwi апр апрель апреля balandžio balandis bal avril abril aprile
may maj maja май мая gegužės gegužė geg mai mayo maggio mei
jun june czerwiec czerwca cze июн июнь июня birželio birželis bir juni juin junio giugno
jul july lipiec lipca lip июл июль июля liepos liepa lie juli juillet julio luglio
aug august sierpień sierpnia sie авг август августа rugpjūčio rugpjūtis rgp août agosto
sep sept september wrzesień września wrz сен сент сентябрь сентября rugsėjo rugsėjis rgs septembre
oct october październik października paź окт октябрь октября spalio spalis spa oktober octobre octubre ottobre okt
nov november listopad listopada lis ноя нояб ноябрь ноября lapkričio lapkritis lap novembre noviembre
dec december grudzień grudnia gru дек декабрь декабря gruodžio gruodis grd dezember dez décembre diciembre
"""


def read_date(raw: str, *, country: str | None = None) -> date | None:
    """The date that the cell names, None for none. Never raises on text.

    A spreadsheet's day number counts; `03/04/1990` is the 3rd of April, in the US and its like the 4th of March.
    """
    text = strip_guard(clean_text(raw))
    if not text or len(text) > 60:
        return None
    if (found := _ISO.fullmatch(text)) or (found := _COMPACT.fullmatch(text)):
        return _make(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers(int(found[1]), int(found[2]), _full_year(found[3]), is_month_first=country in _MONTH_FIRST)
    if found := _SERIAL.fullmatch(text):
        serial = int(found[1])
        return _FIRST_SERIAL_DAY + timedelta(serial) if _SMALLEST_SERIAL <= serial <= _LARGEST_SERIAL else None
    return _from_words(text)


def _from_numbers(first: int, second: int, year: int, *, is_month_first: bool) -> date | None:
    if is_month_first:
        return _make(year, first, second) or _make(year, second, first)
    return _make(year, second, first) or _make(year, first, second)


@cache
def _months() -> dict[str, int]:
    """Folded word -> month."""
    return {fold(word): number for number, line in enumerate(_MONTHS.strip().splitlines(), 1) for word in line.split()}


def _from_words(text: str) -> date | None:
    words = _WORDS.findall(fold(text))
    months = [_months()[word] for word in words if word in _months()]
    numbers = [word for word in words if word.isdigit()]
    if len(months) != 1 or len(numbers) < 2:
        return None
    if len(numbers[0]) == 4:
        return _make(int(numbers[0]), months[0], int(numbers[1]))
    return _make(_full_year(numbers[1]), months[0], int(numbers[0])) if len(numbers[1]) in (2, 4) else None


def _full_year(text: str) -> int:
    year = int(text)
    if year >= _CENTURY:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
