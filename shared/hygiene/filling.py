"""Which rows of a list are about leads that are here: for lists that fill or mark and create nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from shared.hygiene.applying import apply_matched
from shared.hygiene.matching import Matched, check_current, match_records
from shared.hygiene.placing import KNOWN, Placement, place
from shared.storage.candidate import NewRecords
from shared.storage.move_in import add_told, forget_records
from shared.storage.packed import Integers


@dataclass(frozen=True, slots=True)
class Known:
    """The records that the matcher joins with leads that are here, and the others. `placement` is of the known ones."""

    matched: Matched
    records: Integers
    site_keys: Integers
    placement: Placement
    unknown: Sequence[int]


def find_known(connection: Connection, matched: Matched, new: NewRecords) -> Known:
    """Looks again without the rows that nobody here is, until only rows about leads that are here are left.

    The caller holds the lock of matching.
    """
    records, site_keys = new.ids, new.site_keys
    unknown: list[int] = []
    while True:
        placement = place(matched.decision, matched.new, matched.leads.tolist(), lambda count: range(-count, 0))
        is_known = np.array([part == KNOWN for part in placement.parts], dtype=bool)
        if is_known.all():
            return Known(matched, records, site_keys, placement, sorted(unknown))
        unknown += records[~is_known].tolist()
        records, site_keys = records[is_known], site_keys[is_known]
        matched = match_records(connection, records)
        check_current(connection, matched)


def fill_known(connection: Connection, upload_id: int, matched: Matched, new: NewRecords) -> dict[str, int]:
    """Joins the rows about leads that are here with them, field by field as their source is trusted; the others are rejected."""
    known = find_known(connection, matched, new)
    apply_matched(connection, upload_id, known.matched, known.site_keys)
    add_told(connection, "rejected", [(record, None, "unmatched") for record in known.unknown])
    forget_records(connection, known.unknown)
    return {"filled": len(set(known.placement.leads)), "unmatched": len(known.unknown)}
