"""`leadmill phones`: one JSON object a line in, its numbers out. No rule lives here, see shared.normalise.phone."""

import json
import sys
from dataclasses import asdict

import click

from shared.normalise.phone import PhoneReading, read_phones

EXIT_USAGE = 2


class BadLine(click.ClickException):
    """A line of the input that is no object with a text `raw`; nothing after it was read."""

    exit_code = EXIT_USAGE


@click.command("phones")
@click.option("--country", "--region", "country", metavar="ISO", help="Where numbers without a calling code are from.")
def phones(country: str | None) -> None:
    """Read phone cells: JSON lines on stdin {"raw", "region", "area_code"}, JSON lines on stdout."""
    for line_number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            sys.stdout.write(_answer(_parse(line, line_number), country) + "\n")
            sys.stdout.flush()


def _parse(line: bytes, line_number: int) -> dict[str, str | None]:
    try:
        case = json.loads(line)
    except ValueError as error:
        raise BadLine(f"line {line_number}: not JSON ({error})") from error
    if not isinstance(case, dict) or not isinstance(case.get("raw"), str):
        raise BadLine(f'line {line_number}: wanted is an object such as {{"raw": "22 123 45 67", "region": "PL"}}')
    for key in ("region", "country", "area_code"):
        if not isinstance(case.get(key), str | None):
            raise BadLine(f'line {line_number}: "{key}" must be a text or null')
    return case


def _answer(case: dict[str, str | None], default_country: str | None) -> str:
    country = case.get("region") or case.get("country") or default_country
    reading = read_phones(case["raw"] or "", country=country, area_code=case.get("area_code"))
    return json.dumps(_as_json(reading))


def _as_json(reading: PhoneReading) -> dict[str, object]:
    numbers = [{name: value for name, value in asdict(number).items() if name != "kind"} for number in reading.numbers]
    return {"numbers": numbers, "reason": reading.reason}
