"""Views of what may be one: pairs in doubt, leads that were joined, and parting them again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from services.dispatcher.attempt import run_crossed
from services.dispatcher.review_schema import (
    DecisionBody,
    MatchPage,
    MergePage,
    PartBody,
    PartedAnswer,
    ReviewAnswer,
    ReviewPage,
    ReviewQuery,
    ShortPageQuery,
    SplitBody,
)
from shared.hygiene.merging import decide_review, part, split_lead
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.review_view import list_matches, list_merges, list_reviews, read_review
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("reviews", __name__, url_prefix="/v1", description="What may be one")


@blueprint.route("/reviews", methods=["GET"])
@blueprint.arguments(ReviewQuery, location="query")
@blueprint.response(200, ReviewPage)
def show_reviews(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List pairs of leads in doubt."""
    state = query["state"]
    return _page(
        query, f"reviews {state}", lambda c, before, limit: list_reviews(c, state=state, before=before, limit=limit)
    )


@blueprint.route("/reviews/<id(review):review_id>/decide", methods=["POST"])
@blueprint.arguments(DecisionBody)
@blueprint.response(200, ReviewAnswer)
def decide(body: dict[str, Any], review_id: int) -> tuple[dict[str, Any], int]:
    """Decide a pair."""

    def write(connection: Connection) -> Effect:
        name_actor(connection, caller().person_id, reason="review")
        decide_review(connection, review_id, body["decision"], made_by=caller().person_id)
        detail = {"decision": body["decision"]}
        add_audit(
            connection, "review_decided", actor=caller().person_id, entity="review", entity_id=review_id, detail=detail
        )
        return Effect(200, {"review": review_id})

    def work(connection: Connection) -> tuple[dict[str, Any], int]:
        return run_once(connection, body=body, effect=write, render=lambda c, _: read_review(c, review_id))

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("/merges", methods=["GET"])
@blueprint.arguments(ShortPageQuery, location="query")
@blueprint.response(200, MergePage)
def show_merges(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List leads that were joined or parted, each explained by the two records that decided."""
    return _page(query, "merges", lambda c, before, limit: list_merges(c, before=before, limit=limit))


@blueprint.route("/matches", methods=["GET"])
@blueprint.arguments(ShortPageQuery, location="query")
@blueprint.response(200, MatchPage)
def show_matches(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List pairs of records that were put into one lead, field by field."""
    return _page(query, "matches", lambda c, before, limit: list_matches(c, before=before, limit=limit))


@blueprint.route("/merges/<id(merge):merge_id>/undo", methods=["POST"])
@blueprint.arguments(PartBody)
@blueprint.response(200, PartedAnswer)
def undo_merge(body: dict[str, Any], merge_id: int) -> tuple[dict[str, object], int]:
    """Part two leads again, exactly; no machine joins them again."""

    def write(connection: Connection) -> Effect:
        name_actor(connection, caller().person_id, reason="unmerge")
        leads = part(connection, merge_id, reason=body["reason"], made_by=caller().person_id)
        add_audit(connection, "merge_undone", actor=caller().person_id, entity="merge", entity_id=merge_id)
        return Effect(200, {"leads": list(leads)})

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=write, render=lambda _, effect: dict(effect.ids))

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("/leads/<id(lead):lead_id>/split", methods=["POST"])
@blueprint.arguments(SplitBody)
@blueprint.response(200, PartedAnswer)
def split(body: dict[str, Any], lead_id: int) -> tuple[dict[str, object], int]:
    """Make a lead of its own of records that are somebody else's; no machine joins the two again."""

    def write(connection: Connection) -> Effect:
        name_actor(connection, caller().person_id, reason="split")
        new = split_lead(connection, lead_id, body["records"], reason=body["reason"], made_by=caller().person_id)
        detail = {"new": new, "records": body["records"]}
        add_audit(connection, "lead_split", actor=caller().person_id, entity="lead", entity_id=lead_id, detail=detail)
        return Effect(200, {"leads": [lead_id, new]})

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=write, render=lambda _, effect: dict(effect.ids))

    return run_crossed(parts().ledger.transaction, work)


def _page(
    query: dict[str, Any], listing: str, read: Callable[[Connection, int | None, int], list[dict[str, Any]]]
) -> Page[dict[str, Any]]:
    cursors, limit = parts().cursors, query["limit"]
    before = cursors.decode(listing, query["cursor"])
    with parts().ledger.reading() as connection:
        found = read(connection, before, limit + 1)
    return cursors.page(listing, found, limit, lambda row: row["id"])
