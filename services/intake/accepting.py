"""The acceptance report of a list: what it was worth, and the lines that are claimed from its vendor."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.acceptance import AGES, SECRET, USABLE, Ground, age_of, ground_of, may_tell_vendor
from shared.domain.lifecycle import states_of
from shared.domain.vendor_claim import window_end, window_warning
from shared.storage.acceptance import FirstCall, Line, count_reachable, count_worth, list_first_calls, list_lines
from shared.storage.clock import read_clock
from shared.storage.engine import Ledger
from shared.storage.research import count_research
from shared.storage.source import Source
from shared.storage.upload import Upload
from shared.storage.vendor_claim import Claimed, sum_claims

_PAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row that counts against its list, on which ground, and what shows it."""

    line: Line
    ground: Ground
    detail: str


def report(
    connection: Connection, upload: Upload, source: Source | None, *, counts: Mapping[str, int], for_vendor: bool
) -> dict[str, Any]:
    """Gives the report; `counts` are the rows by verdict, all that is known of a dry run.

    For a vendor, what would tell whether single people are known or suppressed is null.
    """
    worth = count_worth(connection, upload.id, [limit for _, limit in AGES if limit is not None])
    calls = list_first_calls(connection, upload.id)
    grounds: Counter[Ground] = Counter(dict.fromkeys(Ground, 0))
    ages: Counter[str] = Counter({name: 0 for name, _ in AGES})
    for part in worth:
        grounds[ground_of(part.verdict, part.reason)] += part.rows
        if part.age is not None:
            ages[AGES[part.age][0]] += part.rows
    grounds.update(_ground_of(call) for call in calls if call.is_bad)
    is_open = not for_vendor or may_tell_vendor(grounds)
    reachable = count_reachable(connection, upload.id)
    return {
        "read": upload.rows_read,
        "grounds": [
            {"ground": ground.value, "rows": rows if is_open or ground not in (*USABLE, *SECRET) else None}
            for ground, rows in grounds.items()
        ],
        "stock_by_age": [{"age": age, "rows": rows if is_open else None} for age, rows in ages.items()],
        "called": len(calls) if is_open else None,
        "reachable": reachable if is_open else None,
        "research": None if for_vendor else _research(connection, upload.id),
        **_window(connection, upload, source),
        **_cost(
            upload,
            source,
            sum_claims(connection, upload.id),
            new=counts.get("new", 0) if is_open else 0,
            reachable=reachable if is_open else 0,
        ),
    }


def _cost(upload: Upload, source: Source | None, claimed: Claimed, *, new: int, reachable: int) -> dict[str, Any]:
    """What was paid; what a usable row cost in the end, without what the vendor gave back."""
    price = source.cost_per_record if source else None
    paid: Decimal | None = price * upload.rows_read if price is not None else None
    net = paid - claimed.credited if paid is not None else None
    return {
        "currency": source.currency if source else None,
        "cost": paid,
        "claimed_rows": claimed.rows,
        "claimed": claimed.amount,
        "credited": claimed.credited,
        "cost_net": net,
        "cost_per_new": net / new if net is not None and new else None,
        "cost_per_reachable": net / reachable if net is not None and reachable else None,
    }


def _research(connection: Connection, upload_id: int) -> dict[str, int]:
    """What became of the leads that came without a phone."""
    leads = dict.fromkeys(states_of("research"), 0)
    for count in count_research(connection, upload=upload_id):
        leads[count["state"]] += count["leads"]
    return leads


def _window(connection: Connection, upload: Upload, source: Source | None) -> dict[str, Any]:
    """Until when the vendor takes rows back, and how pressing that is."""
    days = source.return_window_days if source else None
    return {
        "returns_until": window_end(upload.created_at, days),
        "return_warning": window_warning(upload.created_at, days, read_clock(connection)),
    }


def list_evidence(
    connection: Connection, upload_id: int, *, after: int, limit: int, for_vendor: bool
) -> Sequence[Evidence]:
    """Gives the rows that count against a list behind that number; a vendor sees none that tells what we know of people."""
    calls = {call.row_no: call for call in list_first_calls(connection, upload_id) if call.is_bad}
    lines = list_lines(connection, upload_id, bad=sorted(calls), after=after, limit=limit, with_secret=not for_vendor)
    return [_show(line, calls.get(line.row_no)) for line in lines]


def read_evidence(ledger: Ledger, upload_id: int, *, for_vendor: bool) -> Iterator[Sequence[Evidence]]:
    """Gives all of it in pages, with a short look a page: a slow reader holds no connection."""
    after = 0
    while True:
        with ledger.reading() as connection:
            page = list_evidence(connection, upload_id, after=after, limit=_PAGE, for_vendor=for_vendor)
        if not page:
            return
        yield page
        after = page[-1].line.row_no


def _show(line: Line, call: FirstCall | None) -> Evidence:
    ground = ground_of(line.verdict, line.reason)
    if call and ground in USABLE:
        return Evidence(line, _ground_of(call), f"{call.disposition} {call.at:%Y-%m-%d %H:%M} UTC")
    if line.known_since and line.known_for is not None:
        return Evidence(line, ground, f"known since {line.known_since:%Y-%m-%d}, {age_of(line.known_for)}")
    return Evidence(line, ground, line.reason)


def _ground_of(call: FirstCall) -> Ground:
    return Ground.WRONG_PARTY_ON_FIRST_CALL if call.is_wrong_party else Ground.DEAD_ON_FIRST_CALL
