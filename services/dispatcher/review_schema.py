"""How reviews, merges and matches look over HTTP: pairs of records, and how alike they are."""

import marshmallow
from marshmallow import fields, validate

from shared.hygiene.merging import DECISIONS
from shared.web.cursor import PageQuery
from shared.web.fields import Id


class Pair(marshmallow.Schema):
    """Two records and how alike each field is; `score` is log-odds in bits."""

    score = fields.Float(allow_none=True)
    levels = fields.Raw(allow_none=True)
    model_version = fields.String(allow_none=True)
    fields_a = fields.Dict(allow_none=True)
    fields_b = fields.Dict(allow_none=True)


class ReviewAnswer(Pair):
    """Two leads in doubt."""

    id = Id("review", dump_only=True)
    lead_a = Id("lead")
    lead_b = Id("lead")
    origin = fields.String()
    state = fields.String()
    decided_by = Id("person", allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    created_at = fields.DateTime()


class MergeAnswer(Pair):
    """Two leads joined, or (`undoes`) parted again; the two records that decided, and how alike each field was."""

    id = Id("merge", dump_only=True)
    winner = Id("lead")
    loser = Id("lead")
    undoes = Id("merge", allow_none=True)
    reason = fields.String()
    made_by = Id("person", allow_none=True)
    at = fields.DateTime()


class MatchAnswer(Pair):
    """Two records that the matcher put into one lead."""

    lead_id = Id("lead")


class ShortPageQuery(PageQuery):
    """Which page of what is long to read."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 500))


class ReviewQuery(ShortPageQuery):
    """Which reviews."""

    state = fields.String(load_default="open", validate=validate.OneOf(("open", "merged", "distinct", "later", "void")))


class ReviewPage(marshmallow.Schema):
    """A page of reviews."""

    items = fields.List(fields.Nested(ReviewAnswer))
    next = fields.String(allow_none=True)


class MergePage(marshmallow.Schema):
    """A page of merges."""

    items = fields.List(fields.Nested(MergeAnswer))
    next = fields.String(allow_none=True)


class MatchPage(marshmallow.Schema):
    """A page of matches."""

    items = fields.List(fields.Nested(MatchAnswer))
    next = fields.String(allow_none=True)


class DecisionBody(marshmallow.Schema):
    """What a person says of the pair: the same, never the same, or ask later."""

    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))


class PartBody(marshmallow.Schema):
    """Why two leads are parted."""

    reason = fields.String(required=True, validate=validate.Length(1, 500))


class SplitBody(PartBody):
    """Which records are somebody else's, and why."""

    records = fields.List(Id("record"), required=True, validate=validate.Length(1, 100))


class PartedAnswer(marshmallow.Schema):
    """The two leads."""

    leads = fields.List(Id("lead"))
