"""What one outcome does to the ledger, in one transaction and under the lead's locks: the rules are shared.domain's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.dispatcher.limiting import keep_limits
from services.dispatcher.line import is_left_in_peace, observe_number
from services.dispatcher.rhythm import follow_up, retry_at
from services.dispatcher.stages import check_facts, check_lost_reason, check_stage
from shared.domain.disposition import (
    UNWORKABLE,
    Decision,
    Disposition,
    Effect,
    Situation,
    count_visits,
    decide,
    missing_fields,
)
from shared.domain.errors import Refused, absent
from shared.storage import contact as contacts
from shared.storage.assignment import (
    Held,
    add_working_days,
    cut_hold,
    end_assignment,
    extend_assignment,
    note_progress,
    settle,
)
from shared.storage.disposition import find_disposition
from shared.storage.evidence import Line, find_line
from shared.storage.holding import bar_rep
from shared.storage.promise import add_promise, close_promises
from shared.storage.suppression import add_suppressions, hashes_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """A contact that may be written: its disposition and what was sent with it."""

    disposition: Disposition
    number: Line | None
    given: Mapping[str, Any]

    @property
    def number_id(self) -> int | None:
        """The number dialled."""
        return None if self.number is None else self.number.id


@dataclass(frozen=True, slots=True)
class _Rests:
    lead: datetime | None
    number: datetime | None


def check_outcome(connection: Connection, held: Held, body: Mapping[str, Any]) -> Outcome:
    """Reads what was sent against the disposition's row.

    Raises:
        Refused: `not_found` for a number that is not the lead's; `disposition_unknown`, `fields_missing`,
            `date_passed`; `fact_unknown` or `fact_invalid`; `stage_unknown`; `lost_reason_unknown`.
    """
    disposition = find_disposition(connection, body["disposition"])
    if disposition is None:
        raise Refused("disposition_unknown", "there is no such disposition: GET /v1/dispositions lists them")
    missing = missing_fields(disposition, body)
    if body["kind"] == "call" and body.get("number_id") is None:
        missing.append("number_id")
    if missing:
        raise Refused("fields_missing", f"this outcome also needs: {', '.join(missing)}", fields=missing)
    _check_dates(held, body)
    check_facts(connection, body.get("facts") or {})
    if body.get("stage") is not None:
        check_stage(connection, body["stage"])
    if body.get("lost_reason") is not None:
        check_lost_reason(connection, body["lost_reason"])
    return Outcome(disposition, _find_number(connection, held, body.get("number_id")), body)


def apply_outcome(
    connection: Connection,
    held: Held,
    current: Held | None,
    outcome: Outcome,
    *,
    late: bool,
    supersedes: int | None = None,
    at: datetime | None = None,
) -> int:
    """Writes the contact and everything that follows; gives its id.

    `held` is the assignment it was sent to, `current` the one it works on now: the same, a new one, or None when
    the lead is not the rep's. `at` is when the call was, for a correction; now by default.
    """
    called_at = at or held.at
    decision = decide(outcome.disposition, _situation(connection, held, current, outcome, supersedes, called_at))
    rests = _rests(connection, held, decision, outcome, called_at)
    written = {
        "assignment_id": held.id,
        "lead_id": held.lead_id,
        "site_id": held.site_id,
        "number_id": outcome.number_id,
        "person_id": held.person_id,
        "pool_id": held.pool_id,
        "disposition": outcome.disposition.code,
        "contact_made": outcome.disposition.contact_made,
        "at": called_at,
        "late": late,
        "supersedes": supersedes,
        "rest_until": rests.lead,
        "number_rest_until": rests.number,
    }
    contact_id = contacts.add_contact(connection, written | {name: outcome.given.get(name) for name in contacts.GIVEN})
    if outcome.given["kind"] == "call":
        keep_limits(connection, held, outcome.number_id, contact_id=contact_id, at=called_at)
    _keep_words(connection, held, outcome, contact_id)
    _promise(connection, held, current, outcome, decision, contact_id)
    _move_lead(connection, held, current, outcome, contact_id, called_at)
    _observe(connection, held, outcome, contact_id, called_at)
    _move_assignment(connection, held, current, outcome, decision)
    if outcome.disposition.opt_out:
        _suppress(connection, held, outcome, contact_id)
    return contact_id


def _observe(connection: Connection, held: Held, outcome: Outcome, contact_id: int, at: datetime) -> None:
    desk = outcome.given.get("desk")
    observe_number(connection, held, outcome.disposition, outcome.number, contact_id=contact_id, at=at, desk=desk)


def _situation(
    connection: Connection,
    held: Held,
    current: Held | None,
    outcome: Outcome,
    supersedes: int | None,
    at: datetime,
) -> Situation:
    if outcome.disposition.effect not in (Effect.ATTEMPT, Effect.BAD_NUMBER):
        return Situation(0, 0, 0, None)
    assignment_id = held.id if current is None else current.id
    untried, left = contacts.count_numbers(connection, held, assignment_id=assignment_id, number_id=outcome.number_id)
    rules = held.rules
    tries = contacts.list_tries(connection, held, days=rules.attempts_days, but=supersedes)
    return Situation(untried, left, count_visits([*tries, at]), rules.attempts_maximum)


def _rests(connection: Connection, held: Held, decision: Decision, outcome: Outcome, at: datetime) -> _Rests:
    rules, line = held.rules, outcome.number
    month = at + timedelta(days=rules.rest_days) if rules.rest_days else None
    lead = month if decision.rests else None
    silent = decision.promise is None and is_left_in_peace(connection, outcome.disposition, line, rules, at)
    if line is None or not (decision.number_rests or silent):
        return _Rests(lead, None)
    short = line.shared or not (decision.rests or silent)
    return _Rests(lead, add_working_days(connection, held, rules.shared_rest_days) if short else month)


def _keep_words(connection: Connection, held: Held, outcome: Outcome, contact_id: int) -> None:
    given = outcome.given
    promised = (given.get("promise") or {}).get("what")
    words = "\n".join(text for text in (given.get("note"), promised) if text) or None
    if words or given.get("spoke_with"):
        contacts.add_note(
            connection,
            lead_id=held.lead_id,
            contact_id=contact_id,
            person_id=held.person_id,
            body=words,
            spoke_with=given.get("spoke_with"),
        )
    facts = given.get("facts") or {}
    contacts.add_facts(connection, facts, lead_id=held.lead_id, contact_id=contact_id, person_id=held.person_id)


def _promise(
    connection: Connection, held: Held, current: Held | None, outcome: Outcome, decision: Decision, contact_id: int
) -> None:
    """Closes the promises this contact keeps or replaces, and writes its own; a stale holder changes none."""
    if current is None:
        return
    made = outcome.disposition.contact_made
    every = made and decision.end_reason is not None
    close_promises(connection, held.top_id, at=held.at, every=every, answered=made)
    for kind, due in _dues(connection, held, outcome, decision):
        add_promise(
            connection,
            held,
            kind=kind,
            due=due,
            why=outcome.disposition.code,
            contact_id=contact_id,
            person_id=held.person_id,
        )


def _dues(connection: Connection, held: Held, outcome: Outcome, decision: Decision) -> list[tuple[str, datetime]]:
    given = outcome.given
    dues = []
    if decision.promise == "retry":
        again_at = retry_at(connection, held, outcome.disposition)
        dues += [] if again_at is None else [("retry", again_at)]
    elif decision.promise == "deferral":
        dues.append(("deferral", given["defer_until"]))
    elif decision.promise is not None or given.get("callback_at"):
        dues.append((decision.promise or "callback", given.get("callback_at") or given["defer_until"]))
    if promised := given.get("promise"):
        dues.append(("next_step", promised["due"]))
    return dues or follow_up(connection, held, outcome.disposition, decision, stage=given.get("stage"))


def _move_lead(
    connection: Connection, held: Held, current: Held | None, outcome: Outcome, contact_id: int, at: datetime
) -> None:
    """What became of the client is a fact whoever says it; the stage is the holder's."""
    disposition = outcome.disposition
    stage = None if current is None else outcome.given.get("stage")
    if stage or disposition.relation:
        contacts.set_lead(connection, held, stage=stage, relation=disposition.relation)
    if disposition.product_rest_days:
        until = at + timedelta(days=disposition.product_rest_days)
        contacts.add_product_rest(connection, held, contact_id=contact_id, until=until, reason=disposition.code)


def _move_assignment(
    connection: Connection, held: Held, current: Held | None, outcome: Outcome, decision: Decision
) -> None:
    if current is not None and decision.end_reason is not None:
        end_assignment(connection, current.id, decision.end_reason, at=current.at, by=held.person_id)
        if decision.end_reason == UNWORKABLE:  # somebody else should judge the number next
            bar_rep(connection, current, days=held.rules.lapse_bar_days, reason="bad_number")
        if current is held and _books_all(held, outcome):
            return  # whatever the contact touches was booked by what has just ended, and is settled
    elif current is not None:
        if outcome.disposition.effect is Effect.BAD_NUMBER:
            cut_hold(connection, current.id, at=current.at, number_id=outcome.number_id)
        moved = _go_on(connection, current)
        if moved and current is held and outcome.disposition.effect is Effect.KEEP and _books_all(held, outcome):
            return  # and so it is by what has just grown
    at = held.at if current is None else current.at
    settle(connection, lead_id=held.top_id, site_id=held.site_id, number_id=outcome.number_id, at=at)


def _books_all(held: Held, outcome: Outcome) -> bool:
    return held.books_site and (outcome.number is None or outcome.number.booked)


def _go_on(connection: Connection, current: Held) -> bool:
    """Work was done: the time limit runs anew from here, never to an earlier end; says whether it moved."""
    note_progress(connection, current.id, at=current.at)
    until = add_working_days(connection, current, current.rules.working_days[current.duty])
    moves = until > current.expires_at
    if moves:
        extend_assignment(connection, current.id, expires=until, at=current.at)
    return moves


def _suppress(connection: Connection, held: Held, outcome: Outcome, contact_id: int) -> None:
    """The number dialled, unless others share it, and the keyed hashes of the lead, in every channel."""
    wanted, number = hashes_of(connection, held.top_id), outcome.number
    if number is not None and not (number.shared and wanted):
        wanted["number"] = [*{number.key_hash, *wanted.get("number", ())}]
    for scope, hashes in sorted(wanted.items()):
        add_suppressions(
            connection,
            scope,
            hashes,
            reason=outcome.disposition.code,
            source="contact",
            by=held.person_id,
            contact_id=contact_id,
        )


def _find_number(connection: Connection, held: Held, number_id: int | None) -> Line | None:
    if number_id is None:
        return None
    number = find_line(connection, number_id, assignment_id=held.id, lead_id=held.top_id)
    if number is None:
        raise absent("number")
    return number


def _check_dates(held: Held, body: Mapping[str, Any]) -> None:
    dates = {name: body.get(name) for name in ("callback_at", "defer_until")}
    dates["promise"] = (body.get("promise") or {}).get("due")
    passed = [name for name, date in dates.items() if date is not None and date <= held.at]
    if passed:
        raise Refused("date_passed", f"these must lie in the future: {', '.join(passed)}", fields=passed)
