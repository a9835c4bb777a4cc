"""How uploads look over HTTP."""

from typing import Final

import marshmallow
from marshmallow import fields, validate

from services.intake.json_field import JsonObject
from services.intake.reading.encoding import name_encoding
from services.intake.reading.mapping import FIELDS
from services.intake.source_schema import CIRCULATIONS, CountryCode
from services.intake.terms_schema import Terms
from shared.domain.lifecycle import states_of
from shared.domain.source import PURPOSES
from shared.storage.upload import VERDICTS
from shared.web.cursor import PageQuery
from shared.web.fields import Id

_MAX_COLUMNS: Final = 2000
_MAX_CODEC: Final = 40
_CUSTOM: Final = "custom:"


def check_field(name: str) -> None:
    """Refuses a name that no column can map to."""
    is_custom = name.startswith(_CUSTOM) and 0 < len(name) - len(_CUSTOM) <= 60
    if name not in FIELDS and not is_custom:
        raise marshmallow.ValidationError("is no field of leadmill; see the list of fields, or write custom:<name>")


def check_encoding(name: str) -> None:
    """Refuses what decodes no text: unknown names, and Python's codecs that turn bytes into bytes."""
    try:
        name_encoding(name[:_MAX_CODEC], b"")
    except LookupError as error:
        raise marshmallow.ValidationError("is no encoding of texts; name one such as utf-8 or cp1251") from error


class Reading(marshmallow.Schema):
    """What a person may say about how a file is read."""

    mapping = JsonObject(
        most=_MAX_COLUMNS,
        noun="columns",
        check=check_field,
        load_default=None,
        allow_none=True,
        metadata={"description": '`{"column header or #index": "field"}`'},
    )
    country = CountryCode(load_default=None, allow_none=True)
    region = CountryCode(load_default=None, allow_none=True, metadata={"description": "another name of country"})
    encoding = fields.String(load_default=None, allow_none=True, validate=check_encoding)
    sheet = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 200))


class UploadOptions(Reading, Terms):
    """What may come with a file, in its form or in the query."""

    purpose = fields.String(load_default="new", validate=validate.OneOf(PURPOSES))
    ask = fields.Boolean(load_default=False)
    dry_run = fields.Boolean(load_default=False)


class Reprocessing(Reading, Terms):
    """Another reading, or other terms of use; what is left out stays as it was said before."""


class UploadQuery(UploadOptions):
    """Whose list it is, and the options."""

    source = Id("source", required=True)


class UploadListQuery(PageQuery):
    """Which uploads."""

    source = Id("source", load_default=None)
    state = fields.String(load_default=None, validate=validate.OneOf(states_of("upload")))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 1000))


class UploadChange(Reading):
    """A new circulation with its reason, or answers about how the file is read while it is `inspected`."""

    circulation = fields.String(load_default=None, validate=validate.OneOf(CIRCULATIONS))
    ends_on = fields.Date(load_default=None, metadata={"description": "from that day on nothing of it is handed out"})
    reason = fields.String(load_default=None, validate=validate.Length(1, 500))


class Withdrawal(marshmallow.Schema):
    """Why an upload is taken back."""

    reason = fields.String(load_default=None, validate=validate.Length(1, 500))


class ColumnAnswer(marshmallow.Schema):
    """What a column means."""

    header = fields.String(allow_none=True)
    field = fields.String(allow_none=True)
    confidence = fields.Float()
    by = fields.String()


class RowCounts(marshmallow.Schema):
    """Rows by verdict; they add up to `read` once the upload is ready."""

    read = fields.Integer(required=True)
    new = fields.Integer(required=True)
    merged = fields.Integer(required=True)
    review = fields.Integer(required=True)
    quarantined = fields.Integer(required=True)
    suppressed = fields.Integer(required=True)
    rejected = fields.Integer(required=True)


class UploadAnswer(marshmallow.Schema):
    """An upload."""

    id = Id("upload")
    source_id = Id("source")
    state = fields.String(validate=validate.OneOf(states_of("upload")))
    circulation = fields.String()
    ends_on = fields.Date(allow_none=True)
    progress = fields.Float()
    warnings = fields.List(fields.Dict())
    rows = fields.Nested(RowCounts)
    version = fields.Integer()
    replaces = Id("upload", allow_none=True)
    purpose = fields.String()
    dry_run = fields.Boolean()
    ask = fields.Boolean()
    country = fields.String(allow_none=True)
    filename = fields.String()
    size_bytes = fields.Integer()
    format = fields.String(allow_none=True)
    encoding = fields.String(allow_none=True)
    delimiter = fields.String(allow_none=True)
    sheet = fields.String(allow_none=True)
    header_line = fields.Integer(allow_none=True)
    mapping = fields.List(fields.Nested(ColumnAnswer))
    findings = fields.Dict(
        allow_none=True, metadata={"description": "what a dry run or a purpose of its own came to, beside the verdicts"}
    )
    failure = fields.Dict(allow_none=True)
    created_at = fields.DateTime()
    ready_at = fields.DateTime(allow_none=True)


class UploadPage(marshmallow.Schema):
    """A page of uploads, the newest first."""

    items = fields.List(fields.Nested(UploadAnswer))
    next = fields.String(allow_none=True)


class WorkedLead(marshmallow.Schema):
    """A lead that a withdrawal leaves standing."""

    lead_id = Id("lead")
    why = fields.String(metadata={"description": "contacted, in_work, promised or fact"})


class WithdrawalAnswer(marshmallow.Schema):
    """What a withdrawal did."""

    upload = fields.Nested(UploadAnswer)
    withdrawn = fields.Integer(metadata={"description": "leads taken back"})
    kept = fields.List(fields.Nested(WorkedLead), metadata={"description": "leads that somebody has worked"})


class PreviewRow(marshmallow.Schema):
    """One row before and after."""

    line = fields.Integer()
    before = fields.List(fields.String())
    after = fields.Dict()


class PreviewQuery(marshmallow.Schema):
    """How much is to be looked at."""

    counts = fields.Boolean(
        load_default=True, metadata={"description": "also look at all rows, which takes seconds for a long list"}
    )


class ReasonCount(marshmallow.Schema):
    """How many rows had one verdict for one reason."""

    verdict = fields.String()
    reason = fields.String()
    hint = fields.String(allow_none=True)
    rows = fields.Integer()


class ExpectedRows(marshmallow.Schema):
    """What will become of the rows by their numbers and addresses; when the upload is done, what has (`is_final`)."""

    rows = fields.Nested(RowCounts)
    reasons = fields.List(fields.Nested(ReasonCount))
    is_whole = fields.Boolean(metadata={"description": "false: too long for seconds, only the first rows are counted"})
    is_final = fields.Boolean()


class PreviewAnswer(marshmallow.Schema):
    """The first rows as they stand in the file and as they will be understood, and what will become of all of them."""

    format = fields.String(allow_none=True)
    encoding = fields.String(allow_none=True)
    delimiter = fields.String(allow_none=True)
    sheet = fields.String(allow_none=True)
    header_line = fields.Integer(allow_none=True)
    columns = fields.List(fields.Nested(ColumnAnswer))
    warnings = fields.List(fields.Dict())
    rows = fields.List(fields.Nested(PreviewRow))
    expected = fields.Nested(ExpectedRows, allow_none=True)


class RowQuery(PageQuery):
    """Which rows."""

    verdict = fields.String(load_default=None, validate=validate.OneOf(VERDICTS))


class RowAnswer(marshmallow.Schema):
    """A row and what became of it; `verdict` is null while it is on its way."""

    row = fields.Integer()
    line = fields.Integer()
    verdict = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    hint = fields.String(allow_none=True)
    notes = fields.List(fields.String())
    lead_id = Id("lead", allow_none=True)
    problem = fields.String(allow_none=True)
    cells = fields.List(fields.String())


class RowPage(marshmallow.Schema):
    """A page of rows in the order of the file."""

    columns = fields.List(fields.String(allow_none=True))
    items = fields.List(fields.Nested(RowAnswer))
    next = fields.String(allow_none=True)


class ReportAnswer(marshmallow.Schema):
    """What a list was worth."""

    read = fields.Integer()
    verdicts = fields.Dict(keys=fields.String(), values=fields.Integer())
    reasons = fields.List(fields.Nested(ReasonCount))
    warnings = fields.List(fields.Dict())
    currency = fields.String(allow_none=True)
    cost = fields.Decimal(places=2, as_string=True, allow_none=True)
    cost_per_new = fields.Decimal(places=2, as_string=True, allow_none=True)
