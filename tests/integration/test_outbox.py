"""A subscriber whose address leads nowhere, or to something else, keeps no message from the others."""

import http.server
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shared.config import with_role
from shared.outbox import deliver_due
from shared.storage.engine import Ledger
from tests.builders import add_upload, connect


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Stranger(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.request.recv(65536)
        self.wfile.write(b"SSH-2.0-dropbear\r\n")


@contextmanager
def listening(handler: type[socketserver.BaseRequestHandler]) -> Iterator[str]:
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.parametrize(
    ("address", "failure"),
    [
        ("", "BadStatusLine"),
        ("http://127.0.0.1:1/", "URLError"),
        ("http://[bad/", "ValueError"),
        ("http://127.0.0.1/a b", "InvalidURL"),
        ("ftp://127.0.0.1/", "not an http address"),
    ],
)
def test_who_cannot_be_reached_keeps_no_message_from_the_others(database_url: str, address: str, failure: str) -> None:
    ledger = Ledger(with_role(database_url, "leadmill_clock"), application_name="test", max_connections=2)
    with connect(database_url) as db, listening(Stranger) as stranger, listening(Hook) as hook:
        for url in (address or stranger, hook):
            db.execute("INSERT INTO subscription (topic, url) VALUES ('upload.ready', %s)", (url,))
        add_upload(db)
        assert deliver_due(ledger, b"s" * 32) == 1
        told = db.execute("SELECT failure FROM outbox WHERE delivered_at IS NULL").fetchall()
    ledger.dispose()
    assert told == [(failure,)]
