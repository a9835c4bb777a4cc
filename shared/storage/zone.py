"""Which time zones a country has, told apart only where their clocks differ, and in which of them a number may be.

Source: zone.tab of the tz database.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers.tzdata import TIMEZONE_DATA

_PROBES = tuple(datetime(2026, month, 15, 12, tzinfo=UTC) for month in range(1, 13))


def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Gives every ISO country with its zones; of zones whose clocks agree in every month of 2026, the first."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    countries: dict[str, dict[tuple[object, ...], str]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            code, _, name = line.split("\t")[:3]
            countries.setdefault(code, {}).setdefault(_clocks(name), name)
    return {code: tuple(zones.values()) for code, zones in sorted(countries.items())}


def zones_by_prefix(countries: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Gives country, prefix of the digits, and the zones of that country in which such a number may be.

    Of countries with several zones only. A prefix one of whose zones the country does not have stands for all of them.
    Source: the time zones of area codes in phonenumbers.
    """
    for country, zones in countries.items():
        code = str(phonenumbers.country_code_for_region(country))
        if len(zones) == 1 or code == "0":
            continue
        own = {_clocks(zone): zone for zone in zones}
        for prefix, named in TIMEZONE_DATA.items():
            if prefix.startswith(code):
                found = {own.get(_clocks(zone)) for zone in named}
                yield country, prefix, zones if None in found else tuple(zone for zone in zones if zone in found)


@cache
def _clocks(zone: str) -> tuple[object, ...]:
    return tuple(ZoneInfo(zone).utcoffset(probe) for probe in _PROBES)
