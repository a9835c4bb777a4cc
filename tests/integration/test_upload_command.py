"""The command `upload` against intake on a real port."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from services.cli import run
from services.upload_command import upload
from tests.integration.intake_app import BOUNDARY, LIST, Intake, make_form, run_line


@pytest.fixture
def intake(intake: Intake, tmp_path: Path) -> Intake:
    (tmp_path / "token").write_text(intake.headers["Authorization"].removeprefix("Bearer "))
    return intake


@pytest.fixture
def url(intake: Intake) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, intake.client.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def working(intake: Intake) -> Iterator[None]:
    """Somebody works off whatever comes in."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.05):
            run_line(intake)

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


def call(intake: Intake, url: str, *arguments: str, content: bytes = LIST) -> Result:
    folder = intake.settings.data
    (folder / "list.csv").write_bytes(content)
    given = [str(folder / "list.csv"), "--source", "Vendor", "--legal-basis", "consent", "--country", "PL", "--json"]
    command = [*given, "--intake", url, "--token-file", str(folder / "token"), *arguments]
    return CliRunner().invoke(upload, command, obj=intake.settings)


def exit_code(intake: Intake, url: str, *, content: bytes = LIST) -> int:
    result = call(intake, url, content=content)
    error = result.exception
    assert error is not None

    def fail() -> None:
        raise error

    return run(fail)


def test_list_is_uploaded_to_a_new_source(intake: Intake, url: str) -> None:
    result = call(intake, url)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["state"] == "received"
    assert "added the source 'Vendor', which is active" in result.stderr


def test_second_list_goes_to_the_same_source(intake: Intake, url: str) -> None:
    first, second = call(intake, url), call(intake, url, content=LIST + b"Dom;601100300;Lublin\n")
    assert json.loads(first.stdout)["source_id"] == json.loads(second.stdout)["source_id"]


def test_waiting_shows_every_verdict(intake: Intake, url: str, working: None) -> None:
    result = call(intake, url, "--wait")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["rows"]["new"] == 2


def test_rejected_rows_exit_with_3(intake: Intake, url: str, working: None) -> None:
    assert call(intake, url, "--wait", content=LIST + b"-;;\nDom;601100300;Lublin\n").exit_code == 3


def test_mapping_comes_from_a_file(intake: Intake, url: str) -> None:
    mapping = intake.settings.data / "map.json"
    mapping.write_text('{"city": "region"}')
    told = json.loads(call(intake, url, "--mapping", str(mapping)).stdout)
    assert told["mapping"][2]["field"] == "region"


def test_refused_file_exits_with_5(intake: Intake, url: str) -> None:
    assert exit_code(intake, url, content=b"%PDF-1.7 no list at all") == 5


def test_upload_broken_off_lands_once_when_sent_again(intake: Intake, url: str) -> None:
    address = urlsplit(url)
    source = intake.add_source(name="Vendor")
    whole = make_form(LIST, "list.csv", {})
    head = (
        f"POST /v1/uploads?source={source} HTTP/1.1\r\nHost: x\r\nAuthorization: {intake.headers['Authorization']}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(whole)}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port)) as broken:
        broken.sendall(head.encode() + whole[: len(whole) // 2])
        broken.shutdown(socket.SHUT_WR)
        broken.recv(100_000)
    assert intake.ask("GET", "/v1/uploads").body["items"] == []
    told = [json.loads(call(intake, url).stdout)["id"] for _ in range(2)]
    assert [item["id"] for item in intake.ask("GET", "/v1/uploads").body["items"]] == [told[0]] == [told[1]]


def test_absent_service_exits_with_4(intake: Intake) -> None:
    assert exit_code(intake, "http://127.0.0.1:1") == 4
