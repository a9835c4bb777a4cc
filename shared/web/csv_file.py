"""A CSV file as an answer, under a name to be kept by."""

from collections.abc import Iterable
from typing import Final

import flask

CSV_ANSWER: Final = {
    "responses": {"200": {"description": "CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}}
}
"""How a view documents it: `@blueprint.doc(**CSV_ANSWER)`."""


def send_csv(text: str | Iterable[str], filename: str) -> flask.Response:
    """Answers with a file; text in pieces is sent as it comes."""
    response = flask.Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
