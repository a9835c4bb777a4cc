"""Words, numbers and marks that people and machines put where a value is missing."""

import re

_WORDS = """
n/a, na, n.a., n.a, n\\a, #n/a, #n/d, #ref!, #value!, #null!, #name?, #div/0!, #num!, #error!, nan, none, null, nil,
undefined, unknown, unspecified, tbd, tba, tbc, test, todo, missing, empty, blank, void, default, false,
not available, not applicable, not provided, not given, not known, not specified, no data, no phone, no email,
no number, no name, no website, no address, withheld, anonymous, <null>, (null), [null], (none), <none>, (blank),
[object object], asdf, asd, qwerty, qwe, xxx, xx, xxxx, x, brak, brak danych, nie dotyczy, nie podano, nieznany,
nieznana, nieznane, b/d, b.d., bd, n.d., brak telefonu, brak numeru, brak adresu, нет, не указан, не указано,
не указана, неизвестно, неизвестен, нет данных, отсутствует, н/д, н.д., б/н, пусто, нет телефона, тест, nėra, nera,
nežinoma, nezinoma, nenurodyta, nenurodytas, nėra duomenų, neturi, k.a., k. a., k.a, keine, keine angabe,
keine angaben, unbekannt, ohne, nicht angegeben, nicht bekannt, nicht vorhanden, entfällt, fehlt, aucun, aucune,
inconnu, inconnue, non renseigné, néant, desconocido, ninguno, nessuno, sconosciuto, onbekend, okänd, ukjent,
невідомо, немає
"""
_PLACEHOLDERS = frozenset(word.strip() for word in _WORDS.replace("\n", " ").split(",") if word.strip())
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]*")
_ONLY_ZEROS = re.compile(r"[0\s.,\-+()/]*0[0\s.,\-+()/]*")
_LONGEST_WORD = max(map(len, _PLACEHOLDERS))
_RUNS = "01234567890123456789/98765432109876543210"
_SHORTEST_RUN = 6


def is_placeholder(text: str) -> bool:
    """True for text that says "no value": N/A, brak, нет, undefined, a dash, zeros. The empty string is one too."""
    if len(text) > _LONGEST_WORD + 4:
        return False
    if text[:1].isalpha():
        return text.rstrip(" \"'").casefold() in _PLACEHOLDERS
    return (
        text.strip().strip("\"'").casefold() in _PLACEHOLDERS
        or _NO_LETTER_OR_DIGIT.fullmatch(text) is not None
        or _ONLY_ZEROS.fullmatch(text) is not None
    )


def is_placeholder_digits(digits: str) -> bool:
    """True for six digits or more that nobody was given: one digit repeated, or counting up or down all along."""
    if len(digits) < _SHORTEST_RUN:
        return False
    return digits.count(digits[0]) == len(digits) or digits in _RUNS
