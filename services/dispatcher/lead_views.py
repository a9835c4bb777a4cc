"""Views of leads: one, its gates, its history, and the search."""

from typing import Any

import flask
from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.gates import explain
from services.dispatcher.lead_schema import GatesAnswer, HistoryAnswer, LeadAnswer, LeadChange, LeadList, LeadQuery
from services.dispatcher.searching import search
from shared.auth import Role
from shared.domain.errors import absent
from shared.ids import encode
from shared.storage.audit import add_audit
from shared.storage.gate import read_facts
from shared.storage.lead_view import find_lead, read_history, read_merges, read_records, set_rank
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.parts import parts

blueprint = Blueprint("leads", __name__, url_prefix="/v1/leads", description="The base")


@blueprint.route("", methods=["GET"])
@blueprint.arguments(LeadQuery, location="query")
@blueprint.response(200, LeadList)
def find_leads(query: dict[str, Any]) -> dict[str, object]:
    """Find leads by company, person, city, e-mail, company id or number, slips forgiven; a rep among those held or worked."""
    with parts().ledger.transaction() as connection:
        found = search(connection, query["q"], reach(), limit=query["limit"])
        detail = {"found": len(found)}
        add_audit(connection, "leads_searched", actor=caller().person_id, entity="lead", detail=detail)
    return {"items": found}


@blueprint.route("/<id(lead):lead_id>", methods=["GET"])
@blueprint.response(200, LeadAnswer)
@blueprint.alt_response(308, description="it was merged: the lead that it has become")
def show_lead(lead_id: int) -> dict[str, Any] | flask.Response:
    """Show a lead; one that was merged answers 308 to the lead that it has become."""
    with parts().ledger.reading() as connection:
        lead = _find(connection, lead_id)
    return _moved(lead, "") or lead


@blueprint.route("/<id(lead):lead_id>", methods=["PATCH"])
@blueprint.arguments(LeadChange)
@blueprint.response(200, LeadAnswer)
@blueprint.alt_response(308, description="it was merged: the lead that it has become")
def patch_lead(body: dict[str, Any], lead_id: int) -> dict[str, Any] | flask.Response:
    """Rank a lead: its order, its service rhythm; a customer ranked E is not called on our initiative."""
    with parts().ledger.transaction() as connection:
        lead = _find(connection, lead_id)
        if moved := _moved(lead, ""):
            return moved
        if set_rank(connection, lead_id, body["rank"]):
            detail = {"rank": body["rank"], "before": lead["rank"], "reason": body["reason"]}
            actor = caller().person_id
            add_audit(connection, "lead_ranked", actor=actor, entity="lead", entity_id=lead_id, detail=detail)
        return _find(connection, lead_id)


@blueprint.route("/<id(lead):lead_id>/gates", methods=["GET"])
@blueprint.response(200, GatesAnswer)
@blueprint.alt_response(308, description="it was merged: the gates of the lead that it has become")
def show_gates(lead_id: int) -> dict[str, Any] | flask.Response:
    """Say why a lead can or cannot be handed out: each gate, its result, and when it opens."""
    with parts().ledger.reading() as connection:
        lead = _find(connection, lead_id)
        explained = explain(read_facts(connection, lead_id))
    gates = {name: getattr(explained, name) for name in explained.__slots__}
    return _moved(lead, "/gates") or {"lead_id": lead_id, **gates}


@blueprint.route("/<id(lead):lead_id>/history", methods=["GET"])
@blueprint.response(200, HistoryAnswer)
@blueprint.alt_response(308, description="it was merged: the history of the lead that it has become")
def show_history(lead_id: int) -> dict[str, Any] | flask.Response:
    """Tell all that happened to a lead; where it came from is for supervisors."""
    with parts().ledger.reading() as connection:
        lead = _find(connection, lead_id)
        told: dict[str, Any] = read_history(connection, lead_id, role=caller().role.value)
        if caller().role is not Role.REP:
            told |= {"merges": read_merges(connection, lead_id), "records": read_records(connection, lead_id)}
    return _moved(lead, "/history") or told


def _find(connection: Connection, lead_id: int) -> dict[str, Any]:
    lead = find_lead(connection, lead_id, reach())
    if lead is None:
        raise absent("lead")
    return lead


def _moved(lead: dict[str, Any], rest: str) -> flask.Response | None:
    if lead["top_id"] == lead["id"]:
        return None
    response = flask.redirect(f"/v1/leads/{encode('lead', lead['top_id'])}{rest}", 308)
    return flask.make_response(response)
