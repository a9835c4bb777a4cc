"""What a public form is made from, what it sends, and what it is told."""

import re
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from shared.web.fields import Id

FORM_FIELDS: Final = (
    "company",
    "person",
    "given_name",
    "family_name",
    "job_title",
    "phone",
    "email",
    "website",
    "street",
    "city",
    "postcode",
    "country",
    "language",
    "product",
    "note",
)
"""What a page may ask of somebody: the fields of a list that a person says of himself."""
TRAP: Final = "leave_empty"
"""A field that people do not see: what fills it is a machine."""

_MAX_ORIGINS: Final = 20
_MAX_CHARS: Final = 2000
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>]{1,500}")


class FormBody(marshmallow.Schema):
    """A form to be put on pages."""

    source = Id("source", required=True)
    origins = fields.List(
        fields.String(
            validate=validate.Regexp(_ORIGIN.pattern + r"\Z", error="is no origin such as https://example.com")
        ),
        required=True,
        validate=validate.Length(1, _MAX_ORIGINS),
        metadata={"description": "the sites whose pages may send the form"},
    )
    thanks = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(_ADDRESS.pattern + r"\Z", error="is no address of a page"),
        metadata={"description": "where the browser of the sender goes then"},
    )
    until = fields.Date(load_default=None, allow_none=True, metadata={"description": "the last day of the form"})


class FormAnswer(marshmallow.Schema):
    """The key to put into a page; it is signed and no secret."""

    key = fields.String()
    action = fields.String(metadata={"description": "the path that the page's form posts to"})
    fields_ = fields.List(fields.String(), data_key="fields")
    leave_empty = fields.String(metadata={"description": "the name of a field to hide from people"})


class _Text(fields.String):
    """One line or a few that the ledger can keep."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > _MAX_CHARS or "\0" in text:
            raise marshmallow.ValidationError(f"must be a text of at most {_MAX_CHARS} characters")
        return text


class _Sent(marshmallow.Schema):
    """What else a page sends, such as its button, is left out."""

    class Meta:
        unknown = marshmallow.EXCLUDE


SentForm: Final = _Sent.from_dict({name: _Text() for name in (*FORM_FIELDS, TRAP)}, name="SentForm")
"""What a page sends; everything may be missing."""


class ReceivedAnswer(marshmallow.Schema):
    """The same for everybody: whether somebody is known is nobody's business."""

    received = fields.Boolean()
