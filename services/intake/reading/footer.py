"""What stands around a table and is no record: totals, counts, sources, dates of printing, drawn lines."""

import re
from collections.abc import Sequence

from services.intake.reading.cell import EMAIL, PHONE, find_form

LABEL = re.compile(
    r"[*†‡]+ .*|\W*(?:grand\s+)?(?:sub)?(?:total|totals|sum|итого|всего|suma|razem|ogółem|łącznie|iš viso|viso|summe|gesamt"
    r"|insgesamt|somme|celkem|toplam|totale|totaal|count|records?|rows?|source|quelle|źródło|источник|šaltinis"
    r"|generated|exported|erstellt|wygenerowano|сформировано|выгружено|page|seite|strona|страница|note|notes|uwaga"
    r"|примечание|pastaba|copyright|©|---|===|end of)\b.*",
    re.IGNORECASE | re.DOTALL,
)
COUNT = re.compile(
    r"\W*(?:(?:total |the )?(?:number|no\.?) of|anzahl|liczba|ilość|количество|кол-во|число|kiekis|skaičius|records?|rows?)"
    r"\b[^\d:=]{0,40}[:=]?\s*\d+\W*|\(?\d+ (?:rows?|records?|entries|results|zeilen|wierszy|строк|записей|eilut\w+)(?: in set.*)?\)?",
    re.IGNORECASE,
)
MADE = re.compile(
    r"\W*(?:printed|created|compiled|prepared|downloaded|extracted|as of|gedruckt|stand|wydrukowano|sporządzono|напечатано"
    r"|составлено|дата (?:выгрузки|печати|отч[её]та)|data (?:wydruku|eksportu|raportu)|atspausdinta|sudaryta)\b.*\d{2}.*",
    re.IGNORECASE | re.DOTALL,
)
RULER = re.compile(r"[-=+_*|: ]*[-=]{3}[-=+_*|: ]*")
"""A line drawn below a header or a table."""
LONG_CHARS = 400
"""As much of a cell as is looked at: patterns that may begin with any sign take long for megabytes of signs."""
MAX_CELLS = 2
GRAND = re.compile(r"\W*(?:grand|sub)\W", re.IGNORECASE)
BARE_PHONE = re.compile(r"\+?\d{9,13}")


def is_label(filled: Sequence[str]) -> bool:
    """True when the filled cells of a row name a total, a count or where the table comes from.

    A row with a phone or an e-mail in it is a record, whatever its first word: `Total Fitness` is a company.
    """
    filled = [cell[:LONG_CHARS] for cell in filled]
    if any(find_form(cell) in (PHONE, EMAIL) for cell in filled):
        return False
    if len(filled[0].split()) > 1 and not GRAND.match(filled[0]) and any(map(BARE_PHONE.fullmatch, filled[1:])):
        return False
    if LABEL.fullmatch(filled[0]) or (len(filled) <= MAX_CELLS and LABEL.fullmatch(filled[-1])):
        return True
    return len(filled) <= MAX_CELLS and bool(COUNT.fullmatch(" ".join(filled)) or MADE.fullmatch(filled[0]))


def is_ruler(cells: Sequence[str]) -> bool:
    """True for a line of dashes or the like, drawn and not written."""
    return all(RULER.fullmatch(cell[:LONG_CHARS]) for cell in cells if cell.strip())
