"""Where the records are in a JSON value: a list under some key, objects by key, columns of values, lists with a header."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from services.intake.reading.cell import TYPED, find_form
from services.intake.reading.headerword import find_meaning, is_header_word

WRAPPERS = frozenset(
    "data items results result records rows leads contacts companies features hits docs documents entries list value"
    " values response elements people persons organizations places objects payload content".split()
)
HEADERS = frozenset("columns header headers fields cols".split())
TELLING = frozenset("company person given_name family_name phone mobile email".split())
"""Fields that a list of leads has, and what surrounds it has not."""
RECORD = 2
"""An object with so many of them is a record itself, whatever lists it holds."""

Value = Any


def unwrap(line: int, value: Value) -> Iterator[tuple[int, Value]]:
    """The records inside a lone object: its list of objects, its objects by key, or itself."""
    if not isinstance(value, Mapping):
        yield line, value
        return
    table = find_table(value)
    if table:
        yield from ((line, record) for record in table)
        return
    lists = {key: item for key, item in value.items() if is_list_of_objects(item) and count_telling(value) < RECORD}
    named = [key for key in lists if key.casefold() in WRAPPERS]
    if not named and len(lists) == 1 and len(value) <= 6:
        named = [key for key in lists if not any(isinstance(v, list | dict) for k, v in value.items() if k != key)]
    if not named:
        named = [key for key, item in lists.items() if tells_more(item, value)]
    if named:
        yield from ((line, item) for item in lists[named[0]])
        return
    nested = [key for key in value if key.casefold() in WRAPPERS and isinstance(value[key], Mapping)]
    if len(nested) == 1 and any(is_list_of_objects(item) for item in value[nested[0]].values()):
        yield from unwrap(line, value[nested[0]])
    elif is_keyed(value):
        yield from ((line, {"key": key, **item}) for key, item in value.items())
    else:
        yield line, value


def is_list_of_objects(item: Value) -> bool:
    """True for a filled list whose first element is an object."""
    return isinstance(item, list) and bool(item) and isinstance(item[0], Mapping)


def is_keyed(value: Mapping[str, Value]) -> bool:
    """True for records by key: several objects of mostly the same keys."""
    items = list(value.values())
    if len(items) < 3 or not all(isinstance(item, Mapping) for item in items):
        return False
    common = set(items[0]).intersection(*(set(item) for item in items[1:50]))
    return len(common) * 2 >= len(items[0]) and bool(common)


def tells_more(items: Sequence[Value], around: Mapping[str, Value]) -> bool:
    """True for several objects that have more of what leads have than the object that holds them."""
    objects = [item for item in items if isinstance(item, Mapping)]
    inside = max((count_telling(item) for item in objects[:5]), default=0)
    return len(objects) >= 2 and inside >= RECORD and inside > count_telling(around)


def count_telling(value: Mapping[str, Value]) -> int:
    """How many of the fields of a lead the plain values of an object are called by."""
    plain = [key for key, item in value.items() if not isinstance(item, Mapping | list)]
    return len({find_meaning(key).field for key in plain} & TELLING)


def find_table(value: Mapping[str, Value]) -> list[Value]:
    """The records of an object that holds a table: lists under a list of headers, or a list of values a column."""
    headers = [item for key, item in value.items() if key.casefold() in HEADERS and is_plain_list(item)]
    rows = [item for key, item in value.items() if key.casefold() in WRAPPERS and is_list_of_lists(item)]
    if len(headers) == 1 and len(rows) == 1:
        return [name_cells(headers[0], cells) for cells in rows[0]]
    if len(rows) == 1:
        first, second = [*rows[0], None][:2]
        is_headed = isinstance(second, list) and is_header_list(first, second)
        return [name_cells(first, cells) for cells in rows[0][1:]] if is_headed else [*rows[0]]
    columns = list(value.values())
    if all(isinstance(column, Mapping) and column and all(map(str.isdigit, column)) for column in columns):
        columns = [list(column.values()) for column in columns]
    lengths = {len(column) if is_plain_list(column) else 0 for column in columns}
    if len(columns) < 2 or len(lengths) != 1 or lengths <= {0, 1}:
        return []
    return [dict(zip(value, cells, strict=True)) for cells in zip(*columns, strict=True)]


def is_plain_list(item: Value) -> bool:
    """True for a filled list of values that hold no others."""
    return isinstance(item, list) and bool(item) and not any(isinstance(part, Mapping | list) for part in item)


def is_list_of_lists(item: Value) -> bool:
    """True for a filled list whose first elements are lists."""
    return isinstance(item, list) and bool(item) and all(isinstance(part, list) for part in item[:5])


def is_header_list(first: Value, second: Value) -> bool:
    """True when the first of two lists holds the names of what stands in the second."""
    if not isinstance(first, list) or not isinstance(second, list) or len(first) < 2:
        return False
    if not all(isinstance(cell, str) and cell.strip() for cell in first) or len(set(first)) < len(first):
        return False
    if any(find_form(cell) in TYPED for cell in first):
        return False
    words = sum(map(is_header_word, first))
    return words >= 0.5 * len(first) or any(find_form(str(cell)) in TYPED for cell in second)


def name_cells(header: Sequence[Value], cells: Value) -> Value:
    """The cells of a list under the names of a header, those beyond it under their places; anything else as it is."""
    if not isinstance(cells, list):
        return cells
    named: dict[str, Value] = {}
    for place, (name, cell) in enumerate(zip_longest(header, cells), 1):
        key = str(place) if name is None else str(name)
        named[f"{key} {place}" if key in named else key] = cell
    return named


def name_lists(items: Iterator[Value]) -> Iterator[Value]:
    """Pairs (line, value) and complaints as they come; lists under a first list of names become objects."""
    first, second = next(items, None), next(items, None)
    if isinstance(first, tuple) and isinstance(second, tuple) and is_header_list(first[1], second[1]):
        yield second[0], name_cells(first[1], second[1])
        for item in items:
            yield (item[0], name_cells(first[1], item[1])) if isinstance(item, tuple) else item
        return
    yield from (item for item in (first, second) if item is not None)
    yield from items
