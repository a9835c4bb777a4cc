"""The use case after a new numbering plan: what would change about the numbers we have, and then the change itself."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection

from shared.hygiene.line import derive_number
from shared.normalise.phone import PLAN_VERSION, is_callable, read_phones
from shared.storage.engine import Ledger
from shared.storage.evidence import revoke_numbers
from shared.storage.number_plan import Judged, change_judgement, keep_judgement, list_older

_AT_ONCE: Final = 1_000
_FIELDS: Final = ("valid", "dialable", "type", "country")
_SHOWN: Final = 20


@dataclass(slots=True)
class Changes:
    """What a new plan changes. `counts` is by change, e.g. `valid: True -> False`; `examples` are ids of numbers."""

    judged: int = 0
    changed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[int]] = field(default_factory=dict)


Judge = Callable[[Judged], Judged]


def judge(old: Judged) -> Judged:
    """Judges a number by the present plan; one that it cannot read is not valid and keeps its country."""
    numbers = [number for number in read_phones(old.e164).numbers if number.e164 == old.e164]
    if not numbers:
        return replace(old, valid=False, dialable=False, type="unknown")
    number = numbers[0]
    return replace(old, country=number.country, type=number.type, valid=number.valid, dialable=is_callable(number))


def renormalise(
    ledger: Ledger, *, dry_run: bool, plan_version: str = PLAN_VERSION, judge_number: Judge = judge
) -> Changes:
    """Judges every number anew that another version of the plan judged; may be repeated, goes on where it stopped.

    Args:
        ledger: a thousand numbers a transaction.
        dry_run: whether only to tell.
        plan_version: what the numbers are marked with.
        judge_number: the plan.
    """
    changes, after = Changes(), 0
    while True:
        with ledger.transaction() as connection:
            older = list_older(connection, plan_version, after=after, limit=_AT_ONCE)
            pairs = [(old, judge_number(old)) for old in older]
            for old, new in pairs:
                _tell(changes, old, new)
            if not dry_run:
                _write(connection, pairs, plan_version)
        if len(older) < _AT_ONCE:
            return changes
        after = older[-1].id


def _tell(changes: Changes, old: Judged, new: Judged) -> None:
    changes.judged += 1
    changes.changed += old != new
    for change in _differences(old, new):
        changes.counts[change] += 1
        examples = changes.examples.setdefault(change, [])
        if len(examples) < _SHOWN:
            examples.append(old.id)


def _differences(old: Judged, new: Judged) -> Iterator[str]:
    for name in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{name}: {before} -> {after}"


def _write(connection: Connection, pairs: list[tuple[Judged, Judged]], plan_version: str) -> None:
    keep_judgement(connection, [old.id for old, new in pairs if old == new], plan_version)
    changed = [(old, new) for old, new in pairs if old != new]
    for old, new in changed:
        change_judgement(connection, new, was_valid=old.valid, plan_version=plan_version)
        if new.valid and not old.valid:
            derive_number(connection, new.id)
    barred = [new.id for _, new in changed if not (new.valid and new.dialable)]
    if barred:
        revoke_numbers(connection, barred, note="renormalised", by=None)
