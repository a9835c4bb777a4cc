"""A schema for what is answered often: the same fields as any other, read from our own records at half the cost."""

from collections.abc import Mapping
from typing import Any

import marshmallow
from marshmallow import missing


class Answer(marshmallow.Schema):
    """Dumps dataclasses and mappings by plain attributes and keys; no dotted names, no computed fields."""

    def _serialize(self, obj: Any, *, many: bool = False) -> Any:
        """What `dump` calls between its hooks."""
        if many and obj is not None:
            return [self._serialize(each) for each in obj]
        is_mapping = isinstance(obj, Mapping)
        told = self.dict_class()
        for name, field in self.dump_fields.items():
            read = name if field.attribute is None else field.attribute
            value = obj.get(read, missing) if is_mapping else getattr(obj, read, missing)
            if value is not missing:
                told[name if field.data_key is None else field.data_key] = field._serialize(value, name, obj)
        return told
