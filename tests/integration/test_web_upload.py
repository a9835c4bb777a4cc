"""Files that arrive as a stream."""

import hashlib
import secrets
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.auth import Role
from tests.integration.sample_app import MAX_UPLOAD_BYTES, add_login

Headers = dict[str, str]


@pytest.fixture
def marketing(database_url: str) -> Headers:
    return add_login(database_url, Role.MARKETING)[1]


def send(client: FlaskClient, headers: Headers, *parts: tuple[str, str | None, bytes], cut: int = 0) -> Any:
    """Sends parts of name, file name and content; `cut` bytes that were announced never arrive."""
    body = b"".join(part(*given) for given in parts) + b"--edge--\r\n"
    return client.post(
        "/v1/files",
        data=body[: len(body) - cut],
        content_type="multipart/form-data; boundary=edge",
        headers=headers,
        environ_overrides={"CONTENT_LENGTH": str(len(body))},
    )


def part(name: str, file_name: str | None, content: bytes) -> bytes:
    file = "" if file_name is None else f'; filename="{file_name}"'
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def kept_files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "data" / "blobs").rglob("*") if path.is_file()]


def test_a_file_is_kept_with_its_hash(client: FlaskClient, marketing: Headers, tmp_path: Path) -> None:
    sent = b"a,b\r\n--edg\r\n" * 50_000 + secrets.token_bytes(100_000)
    response = send(client, marketing, ("source", None, b"so_1"), ("file", "../../liste ż.csv", sent))
    assert response.status_code == 201
    assert response.json["sha256"] == hashlib.sha256(sent).hexdigest()
    assert (response.json["size"], response.json["name"]) == (len(sent), "../../liste ż.csv")
    assert [path.read_bytes() for path in kept_files(tmp_path)] == [sent]


def test_a_refused_file_leaves_nothing(client: FlaskClient, marketing: Headers, tmp_path: Path) -> None:
    response = send(client, marketing, ("refuse", None, b"1"), ("file", "a.csv", b"x" * 100_000))
    assert (response.status_code, response.json["code"]) == (422, "not_a_list")
    assert kept_files(tmp_path) == []


@pytest.mark.parametrize("names", [(), ("other",), ("file", "other"), ("file", "file")])
def test_exactly_one_file_is_wanted(
    client: FlaskClient, marketing: Headers, tmp_path: Path, names: tuple[str, ...]
) -> None:
    response = send(client, marketing, ("note", None, b"x"), *((name, "a.csv", b"x") for name in names))
    assert (response.status_code, response.json["code"]) == (422, "invalid_body")
    assert kept_files(tmp_path) == []


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("multipart/form-data", (422, "invalid_body")),
        ("multipart/form-data; boundary=edge", (422, "invalid_body")),
        ("application/json", (415, "unsupported_media_type")),
    ],
)
def test_a_body_without_parts_is_refused(
    client: FlaskClient, marketing: Headers, content_type: str, expected: tuple[int, str]
) -> None:
    response: Any = client.post("/v1/files", data=b"{}", content_type=content_type, headers=marketing)
    assert (response.status_code, response.json["code"]) == expected


def test_a_file_that_says_it_is_too_large_is_refused(client: FlaskClient, marketing: Headers, tmp_path: Path) -> None:
    length = {"CONTENT_LENGTH": str(MAX_UPLOAD_BYTES + 1)}
    kind = "multipart/form-data; boundary=edge"
    response: Any = client.post("/v1/files", data=b"x", content_type=kind, headers=marketing, environ_overrides=length)
    assert (response.status_code, response.json["code"]) == (413, "too_large")
    assert kept_files(tmp_path) == []


def test_fields_beside_the_file_are_limited(client: FlaskClient, marketing: Headers, tmp_path: Path) -> None:
    response = send(client, marketing, ("note", None, b"x" * 300_000), ("file", "a.csv", b"x"))
    assert (response.status_code, response.json["code"]) == (413, "too_large")
    assert kept_files(tmp_path) == []


def test_a_client_that_goes_away_leaves_nothing(client: FlaskClient, marketing: Headers, tmp_path: Path) -> None:
    response = send(client, marketing, ("file", "a.csv", b"x" * 300_000), cut=100_000)
    assert (response.status_code, response.json["code"]) == (400, "bad_request")
    assert kept_files(tmp_path) == []
