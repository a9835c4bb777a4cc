"""Extensions behind a phone number, in the words of six languages and more."""

import re

_WORDS = (
    "extension|extensión|extn|ext|ex|xtn|x|добавочный|добав|доб|внутренний|внутр|вн|wewnętrzny|wewnetrzny|wewn|wew"
    "|durchwahl|durchw|dw|nebenstelle|nst|klappe|kl|apparat|app|vidinis|vidaus|vid|anexo|ramal|interno|int|poste"
    "|linka|linia"
)
_LETTERS = r"w(?!\W*\d{3,5}[-.\s]\d{3})|(?:доп|д)(?!\W*\d{1,5}[-.\s(]+\d{3})"
_MARK = (
    rf"(?:[\s,;.(\[/-]*(?<![^\W\d_])(?:nr\.?\s*)?(?:{_WORDS}|{_LETTERS})(?![^\W\d_])[\s.:)-]*"
    r"(?:numer|number|nummer|номер|nr\.?|no\.?|№|#)?"
    r"|[\s,;(]*[#＃]\s*|;ext=|[\s,]*[×ｘ]\s*)"
)
_EXTENSION = re.compile(
    rf"(?:(?<=[\d)])|(?<=[A-Z]{{3}})(?=\s(?-i:ext|x))){_MARK}[\s:=.(-]*(\d{{1,7}})(?!\d)[#)\]]*"
    r"(?:\s*(?:[,/;-]|lub|or|oder|или|i|и|und|and|arba)\s*\d{1,4}(?=\s*(?:[,/;)\]]|$)))*[)\]]*",
    re.I,
)
_HINT = re.compile(r"[^\W\d_]|[#＃×]")
_BEHIND_STAR = re.compile(r"((?:[^\d*]*\d){9,15}[^\d*]*)\*\s*(\d{1,5})\W*")


def split_extensions(text: str) -> list[tuple[str, str | None]]:
    """The text cut behind each extension: pairs of the text before it and the extension, None for a rest without one.

    Of several extensions of one number the first is kept.
    """
    if "*" in text and (found := _BEHIND_STAR.fullmatch(text)):
        return [(found.group(1), found.group(2))]
    if not _HINT.search(text):
        return [(text, None)]
    parts, start = [], 0
    for found in _EXTENSION.finditer(text):
        parts.append((text[start : found.start()], found.group(1)))
        start = found.end()
    rest = text[start:]
    if not parts or any(char.isdigit() for char in rest):
        parts.append((rest, None))
    return parts
