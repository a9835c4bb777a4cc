"""Signed, opaque cursors for pages of a list that is read by key, never by offset.

A cursor says where the next page starts and for which list it was made; clients can neither read meaning
into it nor make one. It is no permission: each page is checked like the first.
"""

import base64
import hmac
import json
from binascii import Error as Base64Error
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final, Generic, TypeAlias, TypedDict, TypeVar

from shared.domain.errors import Refused

Key: TypeAlias = list[int | str | None]
"""The values of the sort columns of the last item shown."""

T = TypeVar("T")

_SIGNATURE_BYTES: Final = 16
_MAX_LENGTH: Final = 1000


class Page(TypedDict, Generic[T]):
    """A page as it is sent; `next` is None on the last one."""

    items: Sequence[T]
    next: str | None


class Cursors:
    """Makes and reads the cursors of one installation."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hmac.digest(secret, b"leadmill cursor v1", sha256)

    def encode(self, listing: str, key: Key) -> str:
        """Gives the cursor that continues `listing` after the item with this key."""
        body = json.dumps(key, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._sign(listing, body) + body).rstrip(b"=").decode()

    def decode(self, listing: str, cursor: str) -> Key:
        """Reads a cursor made for the same listing, filters included.

        Raises:
            Refused: `cursor_unknown`; start again without a cursor.
        """
        try:
            raw = base64.b64decode(cursor[:_MAX_LENGTH] + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (Base64Error, ValueError) as error:
            raise _unknown() from error
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(listing, body)):
            raise _unknown()
        key: Key = json.loads(body)
        return key

    def page(self, listing: str, items: Sequence[T], limit: int, key_of: Callable[[T], Key]) -> Page[T]:
        """Makes a page of at most `limit` of the items; read one more than `limit`, that tells if there is a next."""
        shown = items[:limit]
        more = len(items) > limit and len(shown) > 0
        return {"items": shown, "next": self.encode(listing, key_of(shown[-1])) if more else None}

    def _sign(self, listing: str, body: bytes) -> bytes:
        return hmac.digest(self._secret, listing.encode() + b"\0" + body, sha256)[:_SIGNATURE_BYTES]


def _unknown() -> Refused:
    return Refused("cursor_unknown", "this cursor is not one of this list; start again without it")
