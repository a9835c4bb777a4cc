"""Views of research: which leads came without a phone, who looks for one, what was found."""

from typing import Any

import flask
from sqlalchemy import Connection

from services.intake.lead_views import SECRET
from services.intake.research_schema import (
    CountQuery,
    CountsAnswer,
    FoundBody,
    NextBody,
    ResearchAnswer,
    ResearchPage,
    ResearchQuery,
    TakenAnswer,
)
from services.intake.researching import answer_research, read_research, take_research
from shared.domain.errors import Refused
from shared.ids import MAX_ID
from shared.storage.idempotency import Effect
from shared.storage.research import Research, count_research, list_researches, read_researches
from shared.web.access import Scope
from shared.web.auth import caller, scope
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("research", __name__, url_prefix="/v1/research", description="Leads that came without a phone")


@blueprint.route("", methods=["GET"])
@blueprint.arguments(ResearchQuery, location="query")
@blueprint.response(200, ResearchPage)
def show_research(query: dict[str, Any]) -> Page[Research]:
    """List leads that came without a phone and what became of them, the newest first."""
    cursors, limit = parts().cursors, query["limit"]
    wanted = {name: query[name] for name in ("state", "person", "source", "upload")}
    if scope() is Scope.OWN:
        wanted["person"] = caller().person_id
    listing = f"research {wanted}"
    before = cursors.decode(listing, query["cursor"]) or MAX_ID
    with parts().ledger.reading() as connection:
        found = list_researches(connection, before=before, limit=limit + 1, **wanted)
    return cursors.page(listing, found, limit, lambda research: research.id)


@blueprint.route("/counts", methods=["GET"])
@blueprint.arguments(CountQuery, location="query")
@blueprint.response(200, CountsAnswer)
def show_counts(query: dict[str, Any]) -> dict[str, Any]:
    """Count leads that came without a phone by source, reason and what became of them."""
    with parts().ledger.reading() as connection:
        return {"items": count_research(connection, **query)}


@blueprint.route("/next", methods=["POST"])
@blueprint.arguments(NextBody)
@blueprint.response(200, TakenAnswer)
def take_next_research(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Take the next leads to research, or give them to somebody: for seven days, at most fifty at a time."""
    actor = caller().person_id
    person = body["person"] or actor
    if scope() is Scope.OWN and person != actor:
        raise Refused("forbidden", "a rep takes research for itself")

    def take(connection: Connection) -> Effect:
        return take_research(connection, person, count=body["count"], source=body["source"], actor=actor)

    def render(connection: Connection, effect: Effect) -> dict[str, Any]:
        taken: Any = effect.ids["taken"]
        return {"items": read_researches(connection, taken)}

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=take, render=render)


@blueprint.route("/<id(research):research_id>/answer", methods=["POST"])
@blueprint.arguments(FoundBody)
@blueprint.response(200, ResearchAnswer)
def answer(body: dict[str, Any], research_id: int) -> tuple[Research, int]:
    """Say what was found: a number that can be called sends the lead on to its pool at once."""
    secret: bytes = flask.current_app.config[SECRET]
    actor, sees_all = caller().person_id, scope() is not Scope.OWN

    def take(connection: Connection) -> Effect:
        return answer_research(connection, research_id, body, secret=secret, actor=actor, sees_all=sees_all)

    def render(connection: Connection, _: Effect) -> Research:
        return read_research(connection, research_id)

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=take, render=render)
