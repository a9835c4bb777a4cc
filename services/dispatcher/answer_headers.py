"""The RateLimit fields of answers whose use is counted."""

from typing import Final

_DAY_S: Final = 86_400


def limit_headers(name: str, a_day: int, used: int) -> dict[str, str]:
    """Gives the fields that say how many are left of a daily quota.

    Source: draft-ietf-httpapi-ratelimit-headers-10, RateLimit-Policy and RateLimit.
    """
    left = max(a_day - used, 0)
    return {"RateLimit-Policy": f'"{name}";q={a_day};w={_DAY_S}', "RateLimit": f'"{name}";r={left}'}
