"""Comparing what reaches somebody: telephone numbers, e-mail addresses, domains; of several values the best pair counts."""

import numpy as np
from numpy.typing import NDArray

from shared.match.evidence import Evidence, Rows, grade_codes
from shared.match.field import COLUMN, level_number
from shared.match.frequency import Chances, Frequencies
from shared.match.similar import SAME, Grades, grade_emails
from shared.match.table import SHARED_BY_NAMES, Table
from shared.match.vocabulary import Codes


def compare_contacts(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    """Fill in the fields phone, email and web."""
    _compare_phones(table, frequencies, left, right, partners, out)
    _compare_emails(table, frequencies, left, right, partners, out)
    _compare_webs(table, frequencies, left, right, partners, out)


def _in_common(
    codes: Codes, left: Rows, right: Rows, cells: Chances
) -> tuple[NDArray[np.bool_], NDArray[np.int32], Chances]:
    """Where the lists share a value; which (the one with the smallest chance), and its chance."""
    found = np.zeros(len(left), dtype=np.bool_)
    which, chances = np.zeros(len(left), dtype=np.int32), np.ones(len(left), dtype=np.float32)
    for one in range(codes.shape[1]):
        for other in range(codes.shape[1]):
            mine = codes[left, one]
            equal = (mine > 0) & (mine == codes[right, other])
            chance = np.maximum(cells[left, one], cells[right, other])
            rarer = equal & (chance < chances)
            which[rarer], chances[rarer] = mine[rarer], chance[rarer]
            found |= equal
    return found, which, chances


def _cell_chances(frequencies: Frequencies, column: str, shape: tuple[int, ...], partners: float) -> Chances:
    lines, slots = np.indices(shape)
    return frequencies.chance(column, (lines, slots), partners)


def _known(codes: Codes, left: Rows, right: Rows) -> NDArray[np.bool_]:
    present = codes[:, 0] > 0
    both: NDArray[np.bool_] = present[left] & present[right]
    return both


def _put(out: Evidence, field: str, levels: Grades, chances: Chances) -> None:
    out.levels[:, COLUMN[field]], out.chances[:, COLUMN[field]] = levels, chances


def _compare_phones(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    phones, sevens = table.columns["phones"], table.columns["sevens"]
    cells = _cell_chances(frequencies, "phones", phones.shape, partners)
    exact, which, chances = _in_common(phones, left, right, cells)
    seven, _, _ = _in_common(sevens, left, right, np.zeros(sevens.shape, dtype=np.float32))
    levels = np.where(_known(sevens, left, right), level_number("phone", "different"), 0).astype(np.uint8)
    levels[seven] = level_number("phone", "last_seven")
    shared = frequencies.names_behind["phones"][which] >= SHARED_BY_NAMES
    levels[exact] = np.where(shared, level_number("phone", "shared"), level_number("phone", "exact"))[exact]
    _put(out, "phone", levels, np.where(exact, chances, 0))


def _compare_emails(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    emails = table.columns["emails"]
    cells = _cell_chances(frequencies, "emails", emails.shape, partners)
    exact, which, chances = _in_common(emails, left, right, cells)
    levels = np.zeros(len(left), dtype=np.uint8)
    todo = np.flatnonzero(_known(emails, left, right) & ~exact)
    levels[todo] = _grade_unlike_emails(table, left[todo], right[todo])
    shared = table.is_role[which] | (frequencies.names_behind["emails"][which] >= SHARED_BY_NAMES)
    levels[exact] = np.where(shared, level_number("email", "shared"), level_number("email", "exact"))[exact]
    _put(out, "email", levels, np.where(exact, chances, 0))


def _grade_unlike_emails(table: Table, left: Rows, right: Rows) -> Grades:
    """The best level over all pairs of addresses, none of which are equal; a common own domain raises "different"."""
    emails, different = table.columns["emails"], level_number("email", "different")
    best = np.full(len(left), different, dtype=np.uint8)
    for one in range(emails.shape[1]):
        for other in range(emails.shape[1]):
            mine, theirs = emails[left, one], emails[right, other]
            grades = grade_codes(mine, theirs, table.words["emails"], grade_emails)
            domain = table.email_domains[mine]
            grades[(grades == different) & (domain > 0) & (domain == table.email_domains[theirs])] = level_number(
                "email", "domain"
            )
            role = (table.is_role[mine] | table.is_role[theirs]) & (grades < level_number("email", "domain"))
            grades[role & (grades > 0)] = different
            best = np.where(grades > 0, np.minimum(best, grades), best)
    return best


def _compare_webs(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    """Own domains of site and e-mail; silent where the e-mail field has already said it."""
    webs = table.columns["webs"]
    same, _, chances = _in_common(webs, left, right, _cell_chances(frequencies, "webs", webs.shape, partners))
    levels = np.where(_known(webs, left, right), level_number("web", "different"), 0).astype(np.uint8)
    levels[same] = level_number("web", "same")
    email = out.levels[:, COLUMN["email"]]
    said = (email > 0) & (email != level_number("email", "different")) & (email != level_number("email", "local_part"))
    levels[said] = 0
    _put(out, "web", levels, np.where(levels == SAME, chances, 0))
