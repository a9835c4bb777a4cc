"""What people do with leads that may be one: join them, part them, decide a review. The transaction is the caller's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from shared.domain.errors import Superseded, absent
from shared.hygiene.golden_fields import refresh_fields
from shared.storage.lead import NewLead, add_leads, find_tops, next_lead_ids, read_members
from shared.storage.match import find_site_key, merge_leads, split, unmerge
from shared.storage.review import Review, add_never_same, find_joining, find_merge, lock_ready, lock_review, move_review

DECISIONS: Final = ("merged", "distinct", "later")
"""What a person can say of a review: the same, never the same, ask me another time."""

_UNDECIDED: Final = frozenset({"open", "later"})


def merge_two(
    connection: Connection, winner: int, loser: int, *, reason: str, made_by: int | None, match_id: int | None = None
) -> int | None:
    """Joins two leads and gives the one that stays: the one a rep holds, whatever was asked, else the winner.

    None: two reps hold them, and a pending review waits until one assignment ends.

    Raises:
        Superseded: `lead_gone`, one of them is no longer an active lead: look at what it has become; `never_same`, a
            person said that they are two, and it is no person who wants to join them.
    """
    outcome = merge_leads(connection, winner, loser, match_id=match_id, reason=reason, made_by=made_by)
    if outcome == "pending":
        return None
    if outcome == "barred":
        raise Superseded("never_same", "a person said that these leads are two")
    if outcome != "merged":
        raise Superseded("lead_gone", "one of the leads is no longer active: look at what it has become")
    stays = find_tops(connection, [winner])[winner]
    refresh_fields(connection, [stays])
    return stays


def part(connection: Connection, merge_id: int, *, reason: str, made_by: int | None) -> tuple[int, int]:
    """Undoes a merge exactly, also after later ones; gives both leads. No machine joins them again.

    Raises:
        Refused: `not_found`.
        Superseded: `merge_undone`, it was undone already, or one of the leads was erased.
    """
    merge = find_merge(connection, merge_id)
    if merge is None or merge.undoes is not None:
        raise absent("merge")
    if unmerge(connection, merge_id, reason=reason, made_by=made_by) != "parted":
        raise Superseded("merge_undone", "this merge was undone already, or one of its leads is gone")
    other = find_tops(connection, [merge.winner])[merge.winner]
    add_never_same(connection, merge.loser, other, said_by=made_by)
    refresh_fields(connection, [merge.loser, other])
    return merge.loser, other


def split_lead(connection: Connection, lead: int, records: Sequence[int], *, reason: str, made_by: int | None) -> int:
    """Makes a lead of its own of records that the matcher put into this one; gives it. No machine joins the two again.

    Raises:
        Superseded: `not_its_own`, the lead is merged, these are not records that it was born with (undo the merge that
            brought them), or nothing of its own would be left.
    """
    wanted = sorted(set(records))
    if not set(wanted) <= {member.record_id for members in read_members(connection, [lead]) for member in members}:
        raise _not_its_own()
    (new,) = next_lead_ids(connection, 1)
    add_leads(connection, [NewLead(new, wanted[0], find_site_key(connection, wanted[0]))])
    if split(connection, lead, new, wanted, reason=reason, made_by=made_by) != "split":
        raise _not_its_own()
    add_never_same(connection, lead, new, said_by=made_by)
    refresh_fields(connection, [lead, new])
    return new


def _not_its_own() -> Superseded:
    detail = (
        "only some of the records that this lead was born with can be split off: undo the merge that brought others"
    )
    return Superseded("not_its_own", detail)


def decide_review(connection: Connection, review_id: int, decision: str, *, made_by: int | None) -> Review:
    """Writes what a person says of two leads, and does it; gives the review as it was.

    Two leads in work that are the same wait until one assignment ends. Leads that are joined already are parted when
    they are two.

    Raises:
        Refused: `not_found`.
        Superseded: `review_decided`, somebody was first; or as `merge_two` and `part`.
    """
    review = lock_review(connection, review_id)
    if review is None:
        raise absent("review")
    if review.state not in _UNDECIDED:
        raise Superseded("review_decided", "this review has been decided already")
    if review.state == "later":
        move_review(connection, review, "open", decided_by=made_by)
    opened = replace(review, state="open")
    move_review(connection, opened, decision, decided_by=made_by)
    if decision == "merged":
        _join(connection, review, made_by)
    elif decision == "distinct":
        _tell_apart(connection, review, made_by)
    return review


def _join(connection: Connection, review: Review, made_by: int | None) -> None:
    one, other = _present(connection, review)
    if one != other:
        merge_two(connection, one, other, reason="review", made_by=made_by, match_id=review.match_id)


def _tell_apart(connection: Connection, review: Review, made_by: int | None) -> None:
    one, other = _present(connection, review)
    if one != other:
        add_never_same(connection, one, other, said_by=made_by)
        return
    part(connection, find_joining(connection, review.lead_a, review.lead_b), reason="review", made_by=made_by)


def _present(connection: Connection, review: Review) -> tuple[int, int]:
    tops = find_tops(connection, [review.lead_a, review.lead_b])
    return tops[review.lead_a], tops[review.lead_b]


def join_pending(connection: Connection) -> bool:
    """Joins two leads that waited until one of their assignments ended; False when none can be joined now."""
    review = lock_ready(connection)
    if review is None:
        return False
    attempt = connection.begin_nested()
    try:
        move_review(connection, review, "merged", decided_by=None)
        merge_two(connection, review.lead_a, review.lead_b, reason="pending", made_by=None, match_id=review.match_id)
        attempt.commit()
    except Superseded:  # one of them is gone, or a person has parted their records meanwhile
        attempt.rollback()
        move_review(connection, review, "void", decided_by=None)
    return True
