"""Idempotency-Key: the same POST again has the effect once, and the same answer, for 24 hours.

Kept with the effect, in its transaction: a hash of the request, the status, the ids of the effect. The
answer is never kept: it is rendered again from the ids, so it shows the present state of the same things.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Final, TypeVar

import flask
from sqlalchemy import Connection

from shared.domain.errors import Refused
from shared.storage.idempotency import Effect, RequestKey, add_effect, find_effect
from shared.web.access import route_of
from shared.web.auth import token_id

T = TypeVar("T")

HEADER: Final = "Idempotency-Key"

_MAX_KEY_LENGTH: Final = 255


def run_once(
    connection: Connection,
    *,
    body: object,
    effect: Callable[[Connection], Effect],
    render: Callable[[Connection, Effect], T],
) -> tuple[T, int]:
    """Has the effect unless the present request's key says that it was had; renders the answer either way.

    Both run in the caller's transaction. Without the header the effect is always had. What is refused or
    superseded is not kept: a repetition is judged anew. `body` is what the client sent, as the view got it; with
    path and query it must be the same again. `render` makes the answer from the effect's ids; it raises
    `Superseded("token_shown_once", …)` itself when it needs what `Effect.shown` no longer has.

    Returns:
        The rendered answer and its status, as a view returns them.

    Raises:
        Superseded: `key_in_use`; ask again in a moment.
        Refused: `key_reused` or `key_invalid`.
    """
    key = read_key(body)
    had = find_effect(connection, key) if key else None
    if had is None:
        had = effect(connection)
        if key and had.is_kept:
            add_effect(connection, key, had)
    return render(connection, had), had.status


def read_key(body: object) -> RequestKey | None:
    """Gives what makes this request the same as another; None without the header.

    Raises:
        Refused: `key_invalid`.
    """
    request = flask.request
    given = request.headers.get(HEADER)
    if given is None:
        return None
    if not 0 < len(given) <= _MAX_KEY_LENGTH or not given.isprintable():
        raise Refused("key_invalid", f"an Idempotency-Key has 1 to {_MAX_KEY_LENGTH} visible characters")
    route = f"{request.method} {route_of(request.url_rule.rule if request.url_rule else '')}"
    token = token_id()
    sent = json.dumps([request.path, request.query_string.decode("latin-1"), body], sort_keys=True, default=str)
    return RequestKey(
        token,
        route,
        key_hash=sha256(f"{token}\0{route}\0{given}".encode("utf-8", "surrogateescape")).digest(),
        body_hash=sha256(sent.encode()).digest(),
    )
