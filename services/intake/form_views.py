"""Views of public forms: a key for a page, and what visitors send with it."""

from typing import Any, Final

import flask

from services.intake.form_key import Form, Forms
from services.intake.form_schema import FORM_FIELDS, TRAP, FormAnswer, FormBody, ReceivedAnswer, SentForm
from services.intake.lead_views import SECRET
from services.intake.taking import take_lead
from shared.domain.errors import Refused, absent
from shared.rate_limit import Limit
from shared.storage.audit import add_audit
from shared.storage.clock import read_clock
from shared.storage.source import find_source
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.parts import parts
from shared.web.rate_limit import check_rate

blueprint = Blueprint("forms", __name__, url_prefix="/v1/forms", description="Forms on public pages")

PER_FORM: Final = Limit("form", 300, 60)
PER_VISITOR: Final = Limit("visitor", 20, 60)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(FormBody)
@blueprint.response(201, FormAnswer)
def add_form(body: dict[str, Any]) -> dict[str, Any]:
    """Make a form for pages: a signed key that is no secret. Ending the source ends its forms."""
    form = Form(body["source"], tuple(body["origins"]), body["thanks"], body["until"])
    with parts().ledger.transaction() as connection:
        if find_source(connection, form.source_id) is None:
            raise absent("source")
        actor = caller().person_id
        add_audit(connection, "add_form", actor=actor, entity="source", entity_id=form.source_id)
    key = _forms().sign(form)
    return {"key": key, "action": f"/v1/forms/{key}", "fields_": FORM_FIELDS, "leave_empty": TRAP}


@blueprint.route("/<key>", methods=["POST"])
@blueprint.arguments(SentForm, location="form")
@blueprint.response(202, ReceivedAnswer)
def send_form(body: dict[str, str], key: str) -> dict[str, Any] | flask.Response:
    """Take what a visitor of a page sends, without a token: a request to be contacted. The answer never says what became of it."""
    form = _forms().find(key)
    if form is None:
        raise absent("form")
    check_rate(PER_FORM, key)
    check_rate(PER_VISITOR, f"{key} {flask.request.remote_addr}")
    origin = flask.request.headers.get("Origin")
    if origin is None or origin not in form.origins:
        raise Refused("forbidden", "this form may not be sent from this page")
    if not body.get(TRAP):
        _take(form, {name: [body[name]] for name in FORM_FIELDS if body.get(name, "").strip()})
    return _answer(form, origin)


def _take(form: Form, fields: dict[str, list[str]]) -> None:
    secret: bytes = flask.current_app.config[SECRET]
    with parts().ledger.transaction() as connection:
        source = find_source(connection, form.source_id)
        is_over = form.until is not None and form.until < read_clock(connection).date()
        if source is None or source.circulation == "ended" or is_over:
            raise absent("form")
        if fields:
            take_lead(connection, form.source_id, fields, secret=secret, is_request=True, actor=None)


def _answer(form: Form, origin: str) -> dict[str, Any] | flask.Response:
    if form.thanks and "text/html" in flask.request.headers.get("Accept", ""):
        return flask.redirect(form.thanks, 303)  # type: ignore[return-value]  # werkzeug's response is flask's
    answer = flask.jsonify({"received": True})
    answer.status_code = 202
    answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Vary"] = "Origin"
    return answer


def _forms() -> Forms:
    return Forms(flask.current_app.config[SECRET])
