"""A company cell to what people read, what matching compares, and the legal form."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shared.normalise.legal_form import LegalForm, beginnings, endings, find_misspelt, first_words, last_words, pick
from shared.normalise.placeholder import is_placeholder
from shared.normalise.text import clean_text, fold

_LONGEST_CELL, _LONGEST_FORM = 400, 8
_AND = re.compile(r"\s*[&+]\s*")
_JOINED_FORM = re.compile(
    "(股份有限公司|集团有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|合同会社|주식회사)"
)
_INITIALS = re.compile(r"\b[a-z](?:\.\s?[a-z]\b)+\.?")
_NOT_WORD = re.compile(r"[^\w]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’`](?=\w)")
_QUOTED_WHOLE = re.compile(r"[\"„“”«»'](.*)[\"“”«»']")
_QUOTES = str.maketrans({"«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "‟": '"', "″": '"', "＂": '"'})
_LONGEST_SHORT = 4
_KNOWN_BEHIND = frozenset(
    """ltd llc inc plc llp corp co lp pllc gmbh ag kg ohg ug kgaa gbr ggmbh gag ek spzoo spk spj ska sa sas sarl eurl srl
    sprl bvba bv nv oy oyj ab aps as asa sro kft zrt nyrt doo jdoo ooo oao zao pao nao ao too uab mb lda ltda slu pty pte
    pvt sdn bhd jsc cjsc ojsc pjsc fze fzco dmcc wll eood eooo ood ead sia ou lmtd ehf kk""".split()
)
_KNOWN_IN_FRONT = frozenset("ooo oao zao pao uab gmbh llc jsc cjsc ojsc pjsc fgup fgbu".split())


@dataclass(frozen=True, slots=True)
class Company:
    """A company's name.

    `core` is for comparing: folded ASCII words without legal forms, single blanks. `legal_form` is the form as it is
    usually shown, `legal_class` its kind across countries (limited, joint_stock, sole_trader …), None without one.
    """

    display: str
    core: str
    legal_form: str | None
    legal_class: str | None


@lru_cache(maxsize=4096)
def read_company(raw: str, country: str | None = None) -> Company | None:
    """The company that the cell names, None for a placeholder or no text. Never raises on text.

    `country` (ISO) decides short forms that are words or other forms elsewhere. Stacked forms all go (`Sp. z o.o.
    sp. k.`); a name that is nothing but a form keeps it.
    """
    text = clean_text(raw[:_LONGEST_CELL])
    if not text or is_placeholder(text):
        return None
    display = _display(text)
    words = _words(text)
    core, form = _strip_forms(words, country, is_quoted='"' in display)
    if not core:
        return None
    return Company(display, " ".join(core), form.shown if form else None, form.legal_class if form else None)


def _display(text: str) -> str:
    whole = _QUOTED_WHOLE.fullmatch(text)
    if whole and not any(quote in whole.group(1) for quote in "\"„“”«»'"):
        text = whole.group(1).strip()
    return text.translate(_QUOTES).strip(" ,;")


def _words(text: str) -> list[str]:
    folded = fold(_spread(text))
    if "&" in folded or "+" in folded:
        folded = _AND.sub(" and ", folded)
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", folded)
    return _NOT_WORD.sub(" ", folded).replace("_", " ").split()


def _spread(text: str) -> str:
    """With blanks around forms of scripts that write none, without apostrophes inside words."""
    return _APOSTROPHE.sub("", text) if text.isascii() else _JOINED_FORM.sub(r" \1 ", _APOSTROPHE.sub("", text))


def _strip_forms(words: list[str], country: str | None, *, is_quoted: bool) -> tuple[list[str], LegalForm | None]:
    """The words left when every form before and behind the name is gone, and the form that says most."""
    found: LegalForm | None = None
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while step := _strip_one(words, country, is_quoted=is_quoted):
        words, form = step
        found = found or form
    return words, found


def _strip_one(words: list[str], country: str | None, *, is_quoted: bool) -> tuple[list[str], LegalForm] | None:
    size, form = _find_ending(words, country)
    if form:
        return words[:-size], form
    size, form = _find_beginning(words, country, is_quoted=is_quoted)
    if form:
        return words[size:], form
    misspelt = find_misspelt(" ".join(words)) if len(words) > 1 else None
    return (misspelt[0].split(), misspelt[1]) if misspelt else None


def _find_ending(words: list[str], country: str | None) -> tuple[int, LegalForm | None]:
    if words[-1:] and len(words[-1]) > 1 and words[-1] not in last_words():
        return 0, None
    table = endings()
    letters = next((size for size, word in enumerate(reversed(words)) if len(word) > 1), len(words))
    spelt = table.get("".join(words[-letters:]), ()) if 1 < letters < len(words) else ()
    if any(country in form.countries for form in spelt):
        return letters, pick(spelt, country)
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        forms = table.get(" ".join(words[-size:]))
        if forms and _is_meant(" ".join(words[-size:]), forms, country, _KNOWN_BEHIND):
            return size, pick(forms, country)
    return 0, None


def _find_beginning(words: list[str], country: str | None, *, is_quoted: bool) -> tuple[int, LegalForm | None]:
    if words[:1] and words[0] not in first_words():
        return 0, None
    table = beginnings()
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        forms = table.get(" ".join(words[:size]))
        if forms and (is_quoted or _is_meant(" ".join(words[:size]), forms, country, _KNOWN_IN_FRONT)):
            return size, pick(forms, country)
    return 0, None


def _is_meant(spelling: str, forms: tuple[LegalForm, ...], country: str | None, known: frozenset[str]) -> bool:
    """A few letters may as well be the name's own (`Hotel & Spa`): they need the country, or to be known everywhere."""
    if len(spelling) > _LONGEST_SHORT or spelling in known:
        return True
    return any(country in form.countries for form in forms)
