"""A client of our own services for commands: JSON in and out, a file as a stream, errors in the families of `shared.domain`."""

import http.client
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from shared.domain.errors import Refused, Superseded, Unavailable

_PIECE_BYTES: Final = 256 * 1024
_TIMEOUT_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class Service:
    """One service at its URL, asked with one token; a connection a question."""

    url: str
    token: str

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Asks and gives the JSON object of the answer.

        Raises:
            Refused: the service says that this is wrong.
            Superseded: somebody was first.
            Unavailable: the service cannot be reached, or cannot work now.
        """
        raw = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if raw is not None else {}
        return self._exchange(method, path, raw, headers)

    def send_file(
        self, path: str, file: Path, fields: Mapping[str, str], *, tell: Callable[[int], object]
    ) -> dict[str, Any]:
        """Posts a form with a file as its part `file`, a piece at a time; `tell` hears how many bytes of it went.

        Raises:
            Refused, Superseded, Unavailable: as `ask`.
        """
        boundary = secrets.token_hex(16)
        name = file.name.replace("\\", "_").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        begin = f"--{boundary}\r\nContent-Disposition: form-data; name="
        parts = [f'{begin}"{field}"\r\n\r\n{value}\r\n' for field, value in fields.items()]
        parts.append(f'{begin}"file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n')
        head = "".join(parts).encode()
        tail = f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + file.stat().st_size + len(tail)),
        }
        return self._exchange("POST", path, _body(head, file, tail, tell), headers)

    def _exchange(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        address = urlsplit(self.url)
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        connection = kind(address.hostname or "", address.port, timeout=_TIMEOUT_S)
        key = {"Idempotency-Key": secrets.token_hex(16)} if method == "POST" else {}
        try:
            _send(connection, method, path, body, {"Authorization": f"Bearer {self.token}", **key, **headers})
            response = connection.getresponse()
            return _read(response.status, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(
                "service_unreachable", f"nobody answers at {self.url}: is `leadmill up` running?"
            ) from error
        finally:
            connection.close()


def _send(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | Iterator[bytes] | None,
    headers: Mapping[str, str],
) -> None:
    try:
        connection.request(method, path, body=body, headers=dict(headers))
    except (BrokenPipeError, ConnectionResetError):
        # a service that refuses early answers before it has read all
        if connection.sock is None:
            raise


def _body(head: bytes, file: Path, tail: bytes, tell: Callable[[int], object]) -> Iterator[bytes]:
    yield head
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            yield piece
            tell(len(piece))
    yield tail


def _read(status: int, raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        body = {}
    if status < http.client.BAD_REQUEST:
        return dict(body)
    code, detail = str(body.get("code", f"http_{status}")), str(body.get("detail", f"the service answered {status}"))
    if status >= http.client.INTERNAL_SERVER_ERROR:
        raise Unavailable(code, detail)
    raise Superseded(code, detail) if status == http.client.CONFLICT else Refused(code, detail)
