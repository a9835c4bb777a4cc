"""How leads look to people: the lead, its gates, its history."""

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.review_schema import MergeAnswer
from shared.web.fields import Id


class LeadAnswer(marshmallow.Schema):
    """A lead; whoever does not hold it sees no number and no e-mail."""

    id = Id("lead", dump_only=True)
    state = fields.String()
    company = fields.String(attribute="fields.company", allow_none=True)
    person = fields.String(attribute="fields.person", allow_none=True)
    city = fields.String(attribute="fields.city", allow_none=True)
    country = fields.String(allow_none=True)
    site_id = Id("site", allow_none=True)
    pool_id = Id("pool", allow_none=True)
    stage = fields.String()
    rank = fields.String(allow_none=True)
    relation = fields.String()
    owner_id = Id("person", allow_none=True)
    zones = fields.List(fields.String(), allow_none=True)
    rest_until = fields.DateTime(allow_none=True)
    holder_id = Id("person", allow_none=True)
    assignment_id = Id("assignment", allow_none=True)
    created_at = fields.DateTime()
    changed_at = fields.DateTime()


class LeadChange(marshmallow.Schema):
    """What a supervisor changes of a lead: its rank, by profit and potential; null for unknown."""

    rank = fields.String(required=True, allow_none=True, validate=validate.OneOf(("A", "B", "C", "D", "E")))
    reason = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 500))


class GateAnswer(marshmallow.Schema):
    """One gate."""

    gate = fields.String()
    open = fields.Boolean()
    reason = fields.String(allow_none=True)
    opens_at = fields.DateTime(allow_none=True)


class NumberGateAnswer(marshmallow.Schema):
    """One number of the lead, without its digits."""

    id = Id("number", dump_only=True)
    kind = fields.String()
    line_status = fields.String()
    shared = fields.Boolean()
    open = fields.Boolean()
    reason = fields.String(allow_none=True)
    opens_at = fields.DateTime(allow_none=True)


class GatesAnswer(marshmallow.Schema):
    """Why the lead can or cannot be handed out now."""

    lead_id = Id("lead")
    open = fields.Boolean()
    opens_at = fields.DateTime(
        allow_none=True, metadata={"description": "null: open now, or time alone does not open it"}
    )
    gates = fields.List(fields.Nested(GateAnswer))
    numbers = fields.List(fields.Nested(NumberGateAnswer))
    parked_for = fields.String(allow_none=True)
    parked_until = fields.DateTime(allow_none=True)


class LeadQuery(marshmallow.Schema):
    """What to look for."""

    q = fields.String(required=True, validate=validate.Length(2, 200))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class FoundLead(marshmallow.Schema):
    """A lead that fits."""

    id = Id("lead", dump_only=True)
    company = fields.String(allow_none=True)
    person = fields.String(allow_none=True)
    city = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    stage = fields.String()
    relation = fields.String()
    holder_id = Id("person", allow_none=True)
    fuzzy = fields.Boolean(metadata={"description": "the name is only alike to what was typed"})


class LeadList(marshmallow.Schema):
    """The leads that fit."""

    items = fields.List(fields.Nested(FoundLead))


class PastContact(marshmallow.Schema):
    """A contact; `superseded_by` names its correction."""

    id = Id("contact", dump_only=True)
    assignment_id = Id("assignment", allow_none=True)
    number_id = Id("number", allow_none=True)
    person_id = Id("person", allow_none=True)
    rep = fields.String(allow_none=True)
    disposition = fields.String()
    contact_made = fields.Boolean()
    kind = fields.String()
    at = fields.DateTime()
    late = fields.Boolean()
    supersedes = Id("contact", allow_none=True)
    superseded_by = Id("contact", allow_none=True)
    stage = fields.String(allow_none=True)
    value = fields.Decimal(as_string=True, allow_none=True)
    currency = fields.String(allow_none=True)
    lost_reason = fields.String(allow_none=True)
    rest_until = fields.DateTime(allow_none=True)


class PastPromise(marshmallow.Schema):
    """A promise; `giver_id` is who handed the lead on, or missed it: the credit stays there."""

    id = Id("promise", dump_only=True)
    kind = fields.String()
    state = fields.String()
    person_id = Id("person", allow_none=True)
    pool_id = Id("pool", allow_none=True)
    giver_id = Id("person", allow_none=True)
    contact_id = Id("contact", allow_none=True)
    why = fields.String()
    due_at = fields.DateTime()
    grace_until = fields.DateTime()
    closed_at = fields.DateTime(allow_none=True)


class PastNote(marshmallow.Schema):
    """Words about a lead."""

    contact_id = Id("contact", allow_none=True)
    person_id = Id("person", allow_none=True)
    body = fields.String(allow_none=True)
    spoke_with = fields.String(allow_none=True)
    at = fields.DateTime()


class KnownFact(marshmallow.Schema):
    """What a rep learned; `stale` once its best-before date has passed."""

    field = fields.String()
    value = fields.String(allow_none=True)
    stale = fields.Boolean(allow_none=True)
    person_id = Id("person", allow_none=True)
    contact_id = Id("contact", allow_none=True)
    at = fields.DateTime()


class BehindLead(marshmallow.Schema):
    """A record behind the lead."""

    upload_id = Id("upload")
    row = fields.Integer(attribute="row_no")
    source_id = Id("source")
    source = fields.String()
    fields_ = fields.Dict(attribute="fields", data_key="fields")
    created_at = fields.DateTime()
    score = fields.Float(allow_none=True)
    levels = fields.Raw(allow_none=True)


class HistoryAnswer(marshmallow.Schema):
    """All that happened to a lead and to what was merged into it, the newest first."""

    contacts = fields.List(fields.Nested(PastContact))
    promises = fields.List(fields.Nested(PastPromise))
    notes = fields.List(fields.Nested(PastNote))
    facts = fields.List(fields.Nested(KnownFact))
    merges = fields.List(fields.Nested(MergeAnswer))
    records = fields.List(fields.Nested(BehindLead))
