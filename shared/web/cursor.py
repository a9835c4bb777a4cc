"""Signed, opaque cursors for pages of a list that is read by id or row, never by offset.

A cursor says where the next page starts and for which list it was made; clients can neither read meaning
into it nor make one. It is no permission: each page is checked like the first.
"""

import base64
import hmac
from binascii import Error as Base64Error
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final, Generic, TypedDict, TypeVar

import marshmallow
from marshmallow import fields, validate

from shared.domain.errors import Refused

T = TypeVar("T")

_SIGNATURE_BYTES: Final = 16
_MAX_LENGTH: Final = 1000


class PageQuery(marshmallow.Schema):
    """Which page: so many items, from the cursor that the page before gave as `next`."""

    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))
    cursor = fields.String(load_default=None)


class Page(TypedDict, Generic[T]):
    """A page as it is sent; `next` is None on the last one."""

    items: Sequence[T]
    next: str | None


class Cursors:
    """Makes and reads the cursors of one installation."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hmac.digest(secret, b"leadmill cursor v1", sha256)

    def encode(self, listing: str, last: int) -> str:
        """Gives the cursor that continues `listing` after the item with this id or row."""
        body = b"%d" % last
        return base64.urlsafe_b64encode(self._sign(listing, body) + body).rstrip(b"=").decode()

    def decode(self, listing: str, cursor: str | None) -> int | None:
        """Reads which item came last from a cursor made for the same listing, filters included; None on the first page.

        Raises:
            Refused: `cursor_unknown`; start again without a cursor.
        """
        if not cursor:
            return None
        try:
            raw = base64.b64decode(cursor[:_MAX_LENGTH] + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (Base64Error, ValueError) as error:
            raise _unknown() from error
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(listing, body)):
            raise _unknown()
        return int(body)

    def page(self, listing: str, items: Sequence[T], limit: int, id_of: Callable[[T], int]) -> Page[T]:
        """Makes a page of at most `limit` of the items; read one more than `limit`, that tells if there is a next."""
        shown = items[:limit]
        more = len(items) > limit and len(shown) > 0
        return {"items": shown, "next": self.encode(listing, id_of(shown[-1])) if more else None}

    def _sign(self, listing: str, body: bytes) -> bytes:
        return hmac.digest(self._secret, listing.encode() + b"\0" + body, sha256)[:_SIGNATURE_BYTES]


def _unknown() -> Refused:
    return Refused("cursor_unknown", "this cursor is not one of this list; start again without it")
