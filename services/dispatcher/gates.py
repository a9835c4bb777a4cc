"""Why a lead can or cannot be handed out: each gate judged from what the ledger says, none left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.storage.gate import Facts


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate. `opens_at` is when time alone opens it; None when it is open, or only a person can open it."""

    gate: str
    open: bool
    reason: str | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NumberGate:
    """One number of the lead, and whether it may be dialled now."""

    id: int
    kind: str
    line_status: str
    shared: bool
    open: bool
    reason: str | None
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class Explained:
    """All gates of a lead; it can be handed out when every one is open."""

    open: bool
    gates: Sequence[Gate]
    numbers: Sequence[NumberGate]
    opens_at: datetime | None
    parked_for: str | None
    parked_until: datetime | None


def explain(facts: Facts) -> Explained:
    """Judges every gate."""
    lead = facts.lead
    numbers = [_number(row) for row in facts.numbers]
    customer = lead.relation != "prospect" and (lead.pool_duty or "hunter") == "hunter"
    gates = [
        _gate("state", lead.state == "active", lead.state),
        _gate("restricted", lead.restricted_at is None, "restricted"),
        _gate("country", bool(lead.may_call and lead.may_store), "country_not_enabled"),
        _gate("hours", _any_hour(lead) or bool(lead.hours_open), lead.hours_bar or "closed_hours", lead.hours_open_at),
        _gate("suppression", not lead.suppressed, "suppressed"),
        _gate("circulation", lead.circulating, "not_in_circulation"),
        _gate("relation", not customer, lead.relation),
        _gate("rank", (lead.relation, lead.rank) != ("customer", "E"), "rank_e"),
        _gate("pool", lead.pool_state == "active", "no_pool" if lead.pool_state is None else f"pool_{lead.pool_state}"),
        _numbers_gate(numbers),
        _booking_gate("lead", facts),
        _booking_gate("site", facts),
        _attempts_gate(lead),
        _gate("product", lead.product_until is None, "refused_for_product", lead.product_until),
        _gate("reps", lead.reps_free > 0, "no_rep" if lead.reps == 0 else "caps_or_bars"),
    ]
    entry = facts.entry
    return Explained(
        open=all(gate.open for gate in gates),
        gates=gates,
        numbers=numbers,
        opens_at=_opens_at(gates),
        parked_for=None if entry is None else entry.parked_for,
        parked_until=None if entry is None else entry.parked_until,
    )


def _gate(name: str, is_open: bool, reason: str, opens_at: datetime | None = None) -> Gate:
    return Gate(name, True) if is_open else Gate(name, False, reason, opens_at)


def _any_hour(lead: Any) -> bool:
    return lead.rules is not None and lead.rules.get("calling_hours", "pack") is None


def _number(row: Any) -> NumberGate:
    reason, opens_at = None, None
    if row.suppressed:
        reason = "suppressed"
    elif row.kind == "fax":
        reason = "fax"
    elif not row.callable:
        reason, opens_at = f"line_{row.line_status}", row.recheck_at
    elif row.booked_until is not None:
        reason, opens_at = "attempts_reached" if row.limited else "booked", row.booked_until
    return NumberGate(row.id, row.kind, row.line_status, row.shared, reason is None, reason, opens_at)


def _numbers_gate(numbers: Sequence[NumberGate]) -> Gate:
    if any(number.open for number in numbers):
        return Gate("numbers", True)
    times = [number.opens_at for number in numbers if number.opens_at is not None]
    reason = "no_number" if not numbers else "no_free_number"
    return Gate("numbers", False, reason, min(times, default=None))


def _booking_gate(subject: str, facts: Facts) -> Gate:
    standing = [row for row in facts.bookings if row.subject_kind == subject]
    if not standing:
        return Gate(f"booking_{subject}", True)
    first = standing[0]
    reason = {"assignment": "held", "promise": "promised", "rest": "resting"}[first.kind]
    return Gate(f"booking_{subject}", False, reason, max(row.until for row in standing))


def _attempts_gate(lead: Any) -> Gate:
    """Shut while a lead, or its site, was called as often as the rules allow."""
    until = lead.limited_until
    return _gate("attempts", until is None or until <= lead.at, "attempts_reached", until)


def _opens_at(gates: Sequence[Gate]) -> datetime | None:
    """When the last shut gate opens; None when all are open or one will not open by itself."""
    shut = [gate.opens_at for gate in gates if not gate.open]
    known = [at for at in shut if at is not None]
    return max(known) if known and len(known) == len(shut) else None
