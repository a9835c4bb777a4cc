"""Extensions behind a phone number, in the words of six languages and more."""

import re

_WORDS = (
    "extension|extensión|extn|ext|xtn|x|добавочный|добав|доб|внутренний|внутр|вн|wewnętrzny|wewnetrzny|wewn|wew|w"
    "|durchwahl|durchw|dw|nebenstelle|nst|klappe|kl|apparat|app|vidinis|vidaus|vid|anexo|ramal|interno|int|poste"
    "|linka|linia"
)
_MARK = (
    rf"(?:[\s,;.(\[/-]*(?<![^\W\d_])(?:{_WORDS})(?![^\W\d_])[\s.:)-]*(?:nr\.?|no\.?|№|#)?"
    r"|[\s,;(]*[#＃]\s*|;ext=|[\s,]*[×ｘ]\s*)"
)
_EXTENSION = re.compile(
    rf"(?<=[\d)]){_MARK}[\s:=.(-]*(\d{{1,7}})(?![\d])[#)\]]*(?:\s*[,/;]\s*\d{{1,4}}(?=\s*(?:[,/;)\]]|$)))*[)\]]*", re.I
)
_HINT = re.compile(r"[^\W\d_]|[#＃×]")


def split_extensions(text: str) -> list[tuple[str, str | None]]:
    """The text cut behind each extension: pairs of the text before it and the extension, None for a rest without one.

    Of several extensions of one number the first is kept.
    """
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
