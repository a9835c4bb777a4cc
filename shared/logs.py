"""Logs: one JSON object a line on stderr, from our own code and from libraries alike, without personal values.

Values under the names of personal fields are withheld, and an exception is told by its type and its
place, never by its message: a database's message quotes the row.
"""

import logging
import sys
import traceback
from collections.abc import Iterable
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

WITHHELD_NAMES: Final = frozenset(
    (
        "address",
        "birth_date",
        "cell",
        "cells",
        "company",
        "company_id",
        "consent_text",
        "e164",
        "email",
        "family_name",
        "fax",
        "given_name",
        "mobile",
        "name",
        "note",
        "number",
        "objection",
        "password",
        "person",
        "phone",
        "postcode",
        "raw",
        "row_text",
        "secret",
        "street",
        "text",
        "token",
        "value",
        "website",
    )
)
"""Names under which nothing is ever logged; ids (`number_id`, `person_id`) are logged."""

_TALKATIVE: Final = ("rq", "alembic", "werkzeug", "gunicorn.access", "urllib3")


def configure_logs(level: str) -> None:
    """Sends all logs of this process to stderr; called once, by an entry point."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_exception_by_place,
        withhold_personal,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    _route_standard_logging(level, shared)


def withhold_personal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replaces what stands under a personal name, at any depth."""
    return {name: _withheld(name, value) for name, value in event.items()}


def tell_exception_by_place(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turns `exc_info` into the types of the chain of errors and the lines where the last one passed."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = " < ".join(type(link).__qualname__ for link in _chain(error))
        frames = traceback.extract_tb(error.__traceback__)
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return event


def _withheld(name: str, value: object) -> object:
    if name in WITHHELD_NAMES:
        return "[withheld]"
    if isinstance(value, dict):
        return {inner: _withheld(str(inner), item) for inner, item in value.items()}
    if isinstance(value, list | tuple):
        return [_withheld("", item) for item in value]
    return value


def _chain(error: BaseException) -> Iterable[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _route_standard_logging(level: str, shared: list[Processor]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
