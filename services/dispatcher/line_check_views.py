"""Views of line checks that others make: the list goes out, results come in by upload or by signed webhook; and the rules."""

import hmac
from hashlib import sha256
from typing import Any, Final

import flask
import marshmallow
from marshmallow import fields, validate

from services.dispatcher.proposal_views import SECRET
from shared.domain.errors import Refused
from shared.domain.line_check import read_results, write_list
from shared.hygiene.line_check import receive, take_due
from shared.ids import encode
from shared.storage.audit import add_audit
from shared.storage.line_check import add_rules, find_rules
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.csv_file import CSV_ANSWER, send_csv
from shared.web.parts import parts

blueprint = Blueprint("line_checks", __name__, url_prefix="/v1/line-checks", description="Checks of lines by others")

PROVIDERS: Final = ("reps", "lists", "http")
_LISTS: Final = "lists"
_AT_ONCE: Final = 200
_SIGNATURE: Final = "Leadmill-Signature"


class OutBody(marshmallow.Schema):
    """How many at most; the day's and the month's budget may allow fewer."""

    limit = fields.Integer(load_default=1000, validate=validate.Range(1, 10_000))


class ReceivedAnswer(marshmallow.Schema):
    """What became of the results: new evidence, told before, not in our base, and lines that say nothing."""

    written = fields.Integer()
    known = fields.Integer()
    absent = fields.Integer(attribute="unknown")
    silent = fields.List(fields.Integer())


class LineRulesBody(marshmallow.Schema):
    """How rechecks are done; what is absent stays."""

    provider = fields.String(validate=validate.OneOf(PROVIDERS))
    daily_budget = fields.Integer(validate=validate.Range(0, 1_000_000))
    monthly_budget = fields.Float(allow_none=True, validate=validate.Range(0))
    prices = fields.Dict(keys=fields.String(), values=fields.Float(validate=validate.Range(0)))
    recheck_share = fields.Float(validate=validate.Range(0, 1))
    reason = fields.String(required=True, validate=validate.Length(3, 200))


class LineRulesAnswer(marshmallow.Schema):
    """The rules in force."""

    provider = fields.String()
    daily_budget = fields.Integer()
    monthly_budget = fields.Float(allow_none=True)
    prices = fields.Dict(keys=fields.String(), values=fields.Float())
    recheck_share = fields.Float()


class KeyAnswer(marshmallow.Schema):
    """The key of the webhook: `Leadmill-Signature: sha256=` and the HMAC-SHA256 of the body under it, in hexadecimal."""

    key = fields.String()


@blueprint.route("/out", methods=["POST"])
@blueprint.arguments(OutBody)
@blueprint.doc(**CSV_ANSWER)
def take_list(body: dict[str, Any]) -> flask.Response:
    """Take numbers that are due out as CSV, the cheapest first; each is out until its result or seven days later."""
    with parts().ledger.transaction() as connection:
        asked = take_due(connection, _LISTS, body["limit"])
        detail = {"numbers": len(asked)}
        add_audit(connection, "line_checks_out", actor=caller().person_id, entity="line_check", detail=detail)
    rows = [
        (encode("line_check", one.check_id), one.e164, one.country or "", one.asked_at.isoformat()) for one in asked
    ]
    return send_csv(write_list(rows), "line-checks.csv")


@blueprint.route("/results", methods=["POST"])
@blueprint.response(200, ReceivedAnswer)
def take_results() -> dict[str, Any]:
    """Bring results in as CSV or JSON; any order, repeated or late makes no difference."""
    return _receive(flask.request.get_data())


@blueprint.route("/webhook", methods=["POST"])
@blueprint.response(200, ReceivedAnswer)
def take_webhook() -> dict[str, Any]:
    """Take results from a provider that signs them; a replay changes nothing."""
    body = flask.request.get_data()
    signature = hmac.digest(_webhook_key(), body, sha256).hex()
    if not hmac.compare_digest(flask.request.headers.get(_SIGNATURE, "").encode(), f"sha256={signature}".encode()):
        raise Refused("forbidden", f"sign the body with the key of the webhook, in {_SIGNATURE}")
    return _receive(body)


@blueprint.route("/key", methods=["GET"])
@blueprint.response(200, KeyAnswer)
def show_key() -> dict[str, str]:
    """Show the key with which a provider signs its results."""
    with parts().ledger.transaction() as connection:
        add_audit(connection, "webhook_key_shown", actor=caller().person_id, entity="line_check")
    return {"key": _webhook_key().hex()}


@blueprint.route("/rules", methods=["GET"])
@blueprint.response(200, LineRulesAnswer)
def show_rules() -> Any:
    """Show how numbers in quarantine are rechecked, and what it may cost."""
    with parts().ledger.reading() as connection:
        return find_rules(connection)


@blueprint.route("/rules", methods=["PATCH"])
@blueprint.arguments(LineRulesBody)
@blueprint.response(200, LineRulesAnswer)
def change_rules(body: dict[str, Any]) -> Any:
    """Change the rules: a new version, with who and why."""
    who, changes = caller().person_id, {name: value for name, value in body.items() if name != "reason"}
    with parts().ledger.transaction() as connection:
        add_rules(connection, {**find_rules(connection), **changes}, by=who, reason=body["reason"])
        add_audit(connection, "line_rules_changed", actor=who, detail={"rules": sorted(changes)})
        return find_rules(connection)


def _receive(body: bytes) -> dict[str, Any]:
    results, silent = read_results(body)
    counts = {"written": 0, "known": 0, "unknown": 0}
    for first in range(0, len(results), _AT_ONCE):
        with parts().ledger.transaction() as connection:
            received = receive(connection, _LISTS, results[first : first + _AT_ONCE])
        counts = {name: count + getattr(received, name) for name, count in counts.items()}
    return {**counts, "silent": silent}


def _webhook_key() -> bytes:
    secret: bytes = flask.current_app.config[SECRET]
    return hmac.digest(secret, b"line checks webhook", sha256)
