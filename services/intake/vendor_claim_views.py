"""Views of claims to vendors."""

from typing import Any, Final

import flask
from sqlalchemy import Connection

from services.intake.export import column_names, write_claim
from services.intake.uploads import read_upload
from services.intake.vendor_claim_schema import (
    ClaimAnswer,
    ClaimBody,
    ClaimChange,
    ClaimLinePage,
    ClaimLineQuery,
    ClaimPage,
    ClaimQuery,
)
from services.intake.vendor_claiming import change_claim, draft_claim, read_claim
from shared.ids import MAX_ID, encode
from shared.storage.idempotency import Effect
from shared.storage.vendor_claim import ClaimLine, VendorClaim, list_claim_lines, list_claims
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.csv_file import CSV_ANSWER, send_csv
from shared.web.cursor import Page
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("claims", __name__, url_prefix="/v1/claims", description="What vendors are asked to take back")

_PAGE: Final = 2000


@blueprint.route("", methods=["POST"])
@blueprint.arguments(ClaimBody)
@blueprint.response(201, ClaimAnswer)
def add_claim(body: dict[str, Any]) -> tuple[VendorClaim, int, dict[str, str]]:
    """Draft a claim: every row of a list with one of these grounds that was never claimed, as the evidence stands now."""

    def draft(connection: Connection) -> Effect:
        return Effect(201, {"id": draft_claim(connection, body["upload"], body["grounds"], actor=caller().person_id)})

    def render(connection: Connection, effect: Effect) -> VendorClaim:
        return read_claim(connection, int(str(effect.ids["id"])))

    with parts().ledger.transaction() as connection:
        claim, status = run_once(connection, body=body, effect=draft, render=render)
    return claim, status, {"Location": f"/v1/claims/{encode('vendor_claim', claim.id)}"}


@blueprint.route("", methods=["GET"])
@blueprint.arguments(ClaimQuery, location="query")
@blueprint.response(200, ClaimPage)
def show_claims(query: dict[str, Any]) -> Page[VendorClaim]:
    """List claims, the newest first."""
    cursors, limit = parts().cursors, query["limit"]
    wanted = {name: query[name] for name in ("upload", "source", "state")}
    listing = f"claims {wanted}"
    before = cursors.decode(listing, query["cursor"]) or MAX_ID
    with parts().ledger.reading() as connection:
        found = list_claims(connection, before=before, limit=limit + 1, **wanted)
    return cursors.page(listing, found, limit, lambda claim: claim.id)


@blueprint.route("/<id(vendor_claim):claim_id>", methods=["GET"])
@blueprint.response(200, ClaimAnswer)
def show_claim(claim_id: int) -> VendorClaim:
    """Show a claim."""
    with parts().ledger.reading() as connection:
        return read_claim(connection, claim_id)


@blueprint.route("/<id(vendor_claim):claim_id>", methods=["PATCH"])
@blueprint.arguments(ClaimChange)
@blueprint.response(200, ClaimAnswer)
def patch_claim(body: dict[str, Any], claim_id: int) -> VendorClaim:
    """Send or drop a draft, or write what the vendor said of it and gave for it."""
    with parts().ledger.transaction() as connection:
        change_claim(connection, claim_id, body, actor=caller().person_id)
        return read_claim(connection, claim_id)


@blueprint.route("/<id(vendor_claim):claim_id>/lines", methods=["GET"])
@blueprint.arguments(ClaimLineQuery, location="query")
@blueprint.response(200, ClaimLinePage)
def show_claim_lines(query: dict[str, Any], claim_id: int) -> Page[ClaimLine]:
    """List the rows of a claim as they were frozen."""
    cursors, limit, listing = parts().cursors, query["limit"], f"claim {claim_id}"
    after = cursors.decode(listing, query["cursor"]) or 0
    with parts().ledger.reading() as connection:
        read_claim(connection, claim_id)
        found = list_claim_lines(connection, claim_id, after=after, limit=limit + 1)
    return cursors.page(listing, found, limit, lambda line: line.row_no)


@blueprint.route("/<id(vendor_claim):claim_id>/lines.csv", methods=["GET"])
@blueprint.doc(**CSV_ANSWER)
def download_claim(claim_id: int) -> flask.Response:
    """Download the rows of a claim with what shows it and their original cells: what is sent to the vendor."""
    ledger = parts().ledger
    with ledger.reading() as connection:
        columns = column_names(read_upload(connection, read_claim(connection, claim_id).upload_id).mapping)

    def read_page(after: int) -> list[ClaimLine]:
        with ledger.reading() as connection:
            return list(list_claim_lines(connection, claim_id, after=after, limit=_PAGE))

    return send_csv(write_claim(columns, read_page), f"{encode('vendor_claim', claim_id)}.csv")
