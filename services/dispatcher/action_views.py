"""Views of what supervisors do to many leads at once: pass on by filter, list what was done, undo it."""

from typing import Any

import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.assignment_schema import FILTERS, TransferAnswer, TransferBody
from services.dispatcher.attempt import run_crossed
from services.dispatcher.handing import Taker
from services.dispatcher.transferring import transfer, undo
from shared.storage.action import list_actions
from shared.storage.board import Choice
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page, PageQuery
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("actions", __name__, url_prefix="/v1", description="What was done to many leads at once")


class ActionQuery(PageQuery):
    """Which page."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 500))


class ActionAnswer(marshmallow.Schema):
    """What a supervisor did to so many leads."""

    id = Id("action", dump_only=True)
    kind = fields.String(metadata={"enum": ["reclaim", "transfer", "reroute", "reserve", "give"]})
    reason = fields.String()
    leads = fields.Integer()
    made_by = Id("person")
    at = fields.DateTime()
    undone_by = Id("person", allow_none=True)
    undone_at = fields.DateTime(allow_none=True)


class ActionPage(marshmallow.Schema):
    """A page of actions."""

    items = fields.List(fields.Nested(ActionAnswer))
    next = fields.String(allow_none=True)


class UndoBody(marshmallow.Schema):
    """Nothing."""


class UndoAnswer(marshmallow.Schema):
    """The leads that are as before, and those that stay because somebody had them meanwhile."""

    restored = fields.List(Id("lead"))
    left = fields.List(Id("lead"))


@blueprint.route("/assignments/transfer", methods=["POST"])
@blueprint.arguments(TransferBody)
@blueprint.response(200, TransferAnswer)
def transfer_assignments(body: dict[str, Any]) -> tuple[dict[str, object], int]:
    """Pass leads on to a person or a pool, with all that was promised: all at once; with `dry_run` only say which."""
    choice = Choice(reach(), ids=body["assignment_ids"], **{name: body[name] for name in FILTERS})
    taker = Taker(body["to_person_id"], body["to_pool_id"])

    def effect(connection: Connection) -> Effect:
        taking, action_id = transfer(
            connection,
            caller(),
            choice,
            taker,
            reason=body["reason"],
            dry_run=body["dry_run"],
            even_so=body["even_so"],
        )
        ids = {"transferred": [one.id for one in taking.taken], "left": [one.id for one in taking.left]}
        told = {**ids, "action_id": action_id, "dry_run": body["dry_run"]}
        return Effect(200, told, is_kept=not body["dry_run"])

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=effect, render=lambda _, had: dict(had.ids))

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("/actions", methods=["GET"])
@blueprint.arguments(ActionQuery, location="query")
@blueprint.response(200, ActionPage)
def show_actions(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List what was done to many leads at once, the newest first."""
    cursors, limit, whose = parts().cursors, query["limit"], reach()
    before = cursors.decode("actions", query["cursor"])
    with parts().ledger.reading() as connection:
        found = list_actions(
            connection,
            team_id=whose.team_id,
            own_id=whose.person_id,
            before=before,
            limit=limit + 1,
        )
    return cursors.page("actions", found, limit, lambda row: row["id"])


@blueprint.route("/actions/<id(action):action_id>/undo", methods=["POST"])
@blueprint.arguments(UndoBody)
@blueprint.response(200, UndoAnswer)
def undo_action(body: dict[str, Any], action_id: int) -> tuple[dict[str, object], int]:
    """Undo an action for the leads that nobody has had since; under a new fence, for the same rep."""

    def effect(connection: Connection) -> Effect:
        undone = undo(connection, caller(), reach(), action_id)
        return Effect(200, {"restored": undone.restored, "left": undone.left})

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=effect, render=lambda _, had: dict(had.ids))

    return run_crossed(parts().ledger.transaction, work)
