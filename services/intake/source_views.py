"""Views of sources."""

from typing import Any

from sqlalchemy import Connection

from services.intake.source_schema import SourceAnswer, SourceBody, SourceChange, SourcePage, SourceQuery
from services.intake.sources import change_source, create_source, read_source
from shared.ids import encode
from shared.storage.idempotency import Effect
from shared.storage.source import Source, list_sources
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("sources", __name__, url_prefix="/v1/sources", description="Who or what lists come from")


@blueprint.route("", methods=["POST"])
@blueprint.arguments(SourceBody)
@blueprint.response(201, SourceAnswer)
def add_source(body: dict[str, Any]) -> tuple[Source, int, dict[str, str]]:
    """Add a source; scraped ones, and ones without a legal basis, start held."""

    def add(connection: Connection) -> Effect:
        return Effect(201, {"source_id": create_source(connection, body, actor=caller().person_id)})

    def render(connection: Connection, effect: Effect) -> Source:
        return read_source(connection, int(str(effect.ids["source_id"])))

    with parts().ledger.transaction() as connection:
        source, status = run_once(connection, body=body, effect=add, render=render)
    return source, status, {"Location": f"/v1/sources/{encode('source', source.id)}"}


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SourceQuery, location="query")
@blueprint.response(200, SourcePage)
def show_sources(query: dict[str, Any]) -> Page[Source]:
    """List the sources."""
    cursors, limit, listing = parts().cursors, query["limit"], f"sources {query['name']}"
    after = cursors.decode(listing, query["cursor"]) or 0
    with parts().ledger.reading() as connection:
        found = list_sources(connection, after=after, limit=limit + 1, name=query["name"])
    return cursors.page(listing, found, limit, lambda source: source.id)


@blueprint.route("/<id(source):source_id>", methods=["GET"])
@blueprint.response(200, SourceAnswer)
def show_source(source_id: int) -> Source:
    """Show a source."""
    with parts().ledger.reading() as connection:
        return read_source(connection, source_id)


@blueprint.route("/<id(source):source_id>", methods=["PATCH"])
@blueprint.arguments(SourceChange)
@blueprint.response(200, SourceAnswer)
def patch_source(body: dict[str, Any], source_id: int) -> Source:
    """Hold, let go, pause or end all lists of a source."""
    with parts().ledger.transaction() as connection:
        change_source(connection, source_id, body, actor=caller().person_id)
        return read_source(connection, source_id)
