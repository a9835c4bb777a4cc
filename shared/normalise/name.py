"""A person's name, from one cell or two, to given and family name: titles off, order and upper case repaired."""

import re
from dataclasses import dataclass

from shared.normalise.given_name import GIVEN_NAMES
from shared.normalise.placeholder import is_placeholder
from shared.normalise.text import clean_text, fold

_LONGEST_CELL, _MOST_WORDS, _SHORTEST_SHOUT = 300, 8, 2
_TITLES_WORDS = """
dr dr. med. prof prof. mgr mgr. inz inz. inż inż. lic lic. hab hab. ing ing. dipl dipl. dipl.-ing. dipl.-kfm.
    dipl.-betriebsw. mag mag. bsc msc mr mr. mrs mrs. ms ms. miss mx sir dame lord lady rev rev. hon hon. capt capt. col
    col. sgt pan pani państwo herr frau fräulein hr. fr. ra rain monsieur madame mme m. mlle sr sr. sra. don doña
    г-н г-жа господин госпожа гражданин гр. ип проф проф. д-р к.т.н. к.э.н. p. p ponas ponia pon. doc doc. adw adw. adv.
    dyr dyr. mec. mec r.pr. ks. ks o. s. inz.arch. arch arch. architekt
"""
_TITLES = frozenset(_TITLES_WORDS.split())
_SUFFIXES_WORDS = """
jr jr. sr sr. ii iii iv phd ph.d ph.d. md m.d m.d. dds d.d.s. dmd esq esq. mba cpa rn jd j.d. pe p.e. msc bsc ba
    ma b.a. m.a. ll.m. llm mba. obe mbe cbe kc qc mp frcs dvm do od dc pmp cfa
"""
_SUFFIXES = frozenset(_SUFFIXES_WORDS.split())
_PARTICLES_WORDS = """
van von der den de del della di da dos das du la le ter ten zu zum vom bin ibn al el y e i und
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_PATRONYMIC = re.compile(r".{2,}(?:ович|евич|овна|евна|инична|ична|ьич|оглы|кызы|ovich|evich|ovna|evna|ichna)", re.I)
_TWO_WORDS = re.compile(r"[^\W\d_]+ [^\W\d_]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S+@\S+|https?://\S+|[\"“”„«»<>{}|*_#=]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_WORD = re.compile(r"[^\W\d_]")
_PIECE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name for people to read; every part None where the cell did not have it.

    `given` may be an initial (`J.`). `display` is empty when nothing in the cell was a name.
    """

    display: str
    given: str | None = None
    family: str | None = None
    middle: str | None = None
    title: str | None = None


NOBODY = Person("")


def read_person(raw: str | None = None, given: str | None = None, family: str | None = None) -> Person:
    """The person that a cell with the whole name, or cells with its parts, name. Never raises on text.

    Parts win over the whole; a part left out is looked for in the whole. `Last, First`, `Иванов Иван Иванович` and, by
    known given names, `Kowalski Jan` are turned round; other pairs are read as given name first.
    """
    given_words, title = _words(given)
    family_words, family_title = _words(family)
    title = title or family_title
    given_words, family_words = repair_case(given_words), repair_case(family_words)
    if given_words or family_words:
        if raw and not (given_words and family_words):
            return _complete(read_person(raw), given_words, family_words)
        return _person(given_words[:1], given_words[1:], family_words, title)
    return _read_whole(raw)


def _complete(whole: Person, given_words: list[str], family_words: list[str]) -> Person:
    given = [whole.given] if whole.given else []
    family = [whole.family] if whole.family else []
    middle = given_words[1:] or ([whole.middle] if whole.middle else [])
    return _person(given_words[:1] or given, middle, family_words or family, whole.title)


def _read_whole(raw: str | None) -> Person:
    if not raw:
        return NOBODY
    if _TWO_WORDS.fullmatch(raw) and not is_placeholder(raw):
        words, title = _sort(raw.split())
        return _order_by_capitals(words, title)
    head, comma, tail = _ASIDE.sub(" ", clean_text(raw[:_LONGEST_CELL])).partition(",")
    words, title = _words(head)
    if comma:
        after, after_title = _words(tail)
        title = title or after_title
        if words and after:
            after = repair_case(after)
            return _person(after[:1], after[1:], repair_case(words), title)
        words = words or after
    return _order_by_capitals(words, title)


def _order_by_capitals(words: list[str], title: str | None) -> Person:
    if len(words) < 2:
        return _order(repair_case(words), title)
    shouted = [word.isupper() and len(word) >= _SHORTEST_SHOUT and not _is_initial(word) for word in words]
    words = repair_case(words)
    if any(shouted) and not all(shouted) and (person := _by_capitals(words, shouted, title)):
        return person
    return _order(words, title)


def _by_capitals(words: list[str], shouted: list[bool], title: str | None) -> Person | None:
    """`KOWALSKI Jan Maria`, `Jan van der BERG`: capitals mark the family name when they open or close the name."""
    given = [word for word, is_loud in zip(words, shouted, strict=True) if not is_loud]
    family = [word for word, is_loud in zip(words, shouted, strict=True) if is_loud]
    if shouted != sorted(shouted) and shouted != sorted(shouted, reverse=True):
        return None
    return _person(given[:1], given[1:], family, title)


def _words(text: str | None) -> tuple[list[str], str | None]:
    """The words of a name with their case repaired, and the titles that stood among them."""
    if not text:
        return [], None
    text = text.strip() if text.isalpha() else _ASIDE.sub(" ", clean_text(text[:_LONGEST_CELL])).strip(" ,;-")
    if not text or is_placeholder(text) or not _WORD.search(text):
        return [], None
    return _sort([word.strip(",;") for word in text.split()])


def _sort(words: list[str]) -> tuple[list[str], str | None]:
    """(the words of a name, the titles among them)."""
    titles = [word for word in words if _is_title(word)]
    names = [word for word in words if not _is_title(word) and _WORD.search(word)][:_MOST_WORDS]
    return names, " ".join(titles) or None


def _is_title(word: str) -> bool:
    lowered = word.lower()
    return lowered in _TITLES or lowered in _SUFFIXES


def _order(words: list[str], title: str | None) -> Person:
    """Which word is the family name, when nothing but the words says so."""
    if len(words) < 2:
        is_given = bool(words) and fold(words[0]) in GIVEN_NAMES
        return _person(words if is_given else [], [], [] if is_given else words, title)
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2]) and not _PATRONYMIC.fullmatch(words[1]):
        return _person([words[1]], [words[2]], [words[0]], title)
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[1]):
        return _person([words[0]], [words[1]], [words[2]], title)
    if _is_family_first(words):
        return _person([words[1]], words[2:], [words[0]], title)
    start = next((i for i in range(1, len(words) - 1) if words[i].lower() in _PARTICLES), len(words) - 1)
    return _person([words[0]], words[1:start], words[start:], title)


def _is_family_first(words: list[str]) -> bool:
    first, second = fold(words[0]).strip("."), fold(words[1]).strip(".")
    if _is_initial(words[0]) or first in GIVEN_NAMES:
        return False
    return (second in GIVEN_NAMES and len(words) == 2) or all(map(_is_initial, words[1:]))


def _is_initial(word: str) -> bool:
    return len(word) == 1 or _INITIALS.fullmatch(word) is not None


def _person(given: list[str], middle: list[str], family: list[str], title: str | None) -> Person:
    display = " ".join([*given, *middle, *family])
    return Person(display, " ".join(given) or None, " ".join(family) or None, " ".join(middle) or None, title)


def repair_case(words: list[str]) -> list[str]:
    """The words as names are written: those in capitals, and all of them when none has a capital."""
    is_lower = "".join(words).islower()
    return [
        _capitalise(word, is_first=i == 0) if is_lower or (word.isupper() and len(word) >= _SHORTEST_SHOUT) else word
        for i, word in enumerate(words)
    ]


def _capitalise(word: str, *, is_first: bool) -> str:
    lowered = word.lower()
    if lowered in _PARTICLES and not is_first:
        return lowered
    word = _PIECE.sub(lambda piece: piece.group()[:1].upper() + piece.group()[1:], lowered)
    if word.startswith("Mc") and len(word) > 4:
        word = "Mc" + word[2].upper() + word[3:]
    return re.sub(r"(?<=\w{2})['’](S)\b", lambda found: found.group().lower(), word)
