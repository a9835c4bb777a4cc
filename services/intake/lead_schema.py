"""How a single lead comes over HTTP, and what it is told."""

from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from services.intake.reading.mapping import FIELDS
from shared.web.fields import Id

_MAX_VALUES: Final = 20
_MAX_CHARS: Final = 5000
_TEXT: Final = validate.Length(max=_MAX_CHARS)
LEAD_FIELDS: Final = tuple(sorted(FIELDS - {"ignore"}))


class Cells(fields.Field[list[str]]):
    """A text, or several that have one meaning."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[str]:  # noqa: ARG002 - marshmallow calls it so
        texts = value if isinstance(value, list) else [value]
        if len(texts) > _MAX_VALUES or not all(isinstance(text, str) for text in texts):
            raise marshmallow.ValidationError(f"must be a text, or a list of up to {_MAX_VALUES} texts")
        for text in texts:
            _TEXT(text)
        return texts


class _LeadOptions(marshmallow.Schema):
    """Whose lead it is; `request`: somebody asks to be contacted."""

    source = Id("source", required=True)
    request = fields.Boolean(load_default=False)
    custom = fields.Dict(keys=fields.String(validate=validate.Length(1, 60)), values=Cells(), load_default=dict)


_TYPE: Final = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

LeadBody: Final = _LeadOptions.from_dict(
    {name: Cells(metadata=_TYPE) for name in LEAD_FIELDS}, name="LeadBody"
)  # fmt: skip
"""One lead: the fields that a column of a list can have, each a text or several."""


class LeadAnswer(marshmallow.Schema):
    """What became of the lead."""

    verdict = fields.String()
    reason = fields.String()
    hint = fields.String(allow_none=True)
    notes = fields.List(fields.String())
    lead_id = Id("lead", allow_none=True)
    upload_id = Id("upload")
    row = fields.Integer()
    request_id = Id("request", allow_none=True)
    answer_by = fields.DateTime(allow_none=True)
