"""A small service of its own, to test what all services share. Its things are teams; gunicorn serves `wsgi()`."""

import os
import secrets
from pathlib import Path
from typing import Any

import flask
import marshmallow
import sqlalchemy as sa
from marshmallow import fields

from shared.auth import Role
from shared.config import Settings, read_settings
from shared.domain.errors import Refused, Superseded, absent
from shared.doorbell import Doorbell
from shared.storage.idempotency import Effect
from shared.storage.token import add_token
from shared.web.access import Scope, allow
from shared.web.app import make_app
from shared.web.auth import caller, scope
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page, PageQuery
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts, ring
from shared.web.upload import UPLOAD_BODY, receive_upload
from tests import builders

MAX_UPLOAD_BYTES = 512 * 1024 * 1024

blueprint = Blueprint("teams", __name__, url_prefix="/v1", description="Teams")

ACCESS = {
    "GET /v1/me": allow(marketing=Scope.OWN, rep=Scope.OWN, supervisor=Scope.TEAM),
    "POST /v1/teams": allow(supervisor=Scope.TEAM, needs="teams"),
    "GET /v1/teams/{team_id}": allow(rep=Scope.OWN, supervisor=Scope.TEAM),
    "GET /v1/teams": allow(rep=Scope.OWN, supervisor=Scope.TEAM),
    "POST /v1/teams/{team_id}/tokens": allow(),
    "POST /v1/files": allow(marketing=Scope.OWN),
    "POST /v1/crash": allow(),
}


class TeamSchema(marshmallow.Schema):
    """A team."""

    id = Id("team", dump_only=True)
    name = fields.String(required=True, validate=marshmallow.validate.Length(1, 100))
    lead_id = Id("lead", load_only=True)


class TeamQuery(PageQuery):
    """Which teams."""

    limit = fields.Integer(load_default=2, validate=marshmallow.validate.Range(1, 100))


@blueprint.route("/me")
def show_me() -> dict[str, object]:
    """Says who calls."""
    return {"role": caller().role, "scope": scope(), "has_team": caller().team_id is not None}


@blueprint.route("/teams", methods=["POST"])
@blueprint.arguments(TeamSchema)
@blueprint.response(201, TeamSchema)
def create_team(body: dict[str, Any]) -> tuple[object, int]:
    """Makes a team."""

    def make(connection: sa.Connection) -> Effect:
        query = sa.text("INSERT INTO leadmill.team (name) VALUES (:name) RETURNING id")
        team_id = connection.execute(query, {"name": body["name"]}).scalar_one()
        if body["name"] == "nothing":
            raise Refused("nothing_is_no_name", "name it")
        return Effect(201, {"team_id": team_id}, is_kept=body["name"] != "fleeting")

    with parts().ledger.transaction() as connection:
        answer = run_once(connection, body=body, effect=make, render=render_team)
    ring("clean", upload_id=1)
    return answer


@blueprint.route("/teams/<id(team):team_id>")
@blueprint.response(200, TeamSchema)
def show_team(team_id: int) -> object:
    """Shows a team."""
    with parts().ledger.reading() as connection:
        return read_team(connection, team_id)


@blueprint.route("/teams")
@blueprint.arguments(TeamQuery, location="query")
def list_teams(query: dict[str, Any]) -> Page[int]:
    """Lists the teams."""
    cursors, limit = parts().cursors, query["limit"]
    after = cursors.decode("teams", query["cursor"]) or 0
    with parts().ledger.reading() as connection:
        select = sa.text("SELECT id FROM leadmill.team WHERE id > :after ORDER BY id LIMIT :more")
        ids = list(connection.execute(select, {"after": after, "more": limit + 1}).scalars())
    return cursors.page("teams", ids, limit, lambda n: n)


@blueprint.route("/teams/<id(team):team_id>/tokens", methods=["POST"])
def create_token(team_id: int) -> tuple[object, int]:
    """Makes a token of the caller."""

    def make(connection: sa.Connection) -> Effect:
        token_id, token = add_token(connection, person_id=caller().person_id, name="made")
        return Effect(201, {"token_id": token_id}, shown={"token": token})

    def show(_connection: sa.Connection, effect: Effect) -> dict[str, object]:
        if not effect.shown:
            raise Superseded("token_shown_once", "a token is shown once; make another")
        return dict(effect.shown)

    with parts().ledger.transaction() as connection:
        return run_once(connection, body={}, effect=make, render=show)


@blueprint.route("/files", methods=["POST"])
@blueprint.doc(requestBody=UPLOAD_BODY)
def keep_file() -> tuple[dict[str, object], int]:
    """Keeps a file."""
    with receive_upload(parts().blobs, max_bytes=MAX_UPLOAD_BYTES) as received:
        if received.fields.get("refuse"):
            raise Refused("not_a_list", "send a list")
        blob = received.file.commit()
    return {"key": blob.key, "sha256": blob.sha256.hex(), "size": blob.size_bytes, "name": received.file_name}, 201


@blueprint.route("/crash", methods=["POST"])
def crash() -> None:
    """Fails."""
    raise RuntimeError(f"4711 {flask.request.get_data(as_text=True)}")


def render_team(connection: sa.Connection, effect: Effect) -> dict[str, object]:
    return read_team(connection, int(str(effect.ids["team_id"])))


def read_team(connection: sa.Connection, team_id: int) -> dict[str, object]:
    query = sa.text("SELECT id, name FROM leadmill.team WHERE id = :id")
    row = connection.execute(query, {"id": team_id}).one_or_none()
    if row is None:
        raise absent("team")
    return {"id": row.id, "name": row.name}


def sample_settings(database_url: str, folder: Path) -> Settings:
    folder.mkdir(exist_ok=True)
    (folder / "secret.key").write_bytes(secrets.token_bytes(32))
    return read_settings({"LEADMILL_DATA": str(folder), "LEADMILL_DATABASE_URL": database_url})


def make_sample_app(
    database_url: str, folder: Path, *, doorbell: Doorbell | None = None, metrics_folder: Path | None = None
) -> flask.Flask:
    settings = sample_settings(database_url, folder)
    return make_app(
        "dispatcher", settings, [blueprint], access=ACCESS, doorbell=doorbell, threads=8, metrics_folder=metrics_folder
    )


def add_login(database_url: str, role: Role, *, scopes: list[str] | None = None) -> tuple[int, dict[str, str]]:
    """Adds a person with a token; gives the person's id and the headers that the token needs."""
    with builders.connect(database_url) as db:
        person_id = builders.add_person(db, role=role.value, pool=None)
        return person_id, {"Authorization": f"Bearer {builders.add_token(db, person_id, scopes=scopes)}"}


def wsgi() -> flask.Flask:
    """What gunicorn calls; the test gives the database and the folder."""
    folder = Path(os.environ["SAMPLE_FOLDER"])
    return make_sample_app(os.environ["SAMPLE_DATABASE_URL"], folder, metrics_folder=folder / "metrics")


def close(app: flask.Flask) -> None:
    with app.app_context():
        parts().ledger.dispose()
