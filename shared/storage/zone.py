"""Which time zones a country has, told apart only where their clocks differ. Source: zone.tab of the tz database."""

from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

_PROBES = tuple(datetime(2026, month, 15, 12, tzinfo=UTC) for month in range(1, 13))


def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Gives every ISO country with its zones; of zones whose clocks agree in every month of 2026, the first."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    countries: dict[str, dict[tuple[object, ...], str]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            code, _, name = line.split("\t")[:3]
            zone = ZoneInfo(name)
            countries.setdefault(code, {}).setdefault(tuple(zone.utcoffset(probe) for probe in _PROBES), name)
    return {code: tuple(zones.values()) for code, zones in sorted(countries.items())}
