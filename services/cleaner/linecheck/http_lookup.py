"""Provider `http`: one GET a number to a lookup service that answers as the well-known vendors do.

Source: Twilio Lookup v2, packages Line Status and Reassigned Number (read November 2026): `GET
/v2/PhoneNumbers/{number}?Fields=line_status,reassigned_number&LastVerifiedDate=YYYYMMDD` under basic authentication;
`line_status.status` is active, reachable, unreachable, inactive or unknown, `reassigned_number.is_number_reassigned`
yes, no or "no data", each with its `error_code`; 404 for what is no number, 429 when asked too fast.
"""

import base64
import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from services.cleaner.linecheck.pace import TRIES, Breaker, Clock, Rate, Wait, wait_before
from shared.domain.errors import Unavailable
from shared.domain.line_check import Result, kind_of
from shared.storage.line_check import Asked

_AGAIN: Final = frozenset((408, 425, 429, 500, 502, 503, 504))
_REASSIGNED_COUNTRIES: Final = frozenset(("US",))
_LARGEST_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Access:
    """Where the service is and how fast it may be asked; `key` is `account:token`."""

    url: str
    key: str
    per_second: float = 10.0
    at_a_time: int = 4
    timeout_s: float = 5.0


class HttpLookup:
    """Asks a lookup service about each number."""

    name = "http"
    at_once = 500

    def __init__(self, access: Access, *, wait: Wait = time.sleep, monotonic: Clock = time.monotonic) -> None:
        """Prepares without connecting; `wait` and `monotonic` are time itself."""
        self._access, self._wait = access, wait
        self._rate = Rate(access.per_second, monotonic=monotonic, wait=wait)
        self._breaker = Breaker(failures=5, rest_s=60.0, monotonic=monotonic)
        self._authorization = "Basic " + base64.b64encode(access.key.encode()).decode()

    def send(self, asked: Sequence[Asked]) -> Iterator[Result]:
        """Asks a few at a time; a number that the service cannot be asked about stays without an answer."""
        with ThreadPoolExecutor(self._access.at_a_time) as threads:
            for result in threads.map(self._ask, asked):
                if result is not None:
                    yield result

    def collect(self) -> Iterator[Sequence[Result]]:
        """Has nothing more: every answer came at once."""
        return iter(())

    def _ask(self, one: Asked) -> Result | None:
        for attempt in range(TRIES):
            try:
                self._breaker.check()
                self._rate.take()
                answer = self._get(one)
            except Unavailable as error:
                if error.code == "provider_resting" or attempt == TRIES - 1:
                    return None
                asked_s = float(error.retry_after_s) if error.retry_after_s > 1 else None
                self._wait(wait_before(attempt, asked_s, jitter=random.random()))  # noqa: S311 - no secret
            else:
                kind = judge(answer)
                return Result(one.e164, kind[0], None, kind[1]) if kind else None
        return None

    def _get(self, one: Asked) -> Mapping[str, Any]:
        request = urllib.request.Request(self._url(one), headers={"Authorization": self._authorization})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=self._access.timeout_s) as response:  # noqa: S310
                answer = json.loads(response.read(_LARGEST_BYTES))
        except urllib.error.HTTPError as error:
            self._breaker.record(is_good=error.code not in _AGAIN)
            if error.code in _AGAIN:
                raise _away(error.headers.get("Retry-After")) from error
            return {"valid": False} if error.code == 404 else {}
        except (OSError, ValueError) as error:
            self._breaker.record(is_good=False)
            raise _away(None) from error
        self._breaker.record(is_good=True)
        return answer if isinstance(answer, dict) else {}

    def _url(self, one: Asked) -> str:
        query = {"Fields": "line_status"}
        if one.country in _REASSIGNED_COUNTRIES:
            query = {"Fields": "line_status,reassigned_number", "LastVerifiedDate": f"{one.verified_at:%Y%m%d}"}
        path = f"/v2/PhoneNumbers/{urllib.parse.quote(one.e164)}?{urllib.parse.urlencode(query)}"
        return self._access.url.rstrip("/") + path


def judge(answer: Mapping[str, Any]) -> tuple[str, str] | None:
    """Gives the kind of evidence in an answer and the word that said it; None when it says nothing."""
    if answer.get("valid") is False:
        return "malformed", "invalid"
    moved = answer.get("reassigned_number") or {}
    if moved.get("is_number_reassigned") == "yes":
        return "reassigned", "reassigned"
    line = answer.get("line_status") or {}
    word = "error" if line.get("error_code") else str(line.get("status") or "")
    kind = kind_of(word) if word else None
    return (kind, word[:60]) if kind else None


def _away(retry_after: str | None) -> Unavailable:
    seconds = int(retry_after) if retry_after and retry_after.isdigit() else 1
    return Unavailable("provider_unavailable", "the lookup service cannot be reached", retry_after_s=seconds)
