"""The clock's chores on a real ledger; the clock itself is turned once at a time, never waited for."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rq.defaults

from services.clock import DUTIES, Duty, Parts, add_duties, run_due, serve
from shared.blobs import BlobStore
from shared.config import with_role
from shared.doorbell import Doorbell
from shared.outbox import sign
from shared.storage import chore
from shared.storage.engine import Ledger
from tests.builders import add_lead, add_number, add_person, add_upload, move_clock, one

SECRET = b"s" * 32


@pytest.fixture
def parts(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Parts]:
    ledger = Ledger(with_role(database_url, "leadmill_clock"), application_name="test", max_connections=3)
    eraser = Ledger(with_role(database_url, "leadmill_eraser"), application_name="test", max_connections=1)
    yield Parts(ledger, eraser, Doorbell(redis_url, rq.defaults.RQ_KEY_PREFIX), BlobStore(tmp_path), SECRET)
    ledger.dispose()
    eraser.dispose()


def turn(parts: Parts) -> dict[str, int]:
    add_duties(parts.ledger)
    return run_due(parts)


def test_every_chore_runs_and_finds_nothing(db: Any, parts: Parts) -> None:
    windows = one(db, "SELECT count(*) FROM calling_window")  # the hours of a fresh ledger are not foreseen yet
    assert turn(parts) == dict.fromkeys(DUTIES, 0) | {"foresee_windows": windows}


def test_a_chore_rests_until_it_is_due_again(db: Any, parts: Parts) -> None:
    turn(parts)
    assert "prune" not in run_due(parts)  # the shorter ones may be due again on a slow machine
    move_clock(db, hours=2)
    assert "prune" in run_due(parts)


def test_lapsed_assignment_expires_and_its_lead_wakes(db: Any, parts: Parts) -> None:
    lead = add_lead(db)
    db.execute("SELECT claim_next(%s)", (add_person(db),))
    move_clock(db, days=10)
    assert turn(parts)["expire"] == 1
    move_clock(db, minutes=10)
    assert one(db, "SELECT end_reason FROM assignment") == "expired"
    run_due(parts)
    assert one(db, "SELECT parked_until IS NULL FROM queue_entry WHERE lead_id = %s", lead)


def test_promise_nobody_kept_becomes_the_rest(db: Any, parts: Parts) -> None:
    lead = add_lead(db)
    db.execute(
        "INSERT INTO contact (lead_id, disposition, contact_made, at, rest_until) VALUES (%s, 'callback', true, clock(), clock() + interval '30 days')", (lead,)
    )  # fmt: skip
    db.execute(
        "INSERT INTO promise (lead_id, kind, person_id, why, due_at, grace_until)"
        " VALUES (%s, 'callback', %s, 'asked', clock() + interval '1 day', clock() + interval '2 days')", (lead, add_person(db)),
    )  # fmt: skip
    db.execute("SELECT set_tail('lead', %s, clock())", (lead,))
    for escalated in (1, 2):
        move_clock(db, days=5)
        assert turn(parts)["lapse_promises"] == 1
        assert one(db, "SELECT escalated FROM promise WHERE person_id IS NULL") == escalated
    move_clock(db, days=5)
    assert turn(parts)["lapse_promises"] == 1
    assert one(db, "SELECT kind FROM booking") == "rest"


def test_a_check_nobody_answers_lapses(db: Any, parts: Parts) -> None:
    number = add_number(db)
    db.execute(
        "SELECT set_line_statuses(ARRAY[%s::bigint], '{dead}', '{unallocated}', ARRAY[clock() + interval '6 months'], '{1}')",
        (number,),
    )
    move_clock(db, days=200)
    assert one(db, "SELECT count(*) FROM take_checks('lists', 10, interval '7 days')") == 1
    assert one(db, "SELECT count(*) FROM take_checks('lists', 10, interval '7 days')") == 0
    move_clock(db, days=8)
    assert turn(parts)["lapse_checks"] == 1
    assert one(db, "SELECT count(*) FROM take_checks('lists', 10, interval '7 days')") == 1
    assert one(db, "SELECT line_status FROM number") == "dead"


def test_a_suppression_for_a_time_ends(db: Any, parts: Parts) -> None:
    number = add_number(db)
    db.execute(
        "SELECT add_suppressions('number', ARRAY(SELECT key_hash FROM number), 'asked', 'test', p_expires => clock() + interval '1 day')"
    )
    move_clock(db, days=2)
    assert turn(parts)["lift_expired"] == 1
    assert one(db, "SELECT callable FROM number WHERE id = %s", number)


def test_audit_is_sealed_and_a_flip_is_found(db: Any, parts: Parts) -> None:
    db.execute("INSERT INTO audit (action) VALUES ('one'), ('two')")
    assert turn(parts)["seal"] == 2
    assert one(db, "SELECT count(*) FROM broken_seals()") == 0
    db.execute("UPDATE audit SET action = 'forged' WHERE action = 'one'")
    assert one(db, "SELECT count(*) FROM broken_seals()") == 1


def test_waiting_batches_are_rung_for_again(db: Any, parts: Parts) -> None:
    db.execute("INSERT INTO batch (upload_id, kind) VALUES (%s, 'clean')", (add_upload(db),))
    assert turn(parts)["ring_again"] == 1


def test_old_files_and_rows_are_forgotten(db: Any, parts: Parts, tmp_path: Path) -> None:
    kept = parts.blobs.write_stream([b"a,b"])
    upload = add_upload(db)
    add_lead(db, upload=upload)
    db.execute("UPDATE upload SET blob_key = %s WHERE id = %s", (kept.key, upload))
    move_clock(db, days=91)
    assert turn(parts)["retain"] == 2
    assert one(db, "SELECT cells FROM raw_row") == [""]
    assert not parts.blobs.find_path(kept.key).exists()


def test_one_failing_chore_does_not_stop_the_others(db: Any, parts: Parts) -> None:
    def fail(_: Parts) -> int:
        raise ZeroDivisionError

    duties = {"a": Duty(1, fail), "b": Duty(1, lambda _: 7)}
    add_duties(parts.ledger, duties)
    assert run_due(parts, duties) == {"b": 7}
    assert dict(db.execute("SELECT name, failure FROM chore").fetchall()) == {"a": "ZeroDivisionError", "b": None}


def test_subscriber_gets_a_signed_message(db: Any, parts: Parts) -> None:
    got: list[tuple[str, bytes]] = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.headers["Leadmill-Signature"], self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(503 if len(got) == 1 else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        subscription = one(db, "INSERT INTO subscription (topic, url) VALUES ('upload.ready', %s) RETURNING id", url)
        add_upload(db)
        assert turn(parts)["deliver"] == 0
        move_clock(db, minutes=5)
        assert run_due(parts)["deliver"] == 1
        server.shutdown()
    signature, body = got[1]
    assert signature == f"sha256={sign(SECRET, subscription, body)}"


def test_only_one_clock_is_elected(parts: Parts, database_url: str) -> None:
    stopped = threading.Event()
    with parts.ledger.reading() as election:
        assert chore.is_elected(election)
        rival = Ledger(with_role(database_url, "leadmill_clock"), application_name="rival", max_connections=2)
        with rival.reading() as other:
            assert not chore.is_elected(other)
        rival.dispose()
    stopped.set()
    serve(parts, stopped)
