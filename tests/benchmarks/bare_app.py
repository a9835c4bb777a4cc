"""The least that could hand out leads over HTTP: one statement behind one route, without a person, a rule, a key or a trace."""

import os
import threading
from typing import Any

import flask
import psycopg

TABLE = """
    CREATE TABLE bare_queue AS SELECT g AS id, NULL::timestamptz AS taken FROM generate_series(1, 50000) AS g;
    ALTER TABLE bare_queue ADD PRIMARY KEY (id);
    CREATE INDEX bare_queue_index ON bare_queue (id) WHERE taken IS NULL;
    GRANT SELECT, UPDATE ON bare_queue TO PUBLIC;
    ANALYZE bare_queue
"""
_CLAIM = """
    UPDATE leadmill.bare_queue SET taken = clock_timestamp()
    WHERE id = (SELECT id FROM leadmill.bare_queue WHERE taken IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
"""


def create_app() -> flask.Flask:
    """Makes the app; a connection a thread."""
    app, own = flask.Flask("bare"), threading.local()

    @app.post("/v1/queue/next")
    def claim() -> dict[str, Any]:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(os.environ["LEADMILL_DATABASE_URL"], autocommit=True)
        row = own.connection.execute(_CLAIM).fetchone()
        return {"assignments": [{"id": row[0]}]}

    return app
