"""What may be said of the use of a list: how a suppression list bars, and who people of an old base are here."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from services.intake.json_field import JsonObject

SCOPES: Final = ("number", "email", "domain", "company", "person")
CHANNELS: Final = ("any", "call", "email", "message")
_MAX_OWNERS: Final = 5_000


class Terms(marshmallow.Schema):
    """What may be said of the use of a list."""

    suppress_scope = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(SCOPES),
        metadata={"description": "by what each row of a suppression list bars; else by the narrowest that it names"},
    )
    channel = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(CHANNELS))
    register = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 100),
        metadata={"description": "who keeps the suppression list, e.g. a public register"},
    )
    why = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 200),
        metadata={"description": "the reason of a suppression list"},
    )
    expires_at = fields.AwareDateTime(default_timezone=UTC, load_default=None, allow_none=True)
    confirmed = fields.Boolean(
        load_default=False,
        metadata={"description": "somebody has looked at the entries that hit many leads"},
    )
    owners = JsonObject(
        most=_MAX_OWNERS,
        noun="people",
        load_default=None,
        allow_none=True,
        metadata={"description": 'in an old base: `{"name in the list": "name here"}`'},
    )
    expect_clients = fields.Boolean(
        load_default=False,
        metadata={"description": "a trial of past contacts: count those of clients who are to come first"},
    )


_KEPT_AS: Final = {
    "suppress_scope": "scope",
    "channel": "channel",
    "register": "register",
    "why": "reason",
    "expires_at": "expires_at",
    "confirmed": "confirmed",
    "owners": "owners",
    "expect_clients": "expect_clients",
}


def terms_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Gives what was said as it is kept with the upload: only what was said, in values for JSON."""
    said = {kept: given.get(name) for name, kept in _KEPT_AS.items()}
    return {kept: _plain(value) for kept, value in said.items() if value}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
