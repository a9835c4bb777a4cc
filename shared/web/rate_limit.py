"""Limits of requests: what is too many is refused with 429, and every counted answer says what is left."""

from typing import Final

import flask

from shared.rate_limit import Limit, RateLimiter, Use, check_use

EXTENSION: Final = "leadmill.rate_limiter"


def register_rate_limits(app: flask.Flask) -> None:
    """Lets the answers of the app say what is left; until it is given a limiter, only what the ledger counts is limited."""
    app.extensions[EXTENSION] = None
    app.after_request(_add_headers)


def use_limiter(app: flask.Flask, limiter: RateLimiter | None) -> None:
    """Gives the app what counts in Valkey; None where there is none."""
    app.extensions[EXTENSION] = limiter


def check_rate(limit: Limit, who: str) -> None:
    """Counts one request of somebody.

    Raises:
        Refused: `too_many_requests`, with `retry_after_s`.
    """
    limiter: RateLimiter | None = flask.current_app.extensions[EXTENSION]
    use = limiter.count(limit, who) if limiter else None
    if use is not None:
        note_use(use)
        check_use(use)


def note_use(use: Use) -> None:
    """Lets the answer say what is left of a limit, whoever counted it."""
    flask.g.setdefault("rate_uses", []).append(use)


def _add_headers(response: flask.Response) -> flask.Response:
    """Source: draft-ietf-httpapi-ratelimit-headers-10, RateLimit-Policy and RateLimit."""
    uses: list[Use] = flask.g.get("rate_uses", [])
    if not uses:
        return response
    policies = [f'"{use.limit.name}";q={use.limit.quota};w={use.limit.window_s}' for use in uses]
    response.headers["RateLimit-Policy"] = ", ".join(policies)
    response.headers["RateLimit"] = ", ".join(f'"{use.limit.name}";r={use.left};t={use.resets_in_s}' for use in uses)
    return response
