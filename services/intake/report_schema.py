"""What the acceptance report of a list is asked and told."""

import marshmallow
from marshmallow import fields, validate

from services.intake.upload_schema import ReportAnswer
from shared.domain.acceptance import Ground
from shared.domain.lifecycle import states_of
from shared.web.cursor import PageQuery


class ReportQuery(marshmallow.Schema):
    """Who will read it."""

    audience = fields.String(
        load_default="own",
        validate=validate.OneOf(("own", "vendor")),
        metadata={"description": "vendor: without what would tell whether a single person is known or suppressed"},
    )


class EvidenceQuery(ReportQuery, PageQuery):
    """Which lines."""


class GroundCount(marshmallow.Schema):
    """How many rows count for one ground; null where a vendor is not told."""

    ground = fields.String(validate=validate.OneOf([ground.value for ground in Ground]))
    rows = fields.Integer(allow_none=True)


class AgeCount(marshmallow.Schema):
    """How many rows the base had before, by how long."""

    age = fields.String()
    rows = fields.Integer(allow_none=True)


class AcceptanceAnswer(ReportAnswer):
    """What a list was worth; `verdicts` and `reasons` are for our own eyes only."""

    grounds = fields.List(fields.Nested(GroundCount))
    stock_by_age = fields.List(fields.Nested(AgeCount))
    called = fields.Integer(
        allow_none=True, metadata={"description": "rows of new leads that were called at least once"}
    )
    reachable = fields.Integer(
        allow_none=True, metadata={"description": "new leads with a number of this list that can be called now"}
    )
    research = fields.Dict(
        keys=fields.String(validate=validate.OneOf(states_of("research"))),
        values=fields.Integer(),
        allow_none=True,
        metadata={"description": "leads that came without a phone, by what became of them; null for a vendor"},
    )
    claimed_rows = fields.Integer(metadata={"description": "rows that the vendor was asked to take back"})
    claimed = fields.Decimal(places=2, as_string=True, allow_none=True)
    credited = fields.Decimal(places=2, as_string=True)
    cost_net = fields.Decimal(
        places=2,
        as_string=True,
        allow_none=True,
        metadata={"description": "without what was credited; the costs per lead are parts of it"},
    )
    cost_per_reachable = fields.Decimal(places=2, as_string=True, allow_none=True)
    returns_until = fields.DateTime(
        allow_none=True, metadata={"description": "the end of the contract's return window"}
    )
    return_warning = fields.String(
        allow_none=True,
        validate=validate.OneOf(("half", "last_days", "over")),
        metadata={"description": "how near it is"},
    )


class EvidenceAnswer(marshmallow.Schema):
    """A row that counts against its list, with its own cells."""

    row = fields.Integer()
    line = fields.Integer()
    ground = fields.String()
    reason = fields.String()
    evidence = fields.String()
    cells = fields.List(fields.String())


class EvidencePage(marshmallow.Schema):
    """A page of them in the order of the file."""

    columns = fields.List(fields.String())
    items = fields.List(fields.Nested(EvidenceAnswer))
    next = fields.String(allow_none=True)
