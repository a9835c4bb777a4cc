"""Ids in paths, bodies and answers: strings outside, integers inside."""

from typing import Any, Final

from flask_smorest import Api  # type: ignore[import-untyped]
from marshmallow import fields
from werkzeug.routing import BaseConverter, Map, ValidationError

from shared.ids import PREFIXES, UnknownId, decode, encode

_MESSAGES: Final[dict[str, str | list[Any] | dict[Any, Any]]] = {"type": "must be a string"}


class Id(fields.Field[int]):
    """A field that holds an id: `Id("lead")`.

    Text that is no id is answered like an id of a thing that is not there: 404, by `UnknownId`.
    """

    default_error_messages = _MESSAGES

    def __init__(self, kind: str, **kwargs: Any) -> None:
        metadata = {"type": "string", "pattern": id_pattern(kind), **kwargs.pop("metadata", {})}
        super().__init__(metadata=metadata, **kwargs)
        self.kind = kind

    def _serialize(self, value: int | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else encode(self.kind, value)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if not isinstance(value, str):
            raise self.make_error("type")
        return decode(self.kind, value)


class IdConverter(BaseConverter):
    """A part of a path that holds an id: `/v1/leads/<id(lead):lead_id>`; what is none matches no route."""

    def __init__(self, url_map: Map, kind: str) -> None:
        super().__init__(url_map)
        self.kind = kind

    def to_python(self, value: str) -> int:
        """Reads the id, for the view."""
        try:
            return decode(self.kind, value)
        except UnknownId as error:
            raise ValidationError from error

    def to_url(self, value: int) -> str:
        """Writes the id, for `url_for`."""
        return encode(self.kind, value)


def id_pattern(kind: str) -> str:
    """Gives the pattern of an id for the OpenAPI document."""
    return f"^{PREFIXES[kind]}_[0-9a-z]{{8,24}}$"


def register_ids(api: Api) -> None:
    """Tells the OpenAPI document how ids look in paths; the app must know the converter already."""
    api.register_converter(IdConverter, lambda converter: {"type": "string", "pattern": id_pattern(converter.kind)})
