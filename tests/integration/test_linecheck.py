"""Providers of line checks: a lookup service that behaves as the documented ones, lists in folders, and the job around them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlalchemy import Connection

from services.cleaner.linecheck.http_lookup import Access, HttpLookup, judge
from services.cleaner.linecheck.job import PROVIDERS, look, turn
from services.cleaner.linecheck.lists import Lists
from services.cleaner.linecheck.pace import Breaker, Rate, wait_before
from services.cleaner.linecheck.reps import Reps
from shared.config import BadSetting, read_settings, with_role
from shared.domain.errors import Unavailable
from shared.domain.line_check import Result
from shared.storage.engine import Ledger
from shared.storage.line_check import Asked
from tests.builders import add_lead, add_number, connect, move_clock, observe, one

AT = datetime(2026, 11, 20, tzinfo=UTC)


class Vendor:
    """A local lookup service: what it knows, how often it fails, and what it was asked."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, Any]] = {}
        self.failures: list[int] = []
        self.retry_after: str | None = None
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.authorization = ""
        self.running = self.most_running = 0
        self.gate: threading.Barrier | None = None
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def _handler(vendor: "Vendor") -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with vendor.lock:
                    vendor.running += 1
                    vendor.most_running = max(vendor.most_running, vendor.running)
                if vendor.gate:
                    with suppress(threading.BrokenBarrierError, OSError):
                        vendor.gate.wait(5)
                status, body = vendor.answer(self)
                with vendor.lock:
                    vendor.running -= 1
                with suppress(BrokenPipeError):  # who timed out has gone
                    self.tell(status, json.dumps(body).encode())

            def tell(self, status: int, payload: bytes) -> None:
                self.send_response(status)
                if status == 429 and vendor.retry_after:
                    self.send_header("Retry-After", vendor.retry_after)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> tuple[int, object]:
        parts = urlsplit(request.path)
        number = unquote(parts.path.rpartition("/")[2])
        with self.lock:
            self.asked.append((number, parse_qs(parts.query)))
            self.authorization = request.headers["Authorization"]
            if self.failures:
                return self.failures.pop(0), {"code": 20429}
        known = self.lines.get(number)
        return (404, {"code": 20404}) if known is None else (200, {"phone_number": number, "valid": True, **known})


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    vendor = Vendor()
    yield vendor
    vendor.server.shutdown()
    vendor.server.server_close()


class Time:
    """Time that only waiting moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


def asked(number: str, country: str = "PL") -> Asked:
    return Asked(1, 1, number, country, "mobile", AT, AT)


def lookup(vendor: Vendor, time: Time, **access: Any) -> HttpLookup:
    settings = {"per_second": 1000.0, "at_a_time": 1, **access}
    return HttpLookup(Access(vendor.url, "AC1:token", **settings), wait=time.wait, monotonic=time.monotonic)


def line(status: str) -> dict[str, Any]:
    return {"line_status": {"status": status, "error_code": None}}


def test_statuses_become_evidence(vendor: Vendor) -> None:
    words = {
        "active": "active",
        "reachable": "active",
        "inactive": "unallocated",
        "unreachable": "inconclusive",
        "unknown": "inconclusive",
    }
    vendor.lines = {f"+4860000000{n}": line(word) for n, word in enumerate(words)}
    results = list(lookup(vendor, Time()).send([asked(number) for number in [*vendor.lines, "+48600000099"]]))
    assert [result.kind for result in results] == [*words.values(), "malformed"]
    assert vendor.authorization == "Basic QUMxOnRva2Vu"


def test_reassigned_numbers_are_asked_about_where_they_are_sold(vendor: Vendor) -> None:
    vendor.lines["+12025550123"] = {**line("active"), "reassigned_number": {"is_number_reassigned": "yes"}}
    (result,) = lookup(vendor, Time()).send([asked("+12025550123", "US")])
    assert result.kind == "reassigned"
    assert vendor.asked[0][1] == {"Fields": ["line_status,reassigned_number"], "LastVerifiedDate": ["20261120"]}


def test_an_answer_that_says_nothing_is_none() -> None:
    assert judge({"valid": True}) is None
    assert judge({"line_status": {"status": "quantum"}}) is None
    assert judge({"line_status": {"status": "active", "error_code": 60601}}) == ("inconclusive", "error")
    assert judge({"reassigned_number": {"is_number_reassigned": "no data"}, **line("active")}) == ("active", "active")


def test_what_fails_for_a_moment_is_asked_again_with_growing_waits(vendor: Vendor) -> None:
    time, vendor.lines["+48600000001"] = Time(), line("active")
    vendor.failures = [500, 503, 429]
    vendor.retry_after = "30"
    assert [result.kind for result in lookup(vendor, time).send([asked("+48600000001")])] == ["active"]
    first, second, third = (wait for wait in time.waits if wait > 0.01)
    assert 0.25 <= first <= 0.5
    assert 0.5 <= second <= 1
    assert third == 30


def test_what_is_wrong_for_ever_is_asked_once(vendor: Vendor) -> None:
    vendor.failures = [401]
    assert list(lookup(vendor, Time()).send([asked("+48600000001")])) == []
    assert len(vendor.asked) == 1


def test_a_service_that_hangs_is_left(vendor: Vendor) -> None:
    vendor.gate = threading.Barrier(99)
    assert list(lookup(vendor, Time(), timeout_s=0.05).send([asked("+48600000001")])) == []
    vendor.gate.abort()


def test_a_broken_service_is_left_alone_until_it_rested(vendor: Vendor) -> None:
    time, vendor.lines["+48600000001"] = Time(), line("active")
    provider, vendor.failures = lookup(vendor, time), [500] * 5
    numbers = [asked("+48600000001")] * 20
    assert list(provider.send(numbers)) == []
    assert len(vendor.asked) == 5
    time.now += 61
    assert len(list(provider.send(numbers))) == 20


def test_no_more_than_allowed_run_at_a_time(vendor: Vendor) -> None:
    numbers = [f"+486000000{n:02d}" for n in range(20)]
    vendor.lines = dict.fromkeys(numbers, line("active"))
    vendor.gate = threading.Barrier(4)
    access = Access(vendor.url, "a:b", per_second=10_000, at_a_time=4)
    assert len(list(HttpLookup(access).send([asked(number) for number in numbers]))) == 20
    assert vendor.most_running == 4


def test_questions_begin_no_faster_than_allowed() -> None:
    time = Time()
    rate = Rate(4, monotonic=time.monotonic, wait=time.wait)
    for _ in range(9):
        rate.take()
    assert time.now == 2.0


def test_an_open_breaker_says_when_to_come_back() -> None:
    time = Time()
    breaker = Breaker(failures=2, rest_s=60, monotonic=time.monotonic)
    breaker.record(is_good=False)
    breaker.check()
    breaker.record(is_good=False)
    with pytest.raises(Unavailable) as refused:
        breaker.check()
    assert refused.value.retry_after_s == 61
    time.now = 60
    breaker.check()
    with pytest.raises(Unavailable):
        breaker.check()
    breaker.record(is_good=True)
    breaker.check()


def test_waits_grow_and_end() -> None:
    assert [wait_before(n, None, jitter=1) for n in range(4)] == [0.5, 1, 2, 4]
    assert wait_before(20, None, jitter=1) == wait_before(0, 9999, jitter=0) == 60


def test_lists_go_out_as_files_and_results_come_in(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    assert list(lists.send([])) == []
    assert list(lists.send([asked("+48600000001")])) == []
    (out,) = (tmp_path / "out").iterdir()
    assert out.read_text().splitlines()[0] == "check,number,country,asked_at"
    (tmp_path / "in" / "1.csv").write_text("number,status\n+48600000001,active\n?,?\n")
    (tmp_path / "in" / "2.csv").write_bytes(b"\xff\xff")
    (tmp_path / "in" / "3.part").write_text("half a fi")
    assert list(lists.collect()) == [[Result("+48600000001", "active", None, "active")]]
    assert sorted(path.name for path in tmp_path.rglob("*.csv") if path.parent.name != "out") == ["1.csv", "2.csv"]
    assert [path.name for path in (tmp_path / "unread").iterdir()] == ["2.csv"]


def test_the_job_asks_and_writes_as_the_cleaner_may(
    database_url: str, vendor: Vendor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(database_url) as db:
        number = add_number(db, "+48600000001")
        add_lead(db, numbers=[number])
        observe(database_url, number, "unallocated", provider="probe")
        move_clock(db, days=220)
        db.execute(
            "INSERT INTO line_rule (rules, reason) SELECT rules || '{\"provider\": \"http\"}', 'test' FROM line_rule"
        )
        vendor.lines["+48600000001"] = line("active")
        monkeypatch.setenv("LEADMILL_DATA", str(tmp_path))
        monkeypatch.setenv("LEADMILL_DATABASE_URL", database_url)
        with pytest.raises(BadSetting):
            look()
        monkeypatch.setenv("LEADMILL_LINE_CHECK_URL", vendor.url)
        monkeypatch.setenv("LEADMILL_LINE_CHECK_KEY", "a:b")
        look(version=1)
        assert one(db, "SELECT line_status FROM number") == "unverified"


def test_every_provider_is_made_from_the_settings(database_url: str, tmp_path: Path) -> None:
    given = {"LEADMILL_DATA": str(tmp_path), "LEADMILL_LINE_CHECK_URL": "ftp://x", "LEADMILL_LINE_CHECK_KEY": "a:b"}
    with pytest.raises(BadSetting):
        PROVIDERS["http"](read_settings(given))
    given["LEADMILL_LINE_CHECK_URL"] = "https://lookups.example"
    assert {name: make(read_settings(given)).name for name, make in PROVIDERS.items()} == {
        name: name for name in PROVIDERS
    }
    ledger = Ledger(with_role(database_url, "leadmill_cleaner"), application_name="leadmill-test", max_connections=1)
    assert turn(ledger, Reps()) == 0
    assert list(Reps().send([])) == []
    ledger.dispose()


class Crossed(Ledger):
    """A ledger whose first transactions cross with somebody else's."""

    crossings = 2

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        if self.crossings:
            self.crossings -= 1
            raise Unavailable("ledger_busy", "a deadlock")
        with super().transaction() as connection:
            yield connection


def test_answers_that_cross_with_work_are_written_again(database_url: str) -> None:
    class Told(Reps):
        def collect(self) -> Iterator[list[Result]]:
            yield [Result("+48600000001", "unallocated")]

    ledger = Crossed(database_url, application_name="leadmill-test", max_connections=1)
    with connect(database_url) as db:
        add_number(db, "+48600000001")
        turn(ledger, Told())
        assert one(db, "SELECT line_status FROM number") == "dead"
    ledger.dispose()
