"""Views of quarantine: which numbers are out of circulation, what comes due, and what a supervisor does about one."""

from typing import Any

import flask

from services.dispatcher.access import reach
from services.dispatcher.proposal_views import SECRET
from services.dispatcher.quarantine_schema import (
    CalendarAnswer,
    CalendarQuery,
    LineAnswer,
    NumberExtendBody,
    NumberReleaseBody,
    QuarantinePage,
    QuarantineQuery,
    QuarantineSearch,
)
from services.dispatcher.quarantining import extend, release
from shared.keyed_hash import hash_of
from shared.normalise.phone import read_phones
from shared.storage.quarantine import list_quarantine, list_weeks
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page
from shared.web.parts import parts

blueprint = Blueprint("quarantine", __name__, url_prefix="/v1", description="Numbers out of circulation")

_MOST_FOUND = 100


@blueprint.route("/quarantine", methods=["GET"])
@blueprint.arguments(QuarantineQuery, location="query")
@blueprint.response(200, QuarantinePage)
def show_quarantine(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List the numbers out of circulation, and when each is rechecked."""
    cursors, limit = parts().cursors, query["limit"]
    filters = {name: query[name] for name in ("country", "reason", "due_before")} | {"upload": query["upload_id"]}
    listing = f"quarantine {query['closed']} {filters}"
    before = cursors.decode(listing, query["cursor"])
    with parts().ledger.reading() as connection:
        found = list_quarantine(
            connection,
            filters=filters,
            closed=query["closed"],
            before=before,
            limit=limit + 1,
        )
    return cursors.page(listing, found, limit, lambda row: row["id"])


@blueprint.route("/quarantine/search", methods=["POST"])
@blueprint.arguments(QuarantineSearch)
@blueprint.response(200, QuarantinePage)
def search_quarantine(body: dict[str, Any]) -> Page[dict[str, Any]]:
    """Find the stays of a number, those that are over too."""
    secret: bytes = flask.current_app.config[SECRET]
    numbers = read_phones(body["number"], country=body["country"]).numbers
    if not numbers:
        return {"items": [], "next": None}
    key_hash = hash_of(secret, "number", numbers[0].e164)
    with parts().ledger.reading() as connection:
        found = list_quarantine(connection, filters={"key_hash": key_hash}, closed=True, before=None, limit=_MOST_FOUND)
    return {"items": found, "next": None}


@blueprint.route("/quarantine/calendar", methods=["GET"])
@blueprint.arguments(CalendarQuery, location="query")
@blueprint.response(200, CalendarAnswer)
def show_calendar(query: dict[str, Any]) -> dict[str, Any]:
    """Show how many numbers come due each week."""
    with parts().ledger.reading() as connection:
        return {"items": list_weeks(connection, query["weeks"])}


@blueprint.route("/numbers/<id(number):number_id>/release", methods=["POST"])
@blueprint.arguments(NumberReleaseBody)
@blueprint.response(200, LineAnswer)
def release_number(body: dict[str, Any], number_id: int) -> dict[str, Any]:
    """Bring a number back, as unverified."""
    with parts().ledger.transaction() as connection:
        return release(connection, caller(), reach(), number_id, reason=body["reason"])


@blueprint.route("/numbers/<id(number):number_id>/extend", methods=["POST"])
@blueprint.arguments(NumberExtendBody)
@blueprint.response(200, LineAnswer)
def extend_quarantine(body: dict[str, Any], number_id: int) -> dict[str, Any]:
    """Put the recheck of a number off."""
    with parts().ledger.transaction() as connection:
        return extend(connection, caller(), reach(), number_id, until=body["until"], reason=body["reason"])
