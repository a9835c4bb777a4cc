"""What the base is asked for a list's likely partners, and what that may cost."""

from itertools import product

import numpy as np

from shared.match.key import MAX_KEY_RECORDS
from shared.storage.candidate import list_base_keys
from tests import builders
from tests.integration.line import Line

_PEOPLE = product("Anna Jan Ewa Piotr Olga Marek Irena Tomasz".split(), "Nowak Mazur Wrona Zeman Keller".split())


def test_rarest_keys_are_looked_at_first(line: Line) -> None:
    colleagues = [
        ("Druk Polna", " ".join(name), f"601 2{number + 10} 3{number + 10}", "", "", "", "PL")
        for number, name in enumerate(_PEOPLE)
    ]
    line.take_list([*colleagues, ("", "", colleagues[0][2], "anna@nowak.pl", "", "", "PL")])
    first = np.array([builders.one(line.db, "SELECT min(id) FROM record")], dtype=np.int64)
    with line.ledger.transaction() as connection:
        rarest, every = (
            list_base_keys(connection, first, limit=MAX_KEY_RECORDS, rows=rows)
            for rows in (len(colleagues) // 2, 1_000)
        )
    assert max(np.unique(rarest.keys, return_counts=True)[1]) < len(colleagues) // 2
    assert max(np.unique(every.keys, return_counts=True)[1]) > len(colleagues) // 2
    assert set(rarest.keys.tolist()) < set(every.keys.tolist())
