"""Cleaning and folding of any cell, whatever its column. Rules of one field live in that field's module."""

import html
import re
import unicodedata

from anyascii import anyascii

from shared.normalise.placeholder import is_placeholder

__all__ = ["clean_lines", "clean_text", "fold", "is_placeholder", "strip_guard"]

_INVISIBLE_RANGES = (
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u061c\\u115f\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\ufff0-\\ufffd\\ud800-\\udfff\\U000e0000-\\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_INVISIBLE_RANGES}]")
_NEEDS_CLEANING = re.compile(rf"[^\S ]|  |[{_INVISIBLE_RANGES}]|[&<]")
_TAG = re.compile(
    r"<(?:br|/?p|/?div|/?li|/?tr|/?td)\b[^<>]*>|</?(?:a|b|em|font|i|span|strong|table|tbody|u|ul|ol)\b[^<>]*>", re.I
)
_GUARDS = frozenset("='‘’`´\"")
_BREAKING = ("br", "p", "div", "li", "tr", "td")
_ENTITY_DEPTH = 2


class _Folding(dict[int, str]):
    """Code point -> lower-case ASCII, learned on first sight: translating costs no Python call a character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isascii():
            folded = char
        elif unicodedata.category(char) in {"Mn", "Mc", "Me", "Sk"} or char in "ьъЬЪ’‘ʼʹʺ′´`":
            folded = ""
        else:
            folded = anyascii(char).lower() or " "
        self[code] = folded
        return folded


_FOLDING = _Folding()


def clean_text(raw: str) -> str:
    """One line of visible text: entities and simple mark-up resolved, invisible characters gone, single blanks."""
    if _NEEDS_CLEANING.search(raw):
        raw = _strip_markup(raw)
        raw = _INVISIBLE.sub("", raw)
        raw = " ".join(raw.split())
    return raw.strip()


def clean_lines(raw: str) -> list[str]:
    """The lines of a cell, each cleaned, blank ones left out: HTML breaks and vertical tabs divide lines too."""
    if not _NEEDS_CLEANING.search(raw):
        return [raw.strip()] if raw and not raw.isspace() else []
    raw = _strip_markup(raw)
    return [line for line in map(clean_text, raw.splitlines()) if line]


def strip_guard(text: str) -> str:
    """Without the marks that stop a spreadsheet from computing: an apostrophe, `="…"`, quotes around the whole."""
    return text.lstrip("='‘’`´\"").rstrip("\"'").strip() if text[:1] in _GUARDS else text


def fold(text: str) -> str:
    """The text for comparing: lower case, ASCII (all scripts transliterated, soft signs dropped), single blanks.

    Punctuation stays. Two spellings of one name in two scripts come close, not always equal.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    text = text.casefold()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_FOLDING)
    return " ".join(text.split())


def _strip_markup(raw: str) -> str:
    for _ in range(_ENTITY_DEPTH):
        if "&" not in raw:
            break
        raw = html.unescape(raw)
    return _TAG.sub(_tag_space, raw) if "<" in raw else raw


def _tag_space(tag: re.Match[str]) -> str:
    return "\n" if tag.group().lower().lstrip("</").startswith(_BREAKING) else " "
