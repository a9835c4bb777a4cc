"""The entry point of the queue `check`: one turn of the provider that the rules name. A new provider is one row of PROVIDERS."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import structlog

from services.cleaner.linecheck.http_lookup import Access, HttpLookup
from services.cleaner.linecheck.lists import Lists
from services.cleaner.linecheck.provider import Provider
from services.cleaner.linecheck.reps import Reps
from shared.config import BadSetting, Settings, read_settings
from shared.domain.errors import Unavailable
from shared.domain.line_check import Result
from shared.hygiene.line_check import Received, receive, take_due
from shared.storage.engine import Ledger
from shared.storage.line_check import find_rules

_WRITTEN_AT_ONCE: Final = 100
"""Answers a transaction: each locks its number's leads."""

_TRIES: Final = 3

_log = structlog.get_logger(__name__)


def look(**_ring: int | str) -> None:
    """Runs one turn of the provider; nothing that a ring carries is needed."""
    settings = read_settings(os.environ)
    with Ledger(settings.database_url("cleaner"), application_name="leadmill-linecheck", max_connections=1) as ledger:
        with ledger.reading() as connection:
            name = find_rules(connection)["provider"]
        turn(ledger, PROVIDERS[name](settings))


def turn(ledger: Ledger, provider: Provider) -> int:
    """Writes what came in, gives the provider what is due, writes what it answers at once; gives how many were asked."""
    for results in provider.collect():
        _write(ledger, provider.name, results)
    if not provider.at_once:
        return 0
    with ledger.transaction() as connection:
        asked = take_due(connection, provider.name, provider.at_once)
    answered: list[Result] = []
    for result in provider.send(asked):
        answered.append(result)
        if len(answered) == _WRITTEN_AT_ONCE:
            _write(ledger, provider.name, answered)
            answered = []
    _write(ledger, provider.name, answered)
    return len(asked)


def _write(ledger: Ledger, provider: str, results: Sequence[Result]) -> None:
    for first in range(0, len(results), _WRITTEN_AT_ONCE):
        received = _receive(ledger, provider, results[first : first + _WRITTEN_AT_ONCE])
        _log.info(
            "line_checks", provider=provider, written=received.written, known=received.known, unknown=received.unknown
        )


def _receive(ledger: Ledger, provider: str, results: Sequence[Result]) -> Received:
    """Many leads are locked in one transaction, which may cross with reps' work: what deadlocks is written again."""
    for _ in range(_TRIES - 1):
        try:
            with ledger.transaction() as connection:
                return receive(connection, provider, results)
        except Unavailable as error:
            _log.warning("line_checks_again", code=error.code)
    with ledger.transaction() as connection:
        return receive(connection, provider, results)


def make_http(settings: Settings) -> HttpLookup:
    """Makes the lookup service from the settings.

    Raises:
        BadSetting: the rules name it and the settings do not.
    """
    if not settings.line_check_url or not settings.line_check_key:
        raise BadSetting("the rules name the provider http: set LEADMILL_LINE_CHECK_URL and LEADMILL_LINE_CHECK_KEY")
    if not settings.line_check_url.startswith(("https://", "http://")):
        raise BadSetting("LEADMILL_LINE_CHECK_URL must begin with https:// or http://")
    return HttpLookup(Access(settings.line_check_url, settings.line_check_key))


PROVIDERS: Final[Mapping[str, Callable[[Settings], Provider]]] = {
    "reps": lambda _: Reps(),
    "lists": lambda settings: Lists(settings.data / "line-checks"),
    "http": make_http,
}
