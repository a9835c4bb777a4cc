"""Limits of requests: what is too many is refused with 429, and every counted answer says what is left."""

from typing import Final

import flask

from shared.domain.errors import Refused
from shared.rate_limit import Limit, RateLimiter, Use

EXTENSION: Final = "leadmill.rate_limiter"


def register_rate_limiter(app: flask.Flask, limiter: RateLimiter | None) -> None:
    """Lets the app's views count; without a limiter, that is without Valkey, nothing is counted."""
    app.extensions[EXTENSION] = limiter
    app.after_request(_add_headers)


def check_rate(limit: Limit, who: str) -> None:
    """Counts one request of somebody.

    Raises:
        Refused: `too_many_requests`, with `retry_after_s`.
    """
    limiter: RateLimiter | None = flask.current_app.extensions[EXTENSION]
    use = limiter.count(limit, who) if limiter else None
    if use is None:
        return
    uses: list[Use] = flask.g.setdefault("rate_uses", [])
    uses.append(use)
    if use.is_over:
        detail = f"more than {limit.quota} in {limit.window_s} seconds; wait as long as Retry-After says"
        raise Refused("too_many_requests", detail, retry_after_s=use.resets_in_s)


def _add_headers(response: flask.Response) -> flask.Response:
    """Source: draft-ietf-httpapi-ratelimit-headers-10, RateLimit-Policy and RateLimit."""
    uses: list[Use] = flask.g.get("rate_uses", [])
    if not uses:
        return response
    policies = [f'"{use.limit.name}";q={use.limit.quota};w={use.limit.window_s}' for use in uses]
    response.headers["RateLimit-Policy"] = ", ".join(policies)
    response.headers["RateLimit"] = ", ".join(f'"{use.limit.name}";r={use.left};t={use.resets_in_s}' for use in uses)
    if uses[-1].is_over:
        response.headers["Retry-After"] = str(uses[-1].resets_in_s)
    return response
