"""The view of endings: which shares of their leads reps gave back, let lapse or never touched."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from shared.storage.ending import count_endings
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint(
    "endings", __name__, url_prefix="/v1/endings", description="What is asked of reps, and what they do"
)


class EndingQuery(marshmallow.Schema):
    """Of how many days."""

    days = fields.Integer(load_default=30, validate=validate.Range(1, 366))


class EndingAnswer(marshmallow.Schema):
    """The hand-outs of one rep and segment that have ended, and the parts of them by how; one may be in several parts."""

    person_id = Id("person")
    name = fields.String()
    segment = fields.String(metadata={"description": "the rank, A to E or unranked"})
    ended = fields.Integer()
    released_share = fields.Float(metadata={"description": "given back by the rep"})
    lapsed_share = fields.Float(metadata={"description": "the time ran out"})
    untouched_share = fields.Float(metadata={"description": "no contact was ever recorded"})


class EndingList(marshmallow.Schema):
    """The reps by name, each by segment."""

    items = fields.List(fields.Nested(EndingAnswer))


@blueprint.route("", methods=["GET"])
@blueprint.arguments(EndingQuery, location="query")
@blueprint.response(200, EndingList)
def show_endings(query: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Say which shares of their leads reps gave back, let lapse or never touched, by rank: one's own, the team's, or all."""
    with parts().ledger.reading() as connection:
        counted = count_endings(connection, reach(), days=query["days"])
    parts_of = ("released", "lapsed", "untouched")
    return {
        "items": [
            {**row, **{f"{name}_share": round(row[name] / row["ended"], 4) for name in parts_of}} for row in counted
        ]
    }
