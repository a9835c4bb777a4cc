"""Views of what can be done with an upload that is there: look, answer, start, withdraw, read anew."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import Connection

from services.intake.lead_views import SECRET
from services.intake.preview import preview_upload
from services.intake.reworking import change_upload, reprocess_upload, start_upload, withdraw_upload
from services.intake.telling import tell_upload
from services.intake.upload_schema import (
    PreviewAnswer,
    PreviewQuery,
    Reprocessing,
    UploadAnswer,
    UploadChange,
    Withdrawal,
    WithdrawalAnswer,
)
from services.intake.uploads import read_upload
from shared.ids import encode
from shared.storage.idempotency import Effect
from shared.storage.withdrawal import count_withdrawn_leads, list_worked_leads
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.idempotency import run_once
from shared.web.parts import parts, ring

blueprint = Blueprint("reworks", __name__, url_prefix="/v1/uploads", description="What is done with lists that are in")


@blueprint.route("/<id(upload):upload_id>/preview", methods=["GET"])
@blueprint.arguments(PreviewQuery, location="query")
@blueprint.response(200, PreviewAnswer)
def show_preview(query: dict[str, Any], upload_id: int) -> dict[str, Any]:
    """Show the first rows as they stand in the file and will be understood, and what will become of all rows."""
    secret: bytes = current_app.config[SECRET]
    with parts().ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
        return preview_upload(connection, parts().blobs, upload, secret=secret, with_counts=query["counts"])


@blueprint.route("/<id(upload):upload_id>", methods=["PATCH"])
@blueprint.arguments(UploadChange)
@blueprint.response(200, UploadAnswer)
def patch_upload(body: dict[str, Any], upload_id: int) -> dict[str, Any]:
    """Hold, let go, pause or end an upload; or answer how its file is to be read while it waits for that."""
    with parts().ledger.transaction() as connection:
        change_upload(connection, parts().blobs, upload_id, body, actor=caller().person_id)
        return _tell(connection, upload_id)


@blueprint.route("/<id(upload):upload_id>/start", methods=["POST"])
@blueprint.response(200, UploadAnswer)
def start(upload_id: int) -> tuple[dict[str, Any], int]:
    """Let an upload go on that waited for answers."""

    def go(connection: Connection) -> Effect:
        start_upload(connection, upload_id, actor=caller().person_id)
        return Effect(200, {"upload_id": upload_id})

    with parts().ledger.transaction() as connection:
        answer = run_once(connection, body={}, effect=go, render=_tell_effect(_tell))
    ring("read")
    return answer


@blueprint.route("/<id(upload):upload_id>/reprocess", methods=["POST"])
@blueprint.arguments(Reprocessing)
@blueprint.response(202, UploadAnswer)
def reprocess(body: dict[str, Any], upload_id: int) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Read the file of an upload anew, with another mapping, country, encoding or sheet, as its next version."""

    def again(connection: Connection) -> Effect:
        new_id = reprocess_upload(connection, parts().blobs, upload_id, body, actor=caller().person_id)
        return Effect(202, {"upload_id": new_id})

    with parts().ledger.transaction() as connection:
        told, status = run_once(connection, body=body, effect=again, render=_tell_effect(_tell))
    ring("read")
    return told, status, {"Location": f"/v1/uploads/{encode('upload', told['id'])}"}


@blueprint.route("/<id(upload):upload_id>/withdraw", methods=["POST"])
@blueprint.arguments(Withdrawal)
@blueprint.response(200, WithdrawalAnswer)
def withdraw(body: dict[str, Any], upload_id: int) -> tuple[dict[str, Any], int]:
    """Take an upload back: leads that nobody has worked are withdrawn, the others are listed and stay."""

    def take_back(connection: Connection) -> Effect:
        withdraw_upload(connection, upload_id, reason=body["reason"], actor=caller().person_id)
        return Effect(200, {"upload_id": upload_id})

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=take_back, render=_tell_effect(_tell_withdrawal))


def _tell(connection: Connection, upload_id: int) -> dict[str, Any]:
    return tell_upload(connection, read_upload(connection, upload_id))


def _tell_withdrawal(connection: Connection, upload_id: int) -> dict[str, Any]:
    withdrawn, kept = count_withdrawn_leads(connection, upload_id), list_worked_leads(connection, upload_id)
    return {"upload": _tell(connection, upload_id), "withdrawn": withdrawn, "kept": kept}


def _tell_effect(tell: Callable[[Connection, int], dict[str, Any]]) -> Callable[[Connection, Effect], dict[str, Any]]:
    return lambda connection, effect: tell(connection, int(str(effect.ids["upload_id"])))
