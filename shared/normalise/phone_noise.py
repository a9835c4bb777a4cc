"""What people write beside a number in the same cell: signs, hours, company and personal ids. Nothing here is a number."""

import re
import unicodedata
from urllib.parse import unquote

_SIGN = re.compile(r"[^\w\s+()\[\]/\\.,;:|•·~*#=@&%'’`´×‐-―−_-]")
_ESCAPE = re.compile(r"%[0-9A-F]{2}", re.I)
_ID = re.compile(
    r"(?<![^\W_])(?:NIP|REGON|KRS|PESEL|VAT|VATIN|EIN|SSN|IBAN|BIC|SWIFT|HRA|HRB|PLZ|EORI|UIC|DUNS|CRN|UTR|PVM|BDO"
    r"|USt(?:-?Id(?:-?Nr)?)?|Steuer(?:nummer|-?nr)|St\.?-?Nr|Kundennummer|Kd\.?-?Nr|kod poczt(?:owy)?|konto|nr konta"
    r"|ИНН|КПП|ОГРН(?:ИП)?|ОКПО|ОКАТО|СНИЛС|БИК|УНП|БИН|ИИН|р/с|к/с|ЕГРПОУ|ЄДРПОУ|индекс"
    r"|[iį]m(?:on[eė]s)?\.? ?kodas|asmens kodas|company (?:no|number|reg)|reg(?:istration)?\.? ?(?:no|number))"
    r"(?![^\W\d_])[\s.:№#-]*(?:(?:no|nr|number|kodas)\b[\s.:]*)?(?:[A-Z]{2})?\d[\d\s-]*(?<=\d)",
    re.I,
)
_PRICE = re.compile(
    r"(?:[€$£]\s*\d{1,3}(?:[.,]\d{1,2})?|(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?\s*(?:[€$£₽]|(?:EUR|PLN|zł|ct|cent|руб|коп)\b))"
    r"(?:\s*/?\s*(?:min|мин)\b\.?)?",
    re.I,
)
_CLOCK = r"(?:[01]?\d|2[0-4])"
_SOME_CLOCK = rf"{_CLOCK}(?:[:.][0-5]\d)?"
_TO = r"\s*(?:-|–|—|to|do|bis|till|until|до|iki)\s*"
_DAY = (
    r"(?<![^\W_])(?:mon|tues?|wed|thurs?|fri|sat|sun|m|pon|pn|wt|[sś]r|czw|pt|sob|ni?e?dz?|mo|di|mi|do|fr|sa|so|пн|вт|ср|чт"
    r"|пт|сб|вс|i|ii|iii|iv|v|vi|vii)\b\.?"
)
_HOURS = re.compile(
    rf"{_DAY}(?:\s*[-–—+,/]\s*{_DAY})?[\s,:]*{_SOME_CLOCK}{_TO}{_SOME_CLOCK}(?![\d:])"
    rf"|(?<![\d.:]){_SOME_CLOCK} ?[ap]\.?m\b\.?(?:{_TO}{_SOME_CLOCK} ?[ap]\.?m\b\.?)?"
    rf"|(?<![\d.:]){_CLOCK}:[0-5]\d(?:{_TO}{_CLOCK}(?::[0-5]\d)?)?(?![\d:])"
    rf"|(?<![\d.:]){_CLOCK}{_TO}{_CLOCK}:[0-5]\d(?![\d:])"
    rf"|(?<![\d.:-]){_CLOCK}\.[0-5]\d{_TO}{_CLOCK}\.[0-5]\d(?![\d.])"
    rf"|(?<![\d.:-]){_CLOCK}-[03]0\s*(?:[-–—]|до|do|\s)\s*{_CLOCK}-[03]0(?![\d-])"
    rf"|(?<![\d.:-]){_CLOCK}\s+(?:to|till|until|bis|iki|до)\s+{_CLOCK}(?![\d.:-])"
    rf"|(?<![\d.:-]){_CLOCK}{_TO}{_CLOCK}\s*(?:Uhr|h|godz|ч|val)\b\.?"
    r"|(?<!\d)24 ?/ ?7(?!\d)|(?<!\d)24 ?(?:h|hrs?|hours|std|godz|часа|ч|val)\b\.?"
    r"|(?<=\d)\s*[(\[]\s*-?\d{1,4}(?:\s*[-,;/]\s*\d{1,4})*\s*[)\]]\s*$",
    re.I,
)
_BULLET = re.compile(r"(?:^|(?<=[\s,;])(?<!\(\d\s))\d[.)]\s+(?=[+(]?\d\d)")
_BARE_HOURS = re.compile(rf"(?<=\d)\s+\(?{_CLOCK}[-–—]{_CLOCK}\)?\s*$|^{_CLOCK}[-–—]{_CLOCK}\s+(?=[+(\d])")


def plain_signs(text: str) -> str:
    """The text with wide and ornamental forms in their plain one; what no number is written with becomes a blank."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.replace("÷", "-")
    if _ESCAPE.search(text):
        text = unquote(text)
    return _SIGN.sub(" ", _PRICE.sub(" ", text)).strip().lstrip("# ")


def drop_ids(text: str) -> str:
    """The text without numbers that are named as ids of a company, a person or an account."""
    return _ID.sub(" ; ", text).strip(" ;") if any(char.isalpha() for char in text) else text


def drop_hours(text: str) -> str:
    """The text without times of the day, without `1.` and `2)` of a list, and without a last remark of a few digits in brackets."""
    return _HOURS.sub(" ; ", _BULLET.sub(" ; ", text)).strip(" ;,")


def drop_bare_hours(text: str) -> str:
    """The text without `8-16` at an end, which as well may be digits of a number."""
    return _BARE_HOURS.sub("", text)
