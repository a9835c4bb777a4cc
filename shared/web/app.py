"""Makes the Flask app of a service: what both have alike, around the service's own blueprints."""

import re
import secrets
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import flask
import structlog
from flask_smorest import Api  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException

from shared.blobs import BlobStore
from shared.config import Settings
from shared.doorbell import Doorbell
from shared.problems import MEDIA_TYPE
from shared.storage.engine import Ledger
from shared.web.access import PUBLIC, AccessTable, bind_access
from shared.web.auth import register_auth
from shared.web.blueprint import Blueprint
from shared.web.cursor import Cursors
from shared.web.errors import ProblemSchema, answer_http, register_error_handlers
from shared.web.fields import IdConverter, register_ids
from shared.web.health import register_health
from shared.web.metrics import register_metrics
from shared.web.parts import EXTENSION, Parts
from shared.web.rate_limit import register_rate_limits

MAX_BODY_BYTES: Final = 1024 * 1024
"""Of a JSON body; uploads have their own limit."""

_SPARE_CONNECTIONS: Final = 2
_THREADS: Final = 16
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_ACCESS: Final[AccessTable] = {
    "GET /livez": PUBLIC,
    "GET /metrics": PUBLIC,
    "GET /openapi.json": PUBLIC,
    "GET /readyz": PUBLIC,
}


def make_app(
    service: str,
    settings: Settings,
    blueprints: Sequence[Blueprint],
    *,
    access: AccessTable,
    doorbell: Doorbell | None = None,
    threads: int = _THREADS,
    metrics_folder: Path | None = None,
) -> flask.Flask:
    """Makes the app of one process; it connects to nothing before the first request.

    `access` names each route of the blueprints and no other. As many requests run at once as there are `threads`,
    and about as many connections are kept. The processes of one service add up their counts in `metrics_folder`.

    Raises:
        LookupError: routes and `access` differ.
        BadSetting: no database is known.
        OSError: the secret key cannot be read.
    """
    app = _App(service, static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=50,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.converters["id"] = IdConverter
    app.extensions[EXTENSION] = make_parts(service, settings, threads=threads, doorbell=doorbell)
    app.before_request(_name_request)
    register_metrics(app, metrics_folder)
    register_health(app)
    _register_api(app, blueprints)
    register_auth(app, bind_access(app, {**_ACCESS, **access}))
    register_error_handlers(app)
    register_rate_limits(app)
    app.after_request(_add_headers)
    return app


def make_parts(service: str, settings: Settings, *, threads: int = _THREADS, doorbell: Doorbell | None = None) -> Parts:
    """Makes what an app works with; connects to nothing.

    Raises:
        BadSetting: no database is known.
        OSError: the secret key cannot be read.
    """
    ledger = Ledger(
        settings.database_url(service),
        application_name=f"leadmill-{service}",
        max_connections=threads + _SPARE_CONNECTIONS,
        keeps_plans=service == "dispatcher",
    )
    secret = settings.secret_key_file.read_bytes()
    return Parts(ledger, BlobStore(Path(settings.blobs)), Cursors(secret), doorbell)


class _App(flask.Flask):
    """Flask whose views are plain functions: nothing has to be asked whether it is a coroutine, nine times a request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Gives the function as it is."""
        return func


class _Api(Api):  # type: ignore[misc]
    """flask-smorest with our problem documents in the place of its errors."""

    def handle_http_exception(self, error: HTTPException) -> flask.Response:
        return answer_http(error)

    def _register_responses(self) -> None:
        for name, text in [(s.name, s.phrase) for s in HTTPStatus] + [("DEFAULT_ERROR", "An error")]:
            response = {"description": text, "content": {MEDIA_TYPE: {"schema": ProblemSchema}}}
            self.spec.components.response(name, response, lazy=True)


def _register_api(app: flask.Flask, blueprints: Sequence[Blueprint]) -> None:
    app.config.update(
        API_TITLE=f"leadmill {app.name}", API_VERSION="v1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX="/"
    )
    bearer = {"type": "http", "scheme": "bearer", "description": "a token: lm_…"}
    spec: dict[str, Any] = {"security": [{"bearer": []}], "components": {"securitySchemes": {"bearer": bearer}}}
    api = _Api(app, spec_kwargs=spec)
    register_ids(api)
    for blueprint in blueprints:
        api.register_blueprint(blueprint)


def _name_request() -> None:
    asked = flask.request.headers.get("X-Request-Id", "")
    flask.g.request_id = asked if _REQUEST_ID.fullmatch(asked) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=flask.g.request_id)


def _add_headers(response: flask.Response) -> flask.Response:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Request-Id"] = flask.g.request_id
    return response
