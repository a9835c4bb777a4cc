"""One number's text to a number of the plan: the readings that a writer may have meant, the best one first taken."""

import re
from collections.abc import Iterator

import phonenumbers

from shared.normalise.numbering import Number, classify, find_main_plan, find_plan, parse_digits

_DROP = str.maketrans("", "", " ()[]-./\\_~*'’\t\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u2015・")
_LABEL = re.compile(
    r"\W*\b(?:tel(?:efon|ephone|\.? ?kom|efono)?|phone|ph|mob(?:ile|il)?|cell|call|fax|faks|whatsapp|wa|viber|office"
    r"|home|work|direct|t|m|f|p|h|kom(?:órka|orka)?|dom|biuro|тел(?:ефон)?|моб(?:ильный)?|сот|факс|раб|т|ф|handy|mobiltel"
    r"|funk|büro|festnetz|mob|faksas|biuras)"
    r"\b(?:\s*\d(?=\s*[:.)]\s))?[.:)\s]*(?=[+(\dOОo])",
    re.I,
)
_LOOKALIKE = str.maketrans("OoОоlI|ЗзбБ", "00001113366")
_STRAY_LETTER = re.compile(r"(?<=\d)[a-wyzA-WYZ](?=\d)|(?<=[\s\d])[a-wyzA-WYZ](?=\d)|(?<=\d)[a-wyzA-WYZ](?![^\W\d_])")
_VANITY = re.compile(r"(?!.*\b[xX]{2,}\b)[+(]?\d[\d\s().-]*[A-Za-z][A-Za-z\d\s.-]*")
_TRUNK_IN_BRACKETS = re.compile(r"\(\s*0\s*\)")
_SHORTEST_BARE, _SHORTEST_FOREIGN, _LONGEST_E164 = 8, 11, 15
_MANY_LENGTHS, _LONGEST_LOCAL, _SHORTEST_WHOLE = 5, 8, 10
_RANK = {"possible": 3, "local": 2, "none": 1, "short": 0, "long": 0}


def strip_label(text: str) -> str:
    """Without a leading `Tel.:`, `моб.` or their like."""
    found = _LABEL.match(text)
    return text[found.end() :] if found else text


def to_digits(text: str) -> tuple[str, bool] | None:
    """(ASCII digits, whether a plus led them) of text that holds nothing but digits and the usual marks, else None."""
    bare = text.translate(_DROP)
    if bare[:1] in "+＋":
        digits = bare.lstrip("+＋")
        plus = bare != ""
    else:
        digits, plus = bare, False
    if digits.isascii():
        return (digits, plus) if digits.isdigit() else None
    if digits.isdecimal():
        return "".join(str(int(char)) for char in digits), plus
    return None


def read_number(text: str, region: str | None, area_code: str | None = None) -> Number | None:
    """The number that the text most likely means, None when it holds none of a possible length.

    A valid reading wins over one that is only possible; among several of a kind, the more literal one.
    """
    best: Number | None = None
    for number in _readings(text, region, area_code):
        if number.valid:
            return number
        if best is None or _RANK[number.length] > _RANK[best.length]:
            best = number
    return best


def _readings(text: str, region: str | None, area_code: str | None) -> Iterator[Number]:
    """The readings in the order of their likelihood; who asks stops at the first valid one."""
    found = to_digits(text)
    if found is None:
        found = to_digits(text.translate(_LOOKALIKE)) if any(map(str.isdigit, text)) else None
        if found is None:
            yield from _lettered_readings(text, region)
            return
    digits, plus = found
    if region and not plus and area_code:
        yield from _with_area_code(digits, region, area_code)
    number = read_literal(digits, region, plus=plus)
    if number is not None:
        yield number
    if _TRUNK_IN_BRACKETS.search(text):
        yield from _readings(_TRUNK_IN_BRACKETS.sub("", text, count=1), region, None)
    yield from _repaired(digits, region, plus=plus, first=number, is_run=len(digits) == len(text))


def read_literal(digits: str, region: str | None, *, plus: bool) -> Number | None:
    """The digits as they stand, with two doubts of many-length plans settled: a calling code, a lost area code."""
    number = parse_digits(digits, region, plus=plus)
    if plus or region is None or number is None or number.type != "fixed_line" or digits != number.national:
        return number
    if lacks_area_code(digits, number):
        return number._replace(valid=False, type="unknown", length="local")
    return _with_own_code(digits, region) or number


def _repaired(digits: str, region: str | None, *, plus: bool, first: Number | None, is_run: bool) -> Iterator[Number]:
    is_possible = first is not None and first.length in ("possible", "local")
    if first is not None:
        yield from _without_zero(first)
    if digits.startswith("0") and region and not plus:
        yield from _with_zero_and_code(digits, region)
    if digits.startswith("00") and (number := parse_digits(digits.lstrip("0"), None, plus=True)):
        yield number
    if plus:
        yield from _wrong_plus(digits, region, is_possible=is_possible)
        return
    plan = find_plan(region) if region else None
    shortest = _SHORTEST_BARE if region is None else _SHORTEST_FOREIGN
    if is_possible or not shortest <= len(digits) <= _LONGEST_E164:
        return
    own = f"0{plan.country_code}" if plan else None
    number = parse_digits(digits[1:] if own and digits.startswith(own) else digits, None, plus=True)
    if number and (is_run if region is None else number.valid):
        yield number


def _without_zero(number: Number) -> Iterator[Number]:
    """`022…` and `+48 0 22…` in a country that once had a trunk 0, or never had one."""
    if number.national.startswith("0") and find_main_plan(number.country_code).trunk_digit is None:
        yield from _if_valid(classify(number.country_code, number.national[1:]))


def _with_zero_and_code(digits: str, region: str) -> Iterator[Number]:
    """`049 30 1234567`: the calling code behind one 0 instead of two."""
    plan = find_plan(region)
    if plan and digits.startswith(f"0{plan.country_code}") and (number := parse_digits(digits[1:], None, plus=True)):
        yield from _if_valid(number)


def _wrong_plus(digits: str, region: str | None, *, is_possible: bool) -> Iterator[Number]:
    """`+48 48 22…` with the code twice; `+0221234567`, a plus before a number without a calling code."""
    number = parse_digits(digits, None, plus=True)
    own, national = str(number.country_code if number else ""), number.national.removeprefix("00") if number else ""
    if number and number.length == "long" and national.startswith(own):
        yield from _if_valid(classify(number.country_code, national[len(own) :]))
    plan = find_plan(region) if region else None
    if plan is None or is_possible or digits.startswith(str(plan.country_code)):
        return
    own = f"0{plan.country_code}"
    for number in (parse_digits(digits, plan.region), parse_digits(digits.removeprefix(own), plan.region)):
        if number:
            yield from _if_valid(number)


def _if_valid(number: Number) -> Iterator[Number]:
    if number.valid:
        yield number


def _with_area_code(digits: str, region: str, area_code: str) -> Iterator[Number]:
    """The digits as dialled inside an area, unless they are a whole number of the country already."""
    plan = find_plan(region)
    area = "".join(char for char in area_code if char.isdigit()).lstrip("0")
    if plan is None or not area or digits.startswith("0"):
        return
    plain = parse_digits(digits, region)
    if plain is None or not plain.valid or lacks_area_code(digits, plain):
        yield from _if_valid(classify(plan.country_code, area + digits))


def _with_own_code(digits: str, region: str) -> Number | None:
    """`4915233612432` in Germany: too long to have lost a trunk 0, so 49 is the calling code, whatever else it fits."""
    plan = find_plan(region)
    if plan is None or len(plan.lengths) < _MANY_LENGTHS or not digits.startswith(str(plan.country_code)):
        return None
    national = digits[len(str(plan.country_code)) :]
    number = classify(plan.country_code, national) if len(national) >= _SHORTEST_WHOLE else None
    return number if number and number.valid else None


def lacks_area_code(digits: str, number: Number) -> bool:
    """True for a domestic number that may as well be a local one: no trunk 0, and a plan of many lengths.

    `5566778` in Germany: 05566 778 with its 0 lost, or 5566778 in any town.
    """
    plan = find_plan(number.region) if number.region else None
    if plan is None or plan.trunk_digit != "0" or len(plan.lengths) < _MANY_LENGTHS:
        return False
    return digits == number.national and number.type == "fixed_line" and len(digits) <= _LONGEST_LOCAL


def _lettered_readings(text: str, region: str | None) -> Iterator[Number]:
    """Letters inside: stray ones dropped, a vanity number spelt out; anything else is no number."""
    without = _STRAY_LETTER.sub("", text)
    found = to_digits(without) if without != text else None
    if found and (number := parse_digits(found[0], region, plus=found[1])):
        yield number
    if _VANITY.fullmatch(text) and not _is_whole(text, region) and (parsed := parse_dial_string(text, region)):
        yield parsed[0]


def _is_whole(text: str, region: str | None) -> bool:
    """True when the digits before the first letter are a number: what follows is a word, as in `030 1234567 privat`."""
    found = to_digits(text[: next(at for at, char in enumerate(text) if char.isalpha())])
    number = read_literal(found[0], region, plus=found[1]) if found else None
    return number is not None and number.valid


def parse_dial_string(text: str, region: str | None) -> tuple[Number, str | None] | None:
    """A number and extension as phonenumbers itself reads them: tel: links with parameters, pauses, letters on keys."""
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return classify(parsed.country_code or 0, phonenumbers.national_significant_number(parsed)), parsed.extension
