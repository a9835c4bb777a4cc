"""Request bodies and queries read strictly: JSON that every part behind can store, nothing unknown.

Python's json takes NaN, lone surrogates and any depth; PostgreSQL's text takes no NUL. All are told here.
"""

import json
from typing import Any, Final, NoReturn

import flask
import marshmallow
from webargs import core
from webargs.flaskparser import FlaskParser

from shared.domain.errors import Refused
from shared.web.auth import authenticate, is_unchecked

_MAX_DEPTH: Final = 32
_UNKNOWN: Final = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": marshmallow.RAISE}


class StrictParser(FlaskParser):
    """Reads what views ask for by `@blueprint.arguments`, and refuses what `parse_json` refuses."""

    DEFAULT_UNKNOWN_BY_LOCATION = _UNKNOWN

    def parse(self, *args: Any, **options: Any) -> Any:
        """Parses as its base does; who may not come in is told that instead of what is wrong with the body."""
        try:
            return super().parse(*args, **options)
        except Exception:
            if is_unchecked():
                authenticate()
            raise

    def _raw_load_json(self, req: flask.Request) -> Any:
        raw = req.get_data(cache=True)
        if not raw:
            return core.missing
        if not core.is_json(req.mimetype):
            raise Refused("unsupported_media_type", "send the body as JSON, with Content-Type: application/json")
        return parse_json(raw)

    def load_querystring(self, req: flask.Request, schema: marshmallow.Schema) -> Any:
        """Gives the query, of whose texts every one can be kept."""
        if any(_is_bad_text(text) for text in [*req.args.keys(), *req.args.values()]):
            raise Refused("invalid_query", "the query holds characters that no text may hold")
        return super().load_querystring(req, schema)

    def handle_error(self, error: marshmallow.ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Refuses what the schema does not take."""
        raise invalid(error.messages) from error


def parse_json(raw: bytes) -> Any:
    """Reads a JSON text whose every value can be kept.

    Raises:
        Refused: `invalid_json`, it is no JSON; `invalid_body`, it holds what cannot be kept.
    """
    try:
        value = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Refused("invalid_json", "the body is not JSON in UTF-8") from error
    if b"\\u" in raw or raw.count(b"[") + raw.count(b"{") > _MAX_DEPTH:
        _check_storable(value, depth=0)
    return value


def invalid(messages: Any) -> Refused:
    """Makes the refusal of a body or query from marshmallow's messages, one entry a field.

    The messages name fields and rules, never the values sent.
    """
    if not isinstance(messages, dict):
        messages = {"json": messages}
    location = next(iter(messages), "json")
    code = "invalid_query" if location in ("query", "querystring") else "invalid_body"
    errors = [{"field": path, "detail": text} for path, text in _flatten(messages.get(location, messages), ())]
    named = ", ".join(dict.fromkeys(entry["field"] for entry in errors if entry["field"]))
    return Refused(code, f"correct these and send it again: {named or 'the body'}", errors=errors)


def _flatten(messages: Any, path: tuple[str, ...]) -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        inner = [(path if key == "_schema" else (*path, str(key)), value) for key, value in messages.items()]
        return [entry for way, value in inner for entry in _flatten(value, way)]
    texts = messages if isinstance(messages, list) else [messages]
    return [(".".join(path), str(text)) for text in texts]


def _check_storable(value: Any, *, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise Refused("invalid_body", f"the body is nested deeper than {_MAX_DEPTH}")
    if isinstance(value, str) and _is_bad_text(value):
        raise Refused("invalid_body", "the body holds characters that no text may hold (NUL, half a surrogate pair)")
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            _check_storable(item, depth=depth + 1)


def _is_bad_text(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
