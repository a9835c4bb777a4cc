"""What a cell looks like by its form alone: number, date, e-mail, web address, phone, code, text."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

BLANK, NUMBER, DATE, TIME, EMAIL, URL, PHONE, COORDINATE, CODE, TEXT, PROSE, FAULT = (
    "blank number date time email url phone coordinate code text prose fault".split()
)
TYPED = frozenset({NUMBER, DATE, TIME, EMAIL, URL, PHONE, COORDINATE, CODE, FAULT})

MONTH = (
    r"(?:jan|feb|mar|mär|apr|may|mai|maj|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|янв|фев|мар|апр|мая|май|июн|июл|авг"
    r"|сен|окт|ноя|дек|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|saus|vas|kov|bal|geg|birž|liep|rugp|rugs|spal|lapkr"
    r"|gruod)\w*\.?"
)
DATE_FORM = re.compile(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}([-/.])\d{{1,2}}\1\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th|\.)?[ -]?"
    rf"{MONTH}[ ,-]*(?:\d{{2,4}})?|{MONTH}[ -]?\d{{1,2}}(?:st|nd|rd|th)?,?[ -]\d{{2,4}}|{MONTH}[ -]\d{{2,4}})"
    r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
TIME_FORM = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
NUMBER_FORM = re.compile(
    r"[-+(]?\s*(?:[$€£¥₽]|USD|EUR|PLN|zł|Kč)?\s*[-+]?(?:\d{1,3}(?:[ \u00a0\u202f,.']\d{3})+|\d+)?(?:[.,]\d+)?"
    r"(?:e[-+]?\d+)?\s*(?:[$€£¥₽%‰]|USD|EUR|PLN|zł|Kč|руб\.?)?\)?",
    re.IGNORECASE,
)
COORDINATE_FORM = re.compile(r"-?\d{1,3}[.,]\d{4,}|\(?-?\d{1,3}\.\d{2,}\s*[,; ]\s*-?\d{1,3}\.\d{2,}\)?")
EMAIL_FORM = re.compile(r"[^\s@,;<>()\"]+@[^\s@,;<>()\"]+\.[^\s@,;<>()\".]{2,}")
URL_FORM = re.compile(
    r"(?:https?:?/{1,2}\S*|www\.\S+"
    r"|(?:[\w-]+\.)+(?:com|net|org|info|biz|eu|io|co|pl|lt|lv|ee|ru|рф|ua|by|de|at|ch|fr|it|es|cz|sk|ro|tr|uk|us|nl"
    r"|be|se|no|fi|dk|hu|pt|br|in|shop|online|site|app|dev|gov|edu)(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
PHONE_FORM = re.compile(
    r"(?:tel\.?|phone|mob\.?|тел\.?|kom\.?|fax)?[:\s]*'?\+?\(?\d[\d\s().\-–/\u00a0]{5,24}\d"
    r"(?:\s*(?:x|ext\.?|доб\.?|wew\.?|w\.)\s*\d{1,6})?",
    re.IGNORECASE,
)
CODE_FORM = re.compile(r"(?=[^\s]*\d)(?=[^\s]*[^\W\d_])[\w./#:-]{2,40}")
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
FAULTS = frozenset({"#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!"})
PROSE_CHARS = 80
LONG_CHARS = 2000
"""As much of a cell as is looked at: no pattern is tried on megabytes."""

CACHED_CHARS = 60


def find_form(cell: str) -> str:
    """The form of one cell, the narrowest that fits; blank for whitespace."""
    text = cell[:LONG_CHARS].strip()
    if not text:
        return BLANK
    if text.isascii() and text.isdigit():
        return NUMBER
    if len(text) > CACHED_CHARS:
        return find_filled_form(text)
    return find_short_form(text)


def find_filled_form(text: str) -> str:
    """The form of a cell that is neither blank nor plain digits."""
    if text[0] == "#" and text in FAULTS:
        return FAULT
    if not DIGIT.search(text):
        return find_wordy_form(text)
    for form, pattern in FORMS:
        if pattern.fullmatch(text):
            return form
    if is_phone_like(text):
        return PHONE
    return PROSE if len(text) > PROSE_CHARS else TEXT


# a look asks for the form of each cell three to four times
find_short_form = lru_cache(maxsize=16_384)(find_filled_form)


def find_wordy_form(text: str) -> str:
    """The form of a cell without digits."""
    if EMAIL_FORM.fullmatch(text):
        return EMAIL
    if URL_FORM.fullmatch(text):
        return URL
    return PROSE if len(text) > PROSE_CHARS else TEXT


FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (COORDINATE, COORDINATE_FORM),
    (DATE, DATE_FORM),
    (TIME, TIME_FORM),
    (NUMBER, NUMBER_FORM),
    (EMAIL, EMAIL_FORM),
    (URL, URL_FORM),
    (PHONE, PHONE_FORM),
    (CODE, CODE_FORM),
)


def is_phone_like(text: str) -> bool:
    """True for one or several numbers in a cell: mostly digits, enough of them, little else."""
    digits = len(DIGIT.findall(text))
    return 7 <= digits <= 60 and len(text) <= 2.5 * digits and len(LETTER.findall(text)) <= digits // 3


def find_main_form(forms: Iterable[str], least: float = 0.6) -> str | None:
    """The form that at least that share of the filled cells has; None when there is none or no filled cell."""
    counts = Counter(forms)
    counts.pop(BLANK, None)
    if not counts:
        return None
    form, count = counts.most_common(1)[0]
    return form if count >= least * counts.total() else None


SHAPE_RULES = ((re.compile(r"\d+"), "9"), (re.compile(r"[^\W\d_]+"), "a"))


def find_shape(cell: str) -> str:
    """Runs of digits and letters reduced to one sign each: `PL 00-950` is `a 9-9`."""
    shape = cell.strip()
    for pattern, sign in SHAPE_RULES:
        shape = pattern.sub(sign, shape)
    return shape
