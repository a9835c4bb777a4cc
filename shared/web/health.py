"""Is the process alive, and can it do its work: what supervisors and balancers ask."""

from functools import cache

import flask

from shared.domain.errors import Unavailable
from shared.storage.migrate import head
from shared.storage.schema import find_version
from shared.web.parts import parts


def register_health(app: flask.Flask) -> None:
    """Answers `/livez` without looking at anything, and `/readyz` by asking the ledger; Valkey is not needed."""
    app.add_url_rule("/livez", "livez", _answer_live)
    app.add_url_rule("/readyz", "readyz", _answer_ready)


def _answer_live() -> dict[str, str]:
    return {"status": "live"}


def _answer_ready() -> dict[str, str]:
    with parts().ledger.reading() as connection:
        version = find_version(connection)
    if version != _needed_version():
        raise Unavailable("schema_outdated", "the schema is not the one of this program; run `leadmill db upgrade`")
    return {"status": "ready"}


@cache
def _needed_version() -> str:
    return head()
