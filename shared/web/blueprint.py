"""The blueprint that all our views use: flask-smorest's, with types, reading requests strictly."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_smorest import Blueprint as SmorestBlueprint  # type: ignore[import-untyped]
from marshmallow import Schema

from shared.web.body import StrictParser

View = TypeVar("View", bound=Callable[..., Any])
SchemaLike = Schema | type[Schema]


class Blueprint(SmorestBlueprint):  # type: ignore[misc]
    """Views of one topic, e.g. `Blueprint("queue", __name__, url_prefix="/v1/queue", description="…")`."""

    ARGUMENTS_PARSER = StrictParser()

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Registers a view; which roles may call it says the table of access of the service."""
        decorator: Callable[[View], View] = super().route(rule, **options)
        return decorator

    def arguments(self, schema: SchemaLike, **options: Any) -> Callable[[View], View]:
        """Hands the view what the schema makes of the body, or of `location="query"`."""
        made = schema() if isinstance(schema, type) else schema  # else one is made for every request
        decorator: Callable[[View], View] = super().arguments(made, **options)
        return decorator

    def response(self, status_code: int, schema: SchemaLike | None = None, **options: Any) -> Callable[[View], View]:
        """Says what the view answers; the schema turns what it returns into JSON."""
        decorator: Callable[[View], View] = super().response(status_code, schema, **options)
        return decorator

    def alt_response(self, status_code: int, **options: Any) -> Callable[[View], View]:
        """Documents another answer."""
        decorator: Callable[[View], View] = super().alt_response(status_code, **options)
        return decorator

    def doc(self, **options: Any) -> Callable[[View], View]:
        """Adds to the OpenAPI document of the view."""
        decorator: Callable[[View], View] = super().doc(**options)
        return decorator
