"""Statements about claims to vendors: rows of a list that they are asked to take back, and what they gave for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_COLUMNS: Final = """c.id, c.upload_id, u.source_id, c.state, c.grounds, c.row_count, c.currency, c.amount, c.credited,
    c.window_ends_at, c.reference, c.created_at, c.sent_at, c.decided_at, c.credited_at"""
_FROM: Final = "FROM leadmill.vendor_claim AS c JOIN leadmill.upload AS u ON u.id = c.upload_id"
_ADD: Final = sa.text("""
    INSERT INTO leadmill.vendor_claim (upload_id, grounds, row_count, currency, amount, window_ends_at, created_by)
    VALUES (:upload_id, :grounds, :row_count, :currency, :amount, :window_ends_at, :created_by) RETURNING id
""")
_ADD_LINES: Final = sa.text("""
    INSERT INTO leadmill.vendor_claim_line (upload_id, row_no, claim_id, line_no, ground, evidence)
    SELECT :upload_id, row_no, :claim_id, line_no, ground, evidence
    FROM unnest(CAST(:rows AS bigint[]), CAST(:lines AS bigint[]), CAST(:grounds AS text[]), CAST(:evidence AS text[]))
      AS l (row_no, line_no, ground, evidence)
""")
_CLAIMED: Final = sa.text("""
    SELECT row_no FROM leadmill.vendor_claim_line WHERE upload_id = :upload_id AND row_no = ANY (CAST(:rows AS bigint[]))
""")
_FIND: Final = sa.text(f"SELECT {_COLUMNS} {_FROM} WHERE c.id = :id")
_LOCK: Final = sa.text(f"SELECT {_COLUMNS} {_FROM} WHERE c.id = :id FOR NO KEY UPDATE OF c")
_LIST: Final = sa.text(f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE c.id < :before AND (CAST(:upload AS bigint) IS NULL OR c.upload_id = :upload)
      AND (CAST(:source AS bigint) IS NULL OR u.source_id = :source) AND (CAST(:state AS text) IS NULL OR c.state = :state)
    ORDER BY c.id DESC LIMIT :limit
""")
_LINES: Final = sa.text("""
    SELECT l.row_no, l.line_no, l.ground, l.evidence, w.cells
    FROM leadmill.vendor_claim_line AS l LEFT JOIN leadmill.raw_row AS w USING (upload_id, row_no)
    WHERE l.claim_id = :claim_id AND l.row_no > :after ORDER BY l.row_no LIMIT :limit
""")
_MOVE: Final = sa.text("""
    UPDATE leadmill.vendor_claim
    SET state = :after, credited = :credited, reference = coalesce(:reference, reference),
        sent_at = CASE WHEN :after = 'sent' THEN leadmill.clock() ELSE sent_at END,
        decided_at = CASE WHEN :after IN ('accepted', 'refused') THEN leadmill.clock() ELSE decided_at END,
        credited_at = CASE WHEN :after = 'credited' THEN leadmill.clock() ELSE credited_at END
    WHERE id = :id AND state = :before
""").bindparams(
    sa.bindparam("after", type_=sa.Text),
    sa.bindparam("reference", type_=sa.Text),
    sa.bindparam("credited", type_=sa.Numeric),
)
_LET_GO: Final = sa.text("DELETE FROM leadmill.vendor_claim_line WHERE claim_id = :id")
_SUMS: Final = sa.text("""
    SELECT coalesce(sum(row_count), 0), sum(amount), coalesce(sum(credited), 0)
    FROM leadmill.vendor_claim WHERE upload_id = :upload_id AND state NOT IN ('draft', 'dropped')
""")


@dataclass(frozen=True, slots=True)
class VendorClaim:
    """A claim as it stands; `amount` None when the rows had no price."""

    id: int
    upload_id: int
    source_id: int
    state: str
    grounds: Sequence[str]
    row_count: int
    currency: str | None
    amount: Decimal | None
    credited: Decimal | None
    window_ends_at: datetime | None
    reference: str | None
    created_at: datetime
    sent_at: datetime | None
    decided_at: datetime | None
    credited_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewClaim:
    """What is frozen of a claim when it is drafted."""

    upload_id: int
    grounds: Sequence[str]
    row_count: int
    currency: str | None
    amount: Decimal | None
    window_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A row as it was claimed; `cells` None once the raw row is gone."""

    row_no: int
    line_no: int
    ground: str
    evidence: str
    cells: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was sent of an upload so far, and what came of it."""

    rows: int
    amount: Decimal | None
    credited: Decimal


def add_claim(connection: Connection, new: NewClaim, lines: Sequence[ClaimLine], *, created_by: int) -> int:
    """Adds a draft with its lines; gives its id. The caller holds the upload, so that no row is claimed meanwhile."""
    values = {name: getattr(new, name) for name in NewClaim.__dataclass_fields__}
    added: int = connection.execute(
        _ADD, {**values, "grounds": list(new.grounds), "created_by": created_by}
    ).scalar_one()
    columns = {
        "rows": [line.row_no for line in lines],
        "lines": [line.line_no for line in lines],
        "grounds": [line.ground for line in lines],
        "evidence": [line.evidence for line in lines],
    }
    connection.execute(_ADD_LINES, {"upload_id": new.upload_id, "claim_id": added, **columns})
    return added


def list_claimed(connection: Connection, upload_id: int, rows: Sequence[int]) -> set[int]:
    """Gives which of these rows are claimed already."""
    return set(connection.execute(_CLAIMED, {"upload_id": upload_id, "rows": list(rows)}).scalars())


def find_claim(connection: Connection, claim_id: int) -> VendorClaim | None:
    """Gives a claim."""
    row = connection.execute(_FIND, {"id": claim_id}).one_or_none()
    return VendorClaim(*row) if row else None


def lock_claim(connection: Connection, claim_id: int) -> VendorClaim | None:
    """Gives a claim and holds it."""
    row = connection.execute(_LOCK, {"id": claim_id}).one_or_none()
    return VendorClaim(*row) if row else None


def list_claims(
    connection: Connection, *, before: int, limit: int, upload: int | None, source: int | None, state: str | None
) -> Sequence[VendorClaim]:
    """Gives claims, the newest first, below that number."""
    values = {"before": before, "limit": limit, "upload": upload, "source": source, "state": state}
    return [VendorClaim(*row) for row in connection.execute(_LIST, values)]


def list_claim_lines(connection: Connection, claim_id: int, *, after: int, limit: int) -> Sequence[ClaimLine]:
    """Gives the lines of a claim in order, behind that row, with the original cells."""
    values = {"claim_id": claim_id, "after": after, "limit": limit}
    return [ClaimLine(*row) for row in connection.execute(_LINES, values)]


def move_claim(
    connection: Connection, claim: VendorClaim, after: str, *, credited: Decimal | None, reference: str | None
) -> bool:
    """Moves a claim from where it was seen; False when somebody was first. A dropped draft lets its rows go."""
    values = {"id": claim.id, "before": claim.state, "after": after, "credited": credited, "reference": reference}
    if connection.execute(_MOVE, values).rowcount != 1:
        return False
    if after == "dropped":
        connection.execute(_LET_GO, {"id": claim.id})
    return True


def sum_claims(connection: Connection, upload_id: int) -> Claimed:
    """Gives what was claimed of an upload, drafts apart, and what was credited."""
    return Claimed(*connection.execute(_SUMS, {"upload_id": upload_id}).one())
