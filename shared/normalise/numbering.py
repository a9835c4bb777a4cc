"""The world's numbering plans, read from phonenumbers' metadata and compiled once: digits in, number out.

Same answers as phonenumbers (a test holds them side by side over every region) at a fifth of its time: phonenumbers
looks its patterns up in the cache of `re`, which holds 512 and thrashes as soon as a list mixes countries.
Digits only, no free text.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc

PLAN_VERSION = f"phonenumbers-{phonenumbers.__version__}"

Length = Literal["possible", "local", "short", "long", "none"]

_SHORTEST_NATIONAL, _LONGEST_NATIONAL, _LONGEST_INTERNATIONAL = 2, 17, 15
_LONGEST_COUNTRY_CODE = 3
_NEVER = re.compile(r"(?!)")
_SPECIAL = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail")
_CODES = {str(code): code for code in COUNTRY_CODE_TO_REGION_CODE}


class Plan(NamedTuple):
    """The numbering plan of one region (or of one calling code without a region).

    `kinds`: length of the national number -> one pattern whose named groups are the kinds of number of that length, in
    the order in which phonenumbers asks for them. `people_lengths` are the lengths of fixed and mobile numbers.
    """

    region: str
    country_code: int
    general: re.Pattern[str]
    lengths: tuple[int, ...]
    local_lengths: frozenset[int]
    kinds: dict[int, re.Pattern[str]]
    mobile: re.Pattern[str]
    people_lengths: frozenset[int]
    is_fixed_also_mobile: bool
    leading: re.Pattern[str] | None
    idd: re.Pattern[str]
    trunk: re.Pattern[str] | None
    trunk_rule: str | None
    trunk_digit: str | None

    def length(self, national: str) -> Length:
        """How the length of a national number stands to the plan; `local` needs an area code in front."""
        size = len(national)
        if size in self.local_lengths:
            return "local"
        if size in self.lengths:
            return "possible"
        return "short" if size < self.lengths[0] else "long" if size > self.lengths[-1] else "none"

    def type_of(self, national: str) -> str:
        """The kind of number, `unknown` where the plan has no such number."""
        pattern = self.kinds.get(len(national))
        found = pattern.fullmatch(national) if pattern else None
        if found is None or found.lastgroup is None or not self.general.fullmatch(national):
            return "unknown"
        if found.lastgroup != "fixed_line":
            return found.lastgroup
        is_both = self.is_fixed_also_mobile or self.mobile.fullmatch(national)
        return "fixed_line_or_mobile" if is_both else "fixed_line"


class Number(NamedTuple):
    """A number as the plan sees it; `region` is None where no region of its calling code knows it."""

    country_code: int
    national: str
    valid: bool
    type: str
    region: str | None
    length: Length

    @property
    def e164(self) -> str:
        """The number in E.164."""
        return f"+{self.country_code}{self.national}"


@cache
def find_plan(region: str) -> Plan | None:
    """The plan of an ISO region, None for a code that has none."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    return _compile(metadata) if metadata else None


def find_main_plan(country_code: int) -> Plan:
    """The plan that stands for a calling code, the one of its largest country where several share it."""
    return _plans_of(country_code)[0]


@cache
def _plans_of(country_code: int) -> tuple[Plan, ...]:
    """The plans that share a calling code, the main one first."""
    plans = [find_plan(region) for region in COUNTRY_CODE_TO_REGION_CODE[country_code]]
    if abroad := PhoneMetadata.metadata_for_nongeo_region(country_code, None):
        plans.append(_compile(abroad))
    return tuple(plan for plan in plans if plan)


def _compile(metadata: PhoneMetadata) -> Plan:
    general = metadata.general_desc or PhoneNumberDesc()
    prefix = metadata.national_prefix_for_parsing
    is_both = bool(metadata.same_mobile_and_fixed_line_pattern)
    shapes = [(name, getattr(metadata, name)) for name in (*_SPECIAL, "fixed_line", *(() if is_both else ("mobile",)))]
    people = [desc for desc in (metadata.fixed_line, metadata.mobile) if desc and desc.national_number_pattern]
    return Plan(
        region=metadata.id,
        country_code=metadata.country_code or 0,
        general=_pattern(general),
        lengths=tuple(general.possible_length),
        local_lengths=frozenset(general.possible_length_local_only),
        kinds=_by_length([(name, desc) for name, desc in shapes if desc and desc.national_number_pattern]),
        mobile=_pattern(metadata.mobile),
        people_lengths=frozenset(length for desc in people for length in desc.possible_length),
        is_fixed_also_mobile=is_both,
        leading=re.compile(metadata.leading_digits) if metadata.leading_digits else None,
        idd=re.compile(metadata.international_prefix or "(?!)"),
        trunk=re.compile(prefix) if prefix else None,
        trunk_rule=metadata.national_prefix_transform_rule or None,
        trunk_digit=metadata.national_prefix or None,
    )


def _pattern(desc: PhoneNumberDesc | None) -> re.Pattern[str]:
    return re.compile(desc.national_number_pattern) if desc and desc.national_number_pattern else _NEVER


def _by_length(shapes: list[tuple[str, PhoneNumberDesc]]) -> dict[int, re.Pattern[str]]:
    names: dict[int, list[str]] = {}
    for name, desc in shapes:
        for length in desc.possible_length:
            names.setdefault(length, []).append(name)
    patterns = {name: desc.national_number_pattern for name, desc in shapes}
    compiled = {
        kinds: re.compile("|".join(f"(?P<{name}>{patterns[name]})" for name in kinds))
        for kinds in set(map(tuple, names.values()))
    }
    return {length: compiled[tuple(kinds)] for length, kinds in names.items()}


def parse_digits(digits: str, region: str | None, *, plus: bool = False) -> Number | None:
    """The number that a caller in `region` means by these ASCII digits; `plus` when a plus stood before them.

    None: no country, an unknown calling code, or too few or too many digits for any number.
    """
    plan = find_plan(region) if region else None
    split = _split_code(digits, plan, plus=plus)
    if split is None:
        return None
    code, national = split
    if code:
        plan = find_main_plan(code)
    elif plan is None or plus:
        return None
    else:
        code, national = plan.country_code, digits
    if len(national) < _SHORTEST_NATIONAL:
        return None
    shorter = _strip_trunk(national, plan)
    if shorter is not national and plan.length(shorter) in ("possible", "long"):
        national = shorter
    if not _SHORTEST_NATIONAL <= len(national) <= _LONGEST_NATIONAL:
        return None
    return classify(code, national)


def classify(country_code: int, national: str) -> Number:
    """What the plan says about a national number: validity, type, region, and how its length stands."""
    plans = _plans_of(country_code)
    length = plans[0].length(national)
    if len(plans) == 1:
        kind = plans[0].type_of(national)
        return Number(country_code, national, kind != "unknown", kind, plans[0].region, length)
    for plan in plans:
        if plan.leading is not None:
            if plan.leading.match(national):
                kind = plan.type_of(national)
                return Number(country_code, national, kind != "unknown", kind, plan.region, length)
        elif (kind := plan.type_of(national)) != "unknown":
            return Number(country_code, national, True, kind, plan.region, length)
    return Number(country_code, national, False, "unknown", None, length)


def _split_code(digits: str, plan: Plan | None, *, plus: bool) -> tuple[int, str] | None:
    """The calling code that the digits carry and the rest; code 0 for a national number, None for an unknown code."""
    if plus and (found := _find_code(digits)):
        return found
    if plan is None:
        return 0, digits
    if (dialled := plan.idd.match(digits)) and digits[dialled.end() : dialled.end() + 1] != "0":
        return _find_code(digits[dialled.end() :])
    own = str(plan.country_code)
    if digits.startswith(own):
        rest = _strip_trunk(digits[len(own) :], plan)
        is_better = not plan.general.fullmatch(digits) and plan.general.fullmatch(rest)
        if is_better or plan.length(digits) == "long":
            return plan.country_code, rest
    return 0, digits


def _find_code(digits: str) -> tuple[int, str] | None:
    if len(digits) > _SHORTEST_NATIONAL and digits[0] != "0":
        for size in range(1, _LONGEST_COUNTRY_CODE + 1):
            if code := _CODES.get(digits[:size]):
                return code, digits[size:]
    return None


def _strip_trunk(national: str, plan: Plan) -> str:
    """Without what is dialled before a domestic number (0, 8, a carrier code), unless that makes a good number bad."""
    if plan.trunk is None or not (prefix := plan.trunk.match(national)) or not prefix.end():
        return national
    groups = prefix.groups()
    if plan.trunk_rule and groups and groups[-1] is not None:
        shorter = plan.trunk.sub(plan.trunk_rule, national, count=1)
    else:
        shorter = national[prefix.end() :]
    if plan.general.fullmatch(national) and not plan.general.fullmatch(shorter):
        return national
    return shorter
