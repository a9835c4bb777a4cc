"""The views that say why leads are, or are not, one, and how people's decisions came out against the scores."""

import math
from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.access import reach
from services.dispatcher.review_schema import ReviewAnswer
from shared.domain.errors import absent
from shared.hygiene.decided import measure
from shared.hygiene.explaining import explain_lead, explain_pair, explain_review
from shared.storage.lead_view import find_lead
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("explanations", __name__, url_prefix="/v1", description="The base")


class SideAnswer(marshmallow.Schema):
    """One of two records: where it came from and what it said."""

    record = Id("record")
    source = fields.String()
    row = fields.Integer()
    fields_ = fields.Dict(data_key="fields", attribute="fields")


class SharedKeyAnswer(marshmallow.Schema):
    """What brought the two together: a key of so many records; one of too many is not `used`."""

    kind = fields.String()
    values = fields.List(fields.String())
    records = fields.Integer()
    used = fields.Boolean()


class PairAnswer(marshmallow.Schema):
    """Two records, the keys they share, and field by field what was seen and what it weighs; everything in bits.

    The weights add up to `score`: from `merge_from` on they are merged, from `review_from` on a person is asked.
    """

    decision = fields.String(metadata={"enum": ["merge", "review", "distinct"]})
    score = fields.Float(allow_none=True)
    merge_from = fields.Float()
    review_from = fields.Float()
    model_version = fields.String()
    a = fields.Nested(SideAnswer)
    b = fields.Nested(SideAnswer)
    keys_ = fields.List(fields.Nested(SharedKeyAnswer), data_key="keys", attribute="keys")
    compared = fields.List(fields.Dict(), data_key="fields", attribute="fields")


class MatchesAnswer(marshmallow.Schema):
    """The pairs of one lead, the surest first."""

    items = fields.List(fields.Nested(PairAnswer))


class ReviewDetail(ReviewAnswer):
    """Two leads in doubt side by side: as they are now (`golden_a`, `golden_b`), and what speaks for and against."""

    golden_a = fields.Dict()
    golden_b = fields.Dict()
    evidence = fields.Nested(PairAnswer, allow_none=True)


class BandAnswer(marshmallow.Schema):
    """Decided pairs by score in bits, from `lowest` to below `highest` (null: without end).

    `expected`: the share that the scores take to be one; `observed`: the share of which people said so.
    """

    lowest = fields.Float(allow_none=True)
    highest = fields.Float(allow_none=True)
    merged = fields.Integer()
    distinct = fields.Integer()
    expected = fields.Float()
    observed = fields.Float()


class CalibrationAnswer(marshmallow.Schema):
    """What people decided, against the score. `shift`: what the weights that stand have made of it, in bits."""

    bands = fields.List(fields.Nested(BandAnswer))
    merged = fields.Integer()
    distinct = fields.Integer()
    shift = fields.Float()
    merge_from = fields.Float()
    review_from = fields.Float()
    model_version = fields.String(allow_none=True)


@blueprint.route("/leads/<id(lead):lead_id>/matches", methods=["GET"])
@blueprint.response(200, MatchesAnswer)
def show_matches(lead_id: int) -> dict[str, Any]:
    """Say why the records of a lead are one: each pair that was joined, field by field, with what it weighed."""
    with parts().ledger.reading() as connection:
        if find_lead(connection, lead_id, reach()) is None:
            raise absent("lead")
        return {"items": explain_lead(connection, lead_id)}


@blueprint.route("/leads/<id(lead):lead_id>/matches/<id(lead):other_id>", methods=["GET"])
@blueprint.response(200, PairAnswer)
def show_pair(lead_id: int, other_id: int) -> dict[str, Any]:
    """Say why two leads are, or are not, one: their two records that are most alike, as they would be judged now."""
    with parts().ledger.reading() as connection:
        if lead_id == other_id or any(find_lead(connection, one, reach()) is None for one in (lead_id, other_id)):
            raise absent("lead")
        found = explain_pair(connection, lead_id, other_id)
    if found is None:
        raise absent("lead")
    return found


@blueprint.route("/reviews/<id(review):review_id>", methods=["GET"])
@blueprint.response(200, ReviewDetail)
def show_review(review_id: int) -> dict[str, Any]:
    """Show two leads in doubt side by side, with the evidence field by field."""
    with parts().ledger.reading() as connection:
        found = explain_review(connection, review_id)
    if found is None:
        raise absent("review")
    return found


@blueprint.route("/reviews/calibration", methods=["GET"])
@blueprint.response(200, CalibrationAnswer)
def show_calibration() -> dict[str, Any]:
    """Show by score how often people said that two are one, and how often the scores expect it."""
    with parts().ledger.reading() as connection:
        measured = measure(connection)
    return {
        "bands": [
            {
                "lowest": band.lowest if math.isfinite(band.lowest) else None,
                "highest": band.highest if math.isfinite(band.highest) else None,
                "merged": band.merged,
                "distinct": band.distinct,
                "expected": round(band.expected, 3),
                "observed": round(band.observed, 3),
            }
            for band in measured.bands
        ],
        "merged": measured.merged,
        "distinct": measured.distinct,
        "shift": round(measured.shift_bits, 2),
        "merge_from": round(measured.model.merge_from / math.log(2), 2),
        "review_from": round(measured.model.review_from / math.log(2), 2),
        "model_version": measured.version,
    }
