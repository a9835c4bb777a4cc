"""Use cases of claims to vendors: freezing the rows of a list that are to be taken back, and what becomes of them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.accepting import list_evidence
from services.intake.sources import check_move, read_source
from shared.domain.errors import Refused, Superseded, absent
from shared.domain.vendor_claim import window_end
from shared.storage.audit import add_audit, name_actor
from shared.storage.clock import read_clock
from shared.storage.upload import lock_upload
from shared.storage.vendor_claim import (
    ClaimLine,
    NewClaim,
    VendorClaim,
    add_claim,
    find_claim,
    list_claimed,
    lock_claim,
    move_claim,
)

_PAGE: Final = 2000
_ENTITY: Final = "vendor claim"


def draft_claim(connection: Connection, upload_id: int, grounds: Sequence[str], *, actor: int) -> int:
    """Freezes every row of a list that has one of these grounds and was never claimed; gives the claim's id.

    Raises:
        Refused: `not_found`; `upload_not_ready`; `return_window_over`; `nothing_to_claim`.
    """
    upload = lock_upload(connection, upload_id)  # two drafts at once claim no row twice
    if upload is None:
        raise absent("upload")
    if upload.state != "ready" or upload.dry_run:
        raise Refused("upload_not_ready", "only a list that is ready, and was no trial, can be claimed for")
    source = read_source(connection, upload.source_id)
    ends_at = window_end(upload.created_at, source.return_window_days)
    if ends_at is not None and read_clock(connection) >= ends_at:
        raise _over()
    lines = [line for page in _pages(connection, upload_id) for line in page if line.ground in grounds]
    if not lines:
        raise Refused("nothing_to_claim", "no row of this list has such a ground and was not claimed before")
    price = source.cost_per_record
    amount = None if price is None else price * len(lines)
    new = NewClaim(upload_id, grounds, len(lines), source.currency, amount, ends_at)
    name_actor(connection, actor)
    claim_id = add_claim(connection, new, lines, created_by=actor)
    _audit(connection, "draft_claim", actor, claim_id, {"rows": len(lines)})
    return claim_id


def _pages(connection: Connection, upload_id: int) -> Iterator[list[ClaimLine]]:
    """What counts against a list and is not claimed yet; nothing that tells what we know of people."""
    after = 0
    while page := list_evidence(connection, upload_id, after=after, limit=_PAGE, for_vendor=True):
        claimed = list_claimed(connection, upload_id, [found.line.row_no for found in page])
        yield [
            ClaimLine(found.line.row_no, found.line.line_no, found.ground.value, found.detail)
            for found in page
            if found.line.row_no not in claimed
        ]
        after = page[-1].line.row_no


def change_claim(connection: Connection, claim_id: int, body: Mapping[str, Any], *, actor: int) -> None:
    """Moves a claim on; the same again does nothing.

    Raises:
        Superseded: `move_not_allowed`; read the claim and decide anew.
        Refused: `not_found`; `return_window_over`; `credit_invalid`.
    """
    claim = lock_claim(connection, claim_id)
    if claim is None:
        raise absent("claim")
    after = body["state"]
    if after == claim.state:
        return
    check_move(_ENTITY, claim.state, after)
    if after == "sent" and claim.window_ends_at is not None and read_clock(connection) >= claim.window_ends_at:
        raise _over()
    credited = _credit(claim, after, body["credited"])
    name_actor(connection, actor)
    if not move_claim(connection, claim, after, credited=credited, reference=body["reference"]):
        raise Superseded("move_not_allowed", "somebody has moved this claim meanwhile", state=claim.state)
    _audit(connection, "move_claim", actor, claim.id, {"before": claim.state, "after": after})


def _credit(claim: VendorClaim, after: str, credited: Decimal | None) -> Decimal | None:
    """All of what was claimed, unless told otherwise; nothing before the vendor has given it."""
    if after != "credited":
        if credited is not None:
            raise Refused("credit_invalid", "say what was credited when the claim becomes credited")
        return None
    given = claim.amount if credited is None else credited
    if given is None or (claim.amount is not None and given > claim.amount):
        raise Refused("credit_invalid", "say what was credited, at most what was claimed")
    return given


def read_claim(connection: Connection, claim_id: int) -> VendorClaim:
    """Gives a claim; absent is refused."""
    claim = find_claim(connection, claim_id)
    if claim is None:
        raise absent("claim")
    return claim


def _over() -> Refused:
    return Refused("return_window_over", "the contract's return window of this list is over: nothing is taken back")


def _audit(connection: Connection, action: str, actor: int, claim_id: int, detail: Mapping[str, object]) -> None:
    add_audit(connection, action, actor=actor, entity="vendor_claim", entity_id=claim_id, detail=detail)
