"""Many forms side by side as columns of codes: what the vectorised comparison reads.

Forms may be streamed in and dropped; the table keeps each distinct value once and four bytes a cell. It also counts, by
country, how many records hold each value, since a rare value in common says more than a frequent one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.form import Form
from shared.match.market import calling_prefix, markets_of
from shared.match.vocabulary import Codes, Vocabulary, padded
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


def _single_values(form: Form) -> dict[str, str]:
    return {
        "given": form.given, "family": form.family, "rest": " ".join(form.other), "company": " ".join(form.company),
        "street": form.street, "house": form.house, "unit": form.unit, "city": form.city, "postcode": form.postcode,
        "birth": form.birth, "company_id": form.company_id, "country": form.country,
        "prefix": calling_prefix(form.phones), "guessed": form.guessed,
    }  # fmt: skip


def _many_values(form: Form) -> dict[str, tuple[str, ...]]:
    webs = tuple(dict.fromkeys(domain for domain in (form.site_domain, *form.mail_domains) if domain))
    return {"phones": form.phones, "sevens": form.sevens, "emails": form.emails, "webs": webs}


def table_of(forms: Iterable[Form]) -> Table:
    """The columns of these forms, in their order."""
    vocabularies = {name: Vocabulary() for name in (*dict.fromkeys(SINGLE.values()), *MANY)}
    single: dict[str, list[int]] = {column: [] for column in SINGLE}
    many: dict[str, list[list[int]]] = {column: [] for column in MANY}
    mail_domain: dict[int, int] = {}
    webs = vocabularies["webs"]
    for form in forms:
        for column, value in _single_values(form).items():
            single[column].append(vocabularies[SINGLE[column]].code(value))
        for column, values in _many_values(form).items():
            many[column].append([vocabularies[column].code(value) for value in values])
        for code, domain in zip(many["emails"][-1], form.mail_domains, strict=True):
            mail_domain[code] = webs.code(domain)
    renumbered = {name: vocabulary.in_order() for name, vocabulary in vocabularies.items()}
    columns = {column: renumbered[SINGLE[column]][np.array(codes, dtype=np.int32)] for column, codes in single.items()}
    columns["market"] = markets_of(columns["country"], columns.pop("prefix"), columns["city"])
    columns |= {column: renumbered[column][padded(rows, MANY[column])] for column, rows in many.items()}
    words = {name: vocabulary.values for name, vocabulary in vocabularies.items()}
    email_domains = np.zeros(len(words["emails"]), dtype=np.int32)
    for code, domain_code in mail_domain.items():
        email_domains[renumbered["emails"][code]] = renumbered["webs"][domain_code]
    is_role = np.fromiter((is_role_mailbox(email.partition("@")[0]) for email in words["emails"]), dtype=np.bool_)
    return Table(len(single["given"]), columns, words, email_domains, is_role)


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
