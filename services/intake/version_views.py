"""The view of what another reading of a list changed."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.intake.upload_schema import WorkedLead
from services.intake.uploads import read_upload
from shared.domain.errors import Refused
from shared.storage.version import list_changes, list_misread
from shared.storage.withdrawal import list_worked_leads
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("versions", __name__, url_prefix="/v1/uploads", description="What another reading changed")


class VerdictChange(marshmallow.Schema):
    """Rows with one verdict before and one after; null where a version does not have the row."""

    verdict_before = fields.String(allow_none=True)
    reason_before = fields.String(allow_none=True)
    verdict_after = fields.String(allow_none=True)
    reason_after = fields.String(allow_none=True)
    rows = fields.Integer()
    renumbered = fields.Integer(metadata={"description": "of them with other numbers than before"})
    examples = fields.List(fields.Integer(), metadata={"description": "the first rows"})


class MisreadNumber(marshmallow.Schema):
    """A number that was called because the list was misread: it rests."""

    number_id = Id("number")
    lead_id = Id("lead")
    rest_until = fields.DateTime(allow_none=True)


class VersionAnswer(marshmallow.Schema):
    """What changed from the version before."""

    upload_id = Id("upload")
    replaces = Id("upload")
    changes = fields.List(fields.Nested(VerdictChange))
    kept = fields.List(
        fields.Nested(WorkedLead), metadata={"description": "worked leads of the version before, as they were"}
    )
    misread = fields.List(fields.Nested(MisreadNumber))


@blueprint.route("/<id(upload):upload_id>/diff", methods=["GET"])
@blueprint.response(200, VersionAnswer)
def compare_versions(upload_id: int) -> dict[str, Any]:
    """Show what a reprocessing changed: rows by verdict before and after, worked leads that stayed, numbers called in error."""
    with parts().ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
        if upload.replaces is None:
            raise Refused("no_earlier_version", "this upload replaces none: there is nothing to compare it with")
        return {
            "upload_id": upload.id,
            "replaces": upload.replaces,
            "changes": list_changes(connection, upload.replaces, upload.id),
            "kept": list_worked_leads(connection, upload.replaces),
            "misread": list_misread(connection, upload.replaces),
        }
