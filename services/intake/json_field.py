"""A JSON object in a form: forms and queries carry text, bodies the object itself."""

import json
from collections.abc import Callable
from typing import Any

import marshmallow
from marshmallow import fields


class JsonObject(fields.Dict):
    """Texts by name, as an object or as its JSON text; with at most `most` names, of things called `noun`."""

    def __init__(self, *, most: int, noun: str, check: Callable[[str], None] | None = None, **kwargs: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.String(validate=check), **kwargs)
        self._most, self._noun = most, noun

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError) as error:
                raise marshmallow.ValidationError("is no JSON object") from error
        if isinstance(value, dict) and len(value) > self._most:
            raise marshmallow.ValidationError(f"names more than {self._most} {self._noun}")
        return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]  # of marshmallow
