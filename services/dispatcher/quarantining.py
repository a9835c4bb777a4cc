"""The use cases of supervisors: release a number from quarantine, or put its recheck off."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from shared.auth import Caller
from shared.domain.errors import Refused, Superseded, absent
from shared.domain.number import LineStatus
from shared.hygiene.line import observe_line
from shared.storage.audit import add_audit, name_actor
from shared.storage.clock import read_clock
from shared.storage.number_view import find_number
from shared.storage.reach import Reach

_LONGEST: Final = timedelta(days=5 * 366)
_RELEASED: Final = (LineStatus.DEAD, LineStatus.WRONG_PARTY, LineStatus.RETIRED, LineStatus.SUSPECT)


def release(connection: Connection, who: Caller, reach: Reach, number_id: int, *, reason: str) -> dict[str, Any]:
    """Brings a number back as unverified, for its leads too; a detached number stays detached.

    Raises:
        Refused: `not_found`.
        Superseded: `not_in_quarantine`, nothing is held against the line.
    """
    number = _find(connection, reach, number_id)
    if number["line_status"] not in _RELEASED:
        raise Superseded("not_in_quarantine", "nothing is held against this number")
    _say(connection, who, number_id, "returned", reason, detail=None)
    return _find(connection, reach, number_id)


def extend(
    connection: Connection, who: Caller, reach: Reach, number_id: int, *, until: datetime, reason: str
) -> dict[str, Any]:
    """Puts the recheck of a dead number off until then.

    Raises:
        Refused: `not_found`; `date_passed`, or `date_too_far` beyond five years.
        Superseded: `not_in_quarantine`.
    """
    now = read_clock(connection)
    if until <= now:
        raise Refused("date_passed", "the new recheck must lie in the future", fields=["until"])
    if until > now + _LONGEST:
        raise Refused("date_too_far", "a number stays away for five years at most", fields=["until"])
    if _find(connection, reach, number_id)["line_status"] != LineStatus.DEAD:
        raise Superseded("not_in_quarantine", "only a number in quarantine has a recheck to be put off")
    _say(connection, who, number_id, "extended", reason, detail=until.isoformat())
    return _find(connection, reach, number_id)


def _find(connection: Connection, reach: Reach, number_id: int) -> dict[str, Any]:
    number = find_number(connection, number_id, reach)
    if number is None:
        raise absent("number")
    return number


def _say(connection: Connection, who: Caller, number_id: int, kind: str, reason: str, *, detail: str | None) -> None:
    name_actor(connection, who.person_id, reason=reason)
    observe_line(connection, number_id, kind, at=read_clock(connection), person_id=who.person_id, detail=detail)
    told = {"reason": reason, **({"until": detail} if detail else {})}
    add_audit(connection, f"quarantine_{kind}", actor=who.person_id, entity="number", entity_id=number_id, detail=told)
