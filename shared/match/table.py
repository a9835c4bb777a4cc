"""Many forms side by side as columns of codes: what the vectorised comparison reads.

Forms may be streamed in and dropped; the table keeps each distinct value once and four bytes a cell. It also counts, by
country, how many records hold each value, since a rare value in common says more than a frequent one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.form import Form
from shared.match.market import calling_prefix, markets_of
from shared.match.vocabulary import Codes, Vocabulary
from shared.normalise.email import is_role_mailbox

PHONES: Final = 3
EMAILS: Final = 2
WEBS: Final = 3
SHARED_BY_NAMES: Final = 4  # from so many different names on, a number or mailbox names nobody

# column: the vocabulary it is coded with; columns with one vocabulary can be compared with each other
SINGLE: Final = {
    "given": "name", "family": "name", "rest": "rest", "company": "company", "street": "street", "house": "house",
    "unit": "unit", "city": "city", "postcode": "postcode", "birth": "birth", "company_id": "company_id",
    "country": "country", "prefix": "prefix", "guessed": "guessed",
}  # fmt: skip
_FORMS_A_TURN: Final = 5_000
MANY: Final = {"phones": PHONES, "sevens": PHONES, "emails": EMAILS, "webs": WEBS}


@dataclass(frozen=True, slots=True)
class Table:
    """`columns`: int32 codes, one line a record; `words`: the distinct values behind the codes of a vocabulary."""

    size: int
    columns: dict[str, Codes]
    words: dict[str, list[str]]
    email_domains: Codes  # by e-mail code: its own domain in the vocabulary of `webs`, 0 for free-mail
    is_role: NDArray[np.bool_]  # by e-mail code

    def is_guessed(self, part: str) -> NDArray[np.bool_]:
        """By record, whether this part of the name (`g` given, `f` family) was read out of its e-mail."""
        marked = np.fromiter((part in mark for mark in self.words["guessed"]), dtype=np.bool_)
        guessed: NDArray[np.bool_] = marked[self.columns["guessed"]]
        return guessed

    def has_name(self) -> NDArray[np.bool_]:
        """By record, whether it names a person."""
        named: NDArray[np.bool_] = (self.columns["given"] > 0) | (self.columns["family"] > 0)
        return named


_READ: Final[dict[str, Callable[[Form], str]]] = {
    **{column: attrgetter(column) for column in
       ("given", "family", "street", "house", "unit", "city", "postcode", "birth", "company_id", "country", "guessed")},
    "rest": lambda form: " ".join(form.other), "company": lambda form: " ".join(form.company),
    "prefix": lambda form: calling_prefix(form.phones),
}  # fmt: skip
_READ_MANY: Final[dict[str, Callable[[Form], Sequence[str]]]] = {
    **{column: attrgetter(column) for column in ("phones", "sevens", "emails")},
    "webs": lambda form: [*dict.fromkeys(filter(None, (form.site_domain, *form.mail_domains)))],
}


class _Columns:
    """Columns that grow by some thousand forms at a time."""

    def __init__(self) -> None:
        self._vocabularies = {name: Vocabulary() for name in (*dict.fromkeys(SINGLE.values()), *MANY)}
        self._parts: dict[str, list[Codes]] = {column: [] for column in (*SINGLE, *MANY, "mail_domains")}

    def add(self, forms: Sequence[Form]) -> None:
        for column, vocabulary in SINGLE.items():
            self._parts[column].append(self._vocabularies[vocabulary].code(map(_READ[column], forms)))
        for column in MANY:
            self._parts[column].append(self._slots(list(map(_READ_MANY[column], forms)), column, column))
        self._parts["mail_domains"].append(self._slots([form.mail_domains for form in forms], "webs", "emails"))

    def _slots(self, rows: Sequence[Sequence[str]], vocabulary: str, column: str) -> Codes:
        code = self._vocabularies[vocabulary].code
        slots = [code(row[slot] if slot < len(row) else "" for row in rows) for slot in range(MANY[column])]
        return np.stack(slots, axis=1)

    def finished(self) -> Table:
        renumbered = {name: vocabulary.in_order() for name, vocabulary in self._vocabularies.items()}
        coded_with = {**SINGLE, **{column: column for column in MANY}, "mail_domains": "webs"}
        columns = {
            column: renumbered[coded_with[column]][np.concatenate(parts)] for column, parts in self._parts.items()
        }
        columns["market"] = markets_of(columns["country"], columns.pop("prefix"), columns["city"])
        words = {name: vocabulary.values for name, vocabulary in self._vocabularies.items()}
        email_domains = np.zeros(len(words["emails"]), dtype=np.int32)
        email_domains[columns["emails"]] = columns.pop("mail_domains")
        is_role = np.fromiter((is_role_mailbox(email.partition("@")[0]) for email in words["emails"]), dtype=np.bool_)
        return Table(len(columns["given"]), columns, words, email_domains, is_role)


def table_of(forms: Iterable[Form]) -> Table:
    """The columns of these forms, in their order."""
    columns, stream = _Columns(), iter(forms)
    columns.add(list(islice(stream, _FORMS_A_TURN)))
    while turn := list(islice(stream, _FORMS_A_TURN)):
        columns.add(turn)
    return columns.finished()


def content_order(table: Table) -> NDArray[np.int64]:
    """The lines of the table in an order that depends on what the records say, not on how they came."""
    columns = [line for codes in table.columns.values() for line in np.atleast_2d(codes.T)]
    order: NDArray[np.int64] = np.lexsort(columns)
    return order


def is_repetition(table: Table) -> NDArray[np.bool_]:
    """By record, whether another record before it in the order of content says exactly the same."""
    order = content_order(table)
    same = np.ones(max(table.size - 1, 0), dtype=np.bool_)
    for codes in table.columns.values():
        ordered = codes[order]
        equal = ordered[1:] == ordered[:-1]
        same &= equal if equal.ndim == 1 else equal.all(axis=1)
    repeated = np.zeros(table.size, dtype=np.bool_)
    repeated[order[1:]] = same
    return repeated


def names_behind(table: Table, column: str) -> NDArray[np.int32]:
    """By code of `phones` or `emails`: how many different people's names stand beside it.

    Names count as different by their first letters, so that five spellings of one name do not look like five people.
    """
    words = table.words["name"]
    letter = np.fromiter((ord(word[0]) if word else 0 for word in words), dtype=np.int64, count=len(words))
    first, second = letter[table.columns["given"]], letter[table.columns["family"]]
    initials = (np.minimum(first, second) << 16) | np.maximum(first, second)
    codes = table.columns[column]
    held = (codes > 0) & ((first > 0) & (second > 0))[:, None]
    lines, _ = np.nonzero(held)
    distinct = np.unique(np.stack([codes[held].astype(np.int64), initials[lines]]), axis=1)
    return np.bincount(distinct[0], minlength=len(table.words[column])).astype(np.int32)
