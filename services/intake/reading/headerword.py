"""What a header word means by itself: a field with a confidence, or nothing; and whether it is a header word at all."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from services.intake.reading.words.beside import BLOCKERS, QUALIFIERS
from services.intake.reading.words.english import ENGLISH
from services.intake.reading.words.french import FRENCH, ITALIAN
from services.intake.reading.words.german import GERMAN
from services.intake.reading.words.lithuanian import LITHUANIAN
from services.intake.reading.words.plain import PLAIN
from services.intake.reading.words.polish import CZECH, POLISH
from services.intake.reading.words.russian import RUSSIAN, UKRAINIAN
from services.intake.reading.words.short import SHORT
from services.intake.reading.words.spanish import PORTUGUESE, ROMANIAN, SPANISH
from services.intake.reading.words.stems import STEMS
from services.intake.reading.words.turkish import OTHERS, TURKISH

LANGUAGES: tuple[dict[str, str], ...] = (
    ENGLISH,
    RUSSIAN,
    POLISH,
    LITHUANIAN,
    GERMAN,
    CZECH,
    FRENCH,
    ITALIAN,
    SPANISH,
    ROMANIAN,
    TURKISH,
    PORTUGUESE,
    UKRAINIAN,
    OTHERS,
)
"""A word of two languages means what the earlier one says."""

EXACT, NUMBERED, LAST_PART, QUALIFIED, STEMMED = 0.98, 0.95, 0.9, 0.85, 0.65

NOT_WORD = re.compile(r"[^\w]+|_+")
FOLDS = str.maketrans(
    {"ł": "l", "ß": "ss", "ı": "i", "đ": "d", "ø": "o", "æ": "ae", "’": "'", "№": " no ", "#": " no "}
)
PARTS = re.compile(r"[:>|/]|\.(?=\w)|\s[-–]\s")
WHICH = frozenset({"value", "text", "formatted", "name", "raw", "1", "2", "3"})
BRACKETS = re.compile(r"[(\[].*?[)\]]")
DIGITS = re.compile(r"^\d+$")


class Meaning(NamedTuple):
    """A field and how sure the word alone makes it; `field` is None for a known word without a field."""

    field: str | None
    confidence: float


def normalise(header: str) -> str:
    """Lower case, accents folded, camel case and punctuation made blanks."""
    text = unicodedata.normalize("NFKD", split_camel(header.strip()).casefold().translate(FOLDS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(NOT_WORD.sub(" ", text).split())


def split_camel(text: str) -> str:
    """A blank before a capital that starts a word inside a word: `companyName`, `HTMLFile`."""
    parts = []
    for place, char in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if char.isupper() and (before.islower() or (before.isupper() and after.islower() and len(text) > 3)):
            parts.append(" ")
        parts.append(char)
    return "".join(parts)


def split_words(text: str) -> list[str]:
    """The phrases of a table's line, normalised."""
    return [phrase for phrase in map(normalise, text.split(",")) if phrase]


@cache
def get_phrases() -> dict[str, str]:
    """Normalised phrase -> field; an earlier language wins."""
    phrases: dict[str, str] = {}
    for language in LANGUAGES:
        for field, text in language.items():
            for phrase in split_words(text):
                phrases.setdefault(phrase, field)
    return phrases


@cache
def get_joined() -> dict[str, str]:
    """Phrases without their blanks -> field: `D.O.B.` and `Whats App` are written in many ways."""
    joined: dict[str, str] = {}
    for phrase, field in get_phrases().items():
        joined.setdefault(phrase.replace(" ", ""), field)
    return joined


@cache
def get_plain() -> frozenset[str]:
    """Known header words that have no field of their own."""
    return frozenset(phrase for text in PLAIN for phrase in split_words(text))


@cache
def get_qualifiers() -> frozenset[str]:
    """Single words that may stand beside a field's word."""
    return frozenset(word for text in QUALIFIERS for phrase in split_words(text) for word in phrase.split())


@cache
def get_blockers() -> frozenset[str]:
    """Words that make a column speak about a thing instead of being it."""
    return frozenset(phrase for text in BLOCKERS for phrase in split_words(text))


@cache
def get_stems() -> tuple[tuple[str, str], ...]:
    """(stem, field) of all languages, the longest first."""
    stems = {(stem, field) for table in STEMS for field, text in table.items() for stem in split_words(text)}
    return tuple(sorted(stems, key=lambda item: (-len(item[0]), item)))


@lru_cache(maxsize=4096)
def find_meaning(header: str) -> Meaning:
    """The field that the word alone speaks for, with its confidence; (None, 0) when nothing is known of it."""
    phrase = normalise(header)
    if not phrase:
        return Meaning(None, 0.0)
    direct = find_direct(phrase)
    if direct:
        return direct
    found = find_by_parts(header, phrase) or find_by_brackets(header, phrase) or find_by_tokens(phrase)
    return found if found.confidence > STEMMED else find_in_full(phrase) or found


def find_by_brackets(header: str, phrase: str) -> Meaning | None:
    """By the words outside brackets, narrowed by those inside (`Phone (mob.)`); by those inside when the others are none."""
    outside = normalise(BRACKETS.sub(" ", header))
    if not outside or outside == phrase or has_blocker(phrase):
        return None
    found = find_direct(outside)
    if found is None or found.field is None:
        inside = find_direct(" ".join(map(normalise, BRACKETS.findall(header))))
        found = inside if inside and inside.field else found
    if found is None:
        return None
    field = narrow(found.field, spell_out(phrase).split()) if found.field else None
    return Meaning(field, min(found.confidence, LAST_PART))


def find_in_full(phrase: str) -> Meaning | None:
    """By the phrase with its shortened words in full; None when that says no more."""
    full = spell_out(phrase)
    if full == phrase:
        return None
    found = find_direct(full) or find_by_tokens(full)
    return Meaning(found.field, min(found.confidence, QUALIFIED)) if found.confidence > STEMMED else None


@cache
def get_short() -> dict[str, str]:
    """Shortened word -> the full one, normalised."""
    return {normalise(part): normalise(word) for part, word in SHORT.items()}


def spell_out(phrase: str) -> str:
    """The phrase with its shortened words in full."""
    return " ".join(get_short().get(token, token) for token in phrase.split())


def find_direct(phrase: str) -> Meaning | None:
    """By the whole phrase, or the phrase without its number."""
    phrases = get_phrases()
    if phrase in phrases:
        return Meaning(phrases[phrase], EXACT)
    if phrase in get_plain():
        return Meaning(None, EXACT)
    joined = get_joined().get(phrase.replace(" ", "")) if len(phrase) > 3 else None
    if joined:
        return Meaning(joined, NUMBERED)
    tokens = [token for token in phrase.split() if not DIGITS.match(token)]
    bare = " ".join(re.sub(r"(?<=[^\W\d])\d$", "", token) for token in tokens)
    if bare != phrase and bare in phrases:
        return Meaning(phrases[bare], NUMBERED)
    return Meaning(None, NUMBERED) if bare in get_plain() else None


def find_by_parts(header: str, phrase: str) -> Meaning | None:
    """By the last part of a path or of words set apart, unless that part only says which (`Phone 1 - Value`).

    Of a choice (`Street/No.`) the first part that is known; a phone that may be a fax is a phone.
    """
    parts = [normalise(part) for part in PARTS.split(header) if normalise(part)]
    if len(parts) < 2:
        return None
    if parts[-1] in WHICH or all(token in get_qualifiers() for token in parts[-1].split()):
        found = find_meaning(" ".join(parts[:-1]))
        if found.field:
            return Meaning(found.field, min(found.confidence, LAST_PART))
    if "/" in header and not has_blocker(phrase):
        known = [choice for part in parts if (choice := find_direct(part)) and choice.field]
        if known and (len(known) < len(parts) or {known[0].field, known[-1].field} == {"phone", "fax"}):
            return Meaning(known[0].field, min(known[0].confidence, QUALIFIED))
    last = find_direct(" ".join(parts[-2:])) or find_direct(parts[-1])
    return Meaning(last.field, min(last.confidence, LAST_PART)) if last else None


def has_blocker(phrase: str) -> bool:
    """True when a word or pair of words in the phrase makes it speak about a thing."""
    tokens = phrase.split()
    pairs = {" ".join(pair) for pair in pairwise(tokens)}
    return not get_blockers().isdisjoint(set(tokens) | pairs)


def find_by_tokens(phrase: str) -> Meaning:
    """By the phrase without its qualifiers, then by a stem in one of its words."""
    tokens = [token for token in phrase.split() if not DIGITS.match(token)]
    phrases, qualifiers = get_phrases(), get_qualifiers()
    start, stop = 0, len(tokens)
    while stop - start > 1 and tokens[start] in qualifiers:
        start += 1
        found = phrases.get(" ".join(tokens[start:stop]))
        if found:
            return Meaning(narrow(found, tokens), QUALIFIED)
    while stop > 1 and tokens[stop - 1] in qualifiers:
        stop -= 1
        found = phrases.get(" ".join(tokens[:stop])) or phrases.get(" ".join(tokens[start:stop]))
        if found:
            return Meaning(narrow(found, tokens), QUALIFIED)
    bare = " ".join(token for token in tokens if token not in qualifiers)
    if bare in phrases:
        return Meaning(narrow(phrases[bare], tokens), QUALIFIED)
    if has_blocker(phrase) or len(tokens) > 6:
        return Meaning(None, 0.0)
    return find_by_stem(tokens)


def narrow(field: str, tokens: list[str]) -> str:
    """A kind of phone when a word of the header names one, else the field."""
    kinds = (get_phrases().get(token) for token in tokens)
    return next((kind for kind in kinds if kind in ("mobile", "fax")), field) if field == "phone" else field


def find_by_stem(tokens: list[str]) -> Meaning:
    """By a stem in one of the words: the last such word decides, a kind of phone over the word for phone."""
    if (
        len(tokens) > 1
        and tokens[-1] in {"id", "code", "kod", "kodas", "nummer"}
        and tokens[0] not in {"list", "source"}
    ):
        return Meaning("external_id", 0.5)
    fields = [field for field in map(find_stem, reversed(tokens)) if field]
    if not fields:
        return Meaning(None, 0.0)
    kind = next((field for field in fields if field in ("mobile", "fax", "email")), fields[0])
    return Meaning(kind if fields[0] == "phone" else fields[0], STEMMED)


def find_stem(token: str) -> str | None:
    """The field of the longest stem that starts the word or stands inside the compound."""
    for stem, field in get_stems():
        if token == stem or (len(stem) >= 4 and token.startswith(stem)) or (len(stem) >= 6 and stem in token):
            return field
    return None


def is_header_word(cell: str) -> bool:
    """True for what columns are called by, in any language known here."""
    if len(cell) > 60 or not cell.strip():
        return False
    meaning = find_meaning(cell)
    return meaning.confidence >= QUALIFIED
