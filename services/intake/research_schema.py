"""How research looks over HTTP: leads that came without a phone, and what was found."""

from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from shared.domain.lifecycle import states_of
from shared.web.cursor import PageQuery
from shared.web.fields import Id

_STATES: Final = states_of("research")
_TEXT: Final = validate.Length(1, 200)
_SHOWN: Final = (
    "company",
    "person",
    "job_title",
    "street",
    "postcode",
    "city",
    "region",
    "website",
    "email",
    "company_id",
)


class NextBody(marshmallow.Schema):
    """How many leads to research, and for whom: oneself unless told."""

    count = fields.Integer(load_default=1, validate=validate.Range(1, 50))
    person = Id("person", load_default=None, metadata={"description": "whom to give them to; reps take for themselves"})
    source = Id("source", load_default=None)


class FoundBody(marshmallow.Schema):
    """What came of it; without any number the lead is `given_up`, or `given_back` to the next."""

    result = fields.String(load_default="found", validate=validate.OneOf(("found", "given_up", "given_back")))
    numbers = fields.List(fields.String(validate=_TEXT), load_default=list, validate=validate.Length(max=10))
    emails = fields.List(fields.String(validate=_TEXT), load_default=list, validate=validate.Length(max=10))
    website = fields.String(load_default=None, validate=_TEXT)


class ResearchAnswer(marshmallow.Schema):
    """A lead to research."""

    id = Id("research")
    lead_id = Id("lead")
    upload_id = Id("upload")
    source_id = Id("source")
    source = fields.String()
    reason = fields.String()
    state = fields.String(validate=validate.OneOf(_STATES))
    person_id = Id("person", allow_none=True, metadata={"description": "who has it, or ended it"})
    taken_until = fields.DateTime(allow_none=True)
    created_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    country = fields.String(allow_none=True)
    lead = fields.Function(
        lambda research: _lead_of(research.fields),
        metadata={"type": "object", "description": "what is known of it, to find its number by"},
    )


def _lead_of(known: Any) -> dict[str, Any]:
    return {name: known[name] for name in _SHOWN if known.get(name)}


class TakenAnswer(marshmallow.Schema):
    """What was given; empty when there is nothing to research, or as much as one person may have."""

    items = fields.List(fields.Nested(ResearchAnswer))


class ResearchQuery(PageQuery):
    """Which leads; a rep sees its own."""

    state = fields.String(load_default=None, validate=validate.OneOf(_STATES))
    person = Id("person", load_default=None)
    source = Id("source", load_default=None)
    upload = Id("upload", load_default=None)


class ResearchPage(marshmallow.Schema):
    """A page of them, the newest first."""

    items = fields.List(fields.Nested(ResearchAnswer))
    next = fields.String(allow_none=True)


class CountQuery(marshmallow.Schema):
    """Of which source or list."""

    source = Id("source", load_default=None)
    upload = Id("upload", load_default=None)


class ResearchCount(marshmallow.Schema):
    """How many leads of a source came so and stand there."""

    source_id = Id("source")
    source = fields.String()
    reason = fields.String()
    state = fields.String()
    leads = fields.Integer()


class CountsAnswer(marshmallow.Schema):
    """What becomes of leads without a phone."""

    items = fields.List(fields.Nested(ResearchCount))
