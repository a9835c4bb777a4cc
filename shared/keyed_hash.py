"""Keyed hashes: whom a suppression names, without saying who it is. Without the secret key they tell nothing."""

import hmac


def hash_of(secret: bytes, scope: str, value: str) -> bytes:
    """Gives the HMAC-SHA256 of a value within a scope; equal values of two scopes have different hashes.

    The scope is number (of a value in E.164), email (in lower case), domain, company (core words and country), site (the
    same and the city) or person (core words of name and city).
    """
    return hmac.digest(secret, f"{scope}\x1f{value}".encode(), "sha256")
