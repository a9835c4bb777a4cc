"""How an assignment and its lead look to the rep who holds it."""

from marshmallow import fields

from shared.web.answer import Answer
from shared.web.fields import Id


class CardNumber(Answer):
    """A number that this assignment books: it may be dialled."""

    id = Id("number", dump_only=True)
    e164 = fields.String()
    type = fields.String()
    line_status = fields.String()
    extension = fields.String(allow_none=True)
    new_owner = fields.Boolean(
        metadata={
            "description": "it was dead and works again: somebody else's until the client answers there; no consent"
            " from before counts for it"
        }
    )


class CardLead(Answer):
    """The lead, as far as one needs it to call."""

    id = Id("lead", dump_only=True)
    company = fields.String(allow_none=True)
    person = fields.String(allow_none=True)
    job_title = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    emails = fields.List(fields.String())
    website = fields.String(allow_none=True)
    city = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    language = fields.String(allow_none=True)
    stage = fields.String()
    rank = fields.String(allow_none=True)
    relation = fields.String()
    zones = fields.List(fields.String(), metadata={"description": "time zones the lead may be in"})
    numbers = fields.List(fields.Nested(CardNumber))
    fields_ = fields.Dict(attribute="fields", data_key="fields", metadata={"description": "all that the lists said"})


class CardPromise(Answer):
    """The promise that this assignment keeps."""

    kind = fields.String()
    due_at = fields.DateTime()
    why = fields.String()


class AssignmentAnswer(Answer):
    """An assignment; send its `fence` with whatever you do to it."""

    id = Id("assignment", dump_only=True)
    fence = fields.Integer()
    state = fields.String(metadata={"enum": ["offered", "working", "ended"]})
    end_reason = fields.String(allow_none=True)
    offered_at = fields.DateTime()
    expires_at = fields.DateTime()
    progressed_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    person_id = Id("person")
    pool_id = Id("pool")
    promise = fields.Nested(CardPromise, allow_none=True)
    lead = fields.Nested(CardLead)
