"""The use cases of whoever holds a lead: prolong by work, give back, hand on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection

from services.dispatcher.handing import Taker, check_taker, pass_on
from services.dispatcher.limiting import REACHED
from services.dispatcher.stages import check_stage
from shared.auth import Caller
from shared.domain.errors import Refused, Superseded, absent
from shared.rate_limit import DAY_S, Limit, Use, check_use
from shared.storage.assignment import (
    Held,
    add_working_days,
    end_assignment,
    extend_assignment,
    find_assignment,
    lock_assignment,
)
from shared.storage.attempt_limit import is_limit_reached
from shared.storage.audit import add_audit
from shared.storage.contact import add_note, set_lead
from shared.storage.holding import (
    bar_rep,
    count_extension,
    count_release,
    count_reveal,
    find_hours_bar,
    has_contact,
    is_booked,
    set_call,
)
from shared.storage.idempotency import Effect
from shared.storage.promise import add_working_minutes
from shared.storage.reach import Reach

CALL: Final = timedelta(minutes=60)
"""How long a call may last that nobody ended."""

RELEASE_REASONS: Final = (
    "wrong_language",
    "wrong_territory",
    "conflict_of_interest",
    "not_my_field",
    "no_time",
    "bad_data",
    "other",
)


def extend(connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]) -> Effect:
    """Prolongs an assignment by another turn of its timer, up to the ceiling of its pool.

    Raises:
        Refused: `not_found`, or `extension_exhausted`.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    rules = held.rules
    if held.state == "offered":
        until = add_working_minutes(connection, held, held.policy["offered_minutes"])
    else:
        until = add_working_days(connection, held, rules.working_days[held.duty])
    if rules.extend_days is not None:
        until = min(until, held.offered_at + timedelta(days=rules.extend_days))
    if until <= held.expires_at:
        raise Refused("extension_exhausted", "it cannot be prolonged further: record an outcome or release it")
    count_extension(connection, held.id)
    extend_assignment(connection, held.id, expires=until, at=held.at)
    add_audit(connection, "assignment_extended", actor=who.person_id, entity="assignment", entity_id=held.id)
    return Effect(200, {"assignment": held.id})


def open_call(connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]) -> Effect:
    """Notes that the rep is dialling: for an hour, or until an outcome is recorded, nothing expires or is reclaimed.

    Raises:
        Refused: `not_found` for the assignment, or a number that it does not book; what the law says against it now.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    _check_dialled(connection, held, body["number_id"])
    until = held.at + CALL
    set_call(connection, held.id, until=until)
    if until > held.expires_at:
        extend_assignment(connection, held.id, expires=until, at=held.at)
    return Effect(200, {"assignment": held.id})


def reveal(connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]) -> Effect:
    """Shows the digits of one number to its holder: within lawful hours, so many a day, each with an entry in the audit.

    Raises:
        Refused: `not_found`; what the law says against it now; `too_many_requests`, today's are used up.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    _check_dialled(connection, held, body["number_id"])
    used, resets_in_s = count_reveal(connection, held)
    a_day = held.rules.reveals_per_day
    use = None if a_day is None else Use(Limit("reveals", a_day, DAY_S), used, resets_in_s)
    if use is not None:
        check_use(use)
    detail = {"number": body["number_id"]}
    add_audit(connection, "number_revealed", actor=who.person_id, entity="assignment", entity_id=held.id, detail=detail)
    return Effect(200, {"number": body["number_id"]}, shown={} if use is None else {"use": use})


def release(connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]) -> Effect:
    """Gives a lead back. Without a contact it needs a reason, counts against the day, and bars the rep for a while.

    Raises:
        Refused: `not_found`, `fields_missing`, or `release_limit`.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    if not has_contact(connection, held.id):
        _check_release(connection, held, body["reason"])
        bar_rep(connection, held, days=held.rules.release_bar_days, reason="released")
    end_assignment(connection, held.id, "released", at=held.at, by=who.person_id, note=body["reason"])
    return Effect(200, {"assignment": held.id})


def hand_off(connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]) -> Effect:
    """Hands a lead to a person or a pool: a promise of a working day, which passes the rest for whoever takes it.

    Nobody takes it in that time: it returns. Whoever hands on keeps the credit.

    Raises:
        Refused: `not_found` for the assignment, person or pool; `stage_unknown`.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    taker = Taker(body["person_id"], body["pool_id"])
    check_taker(connection, taker, but=held.person_id)
    if body.get("stage") is not None:
        check_stage(connection, body["stage"])
        set_lead(connection, held, stage=body["stage"], relation=None)
    promise_id = pass_on(connection, held, taker, giver_id=held.person_id, why="handoff")
    if body["note"]:
        words = body["note"]
        add_note(connection, lead_id=held.lead_id, contact_id=None, person_id=held.person_id, body=words)
    end_assignment(connection, held.id, "handed_off", at=held.at, by=who.person_id)
    detail = {"person": taker.person_id, "pool": taker.pool_id, "promise": promise_id}
    add_audit(connection, "handed_off", actor=who.person_id, entity="assignment", entity_id=held.id, detail=detail)
    return Effect(200, {"assignment": held.id})


def lock_held(connection: Connection, who: Caller, reach: Reach, assignment_id: int, fence: int) -> Held:
    """Locks an assignment that must still hold its lead under this fence.

    Raises:
        Refused: `not_found`.
        Superseded: `assignment_lost`; it lapsed, ended, or the fence is another's.
    """
    whose = find_assignment(connection, assignment_id, reach)
    if whose is None:
        raise absent("assignment")
    held = lock_assignment(connection, assignment_id, whose, actor=who.person_id)
    if not held.is_open or held.fence != fence:
        why = "expired" if held.is_lapsed else held.end_reason or "stale_fence"
        raise Superseded("assignment_lost", f"you do not hold this lead any more: {why}", why=why)
    return held


def _check_dialled(connection: Connection, held: Held, number_id: int) -> None:
    if not is_booked(connection, held.id, number_id):
        raise absent("number")
    if bar := find_hours_bar(connection, held):
        raise Refused(bar, f"the law does not let this client be called now: {bar.replace('_', ' ')}; see its gates")
    if held.attempt_limits and is_limit_reached(connection, held, number_id, at=held.at):
        raise Refused(REACHED, "this client, or this number, was called as often as the rules allow; see its gates")


def _check_release(connection: Connection, held: Held, reason: str | None) -> None:
    if reason is None:
        detail = f"without a contact a release needs a reason: {', '.join(RELEASE_REASONS)}"
        raise Refused("fields_missing", detail, fields=["reason"])
    limit = held.rules.releases_per_day
    if count_release(connection, held) > (limit if limit is not None else float("inf")):
        raise Refused("release_limit", f"you may release {limit} leads a day without a contact")
