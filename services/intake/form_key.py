"""The key of a public form: signed by us, no secret. It says whose leads a page brings, from where, and until when. Pure."""

import base64
import hmac
import json
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Final

_SIGNATURE_BYTES: Final = 16
_MAX_CHARS: Final = 2000


@dataclass(frozen=True, slots=True)
class Form:
    """A form on somebody's pages.

    `origins`: the sites whose pages may send it (`https://example.com`); `thanks`: where the sender's browser goes then;
    `until`: its last day.
    """

    source_id: int
    origins: Sequence[str]
    thanks: str | None = None
    until: date | None = None


class Forms:
    """Signs and reads the keys of one installation."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hmac.digest(secret, b"leadmill form v1", sha256)

    def sign(self, form: Form) -> str:
        """Gives the key; the same form has always the same."""
        body = json.dumps(asdict(form), separators=(",", ":"), default=date.isoformat).encode()
        return base64.urlsafe_b64encode(self._sign(body) + body).rstrip(b"=").decode()

    def find(self, key: str) -> Form | None:
        """Gives the form of a key; None when it is none of ours."""
        try:
            raw = base64.b64decode(key[:_MAX_CHARS] + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
        except (Base64Error, ValueError):
            return None
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(body)):
            return None
        said = json.loads(body)
        until = date.fromisoformat(said["until"]) if said["until"] else None
        return Form(said["source_id"], tuple(said["origins"]), said["thanks"], until)

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, sha256)[:_SIGNATURE_BYTES]
