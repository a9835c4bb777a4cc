"""Where the table lies among the records: preamble, header of one or more lines, first record, typed columns."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from services.intake.reading.cell import (
    BLANK,
    CODE,
    FAULT,
    NUMBER,
    PROSE,
    TEXT,
    TYPED,
    find_form,
    find_main_form,
    find_shape,
)
from services.intake.reading.footer import is_ruler
from services.intake.reading.headername import join_header
from services.intake.reading.headersign import find_labels, has_own_style, is_counted

Record = tuple[int, list[str]]
"""The physical line and the cells."""

SEARCHED_ROWS = 30
BODY_ROWS = 200
LEAST_HEADER = 0.75


@dataclass(frozen=True, slots=True)
class Layout:
    """The table's place: header words joined over its lines, line of the header (None without), first data line.

    `forms` holds, per column, the form that most of its cells have when that tells a header from a record, else None.
    With `has_names` each record starts with a cell that the header leaves out; it is moved behind the others.
    """

    header: tuple[str, ...]
    header_line: int | None
    first_line: int
    width: int
    forms: tuple[str | None, ...]
    header_rows: tuple[tuple[str, ...], ...] = ()
    has_names: bool = False


def find_layout(records: Sequence[Record], is_word: Callable[[str], bool]) -> Layout:
    """Lay out the first table of the sample; `is_word` knows the words that columns are called by.

    The sample holds at least one record that is not blank.
    """
    rows = [record for record in records if not is_blank(record[1])]
    width = find_width([cells for _, cells in rows])
    start = skip_preamble(rows, width)
    main = find_header(rows, start, width, is_word)
    if main is None:
        body = [cells for _, cells in rows[start:]]
        width = max(width, find_width(body))
        forms = find_forms(body, width)
        return Layout(("",) * width, None, rows[start][0], width, forms)
    first, last = find_header_span(rows, main, width)
    parts = [tuple(rows[place][1]) for place in range(first, last + 1)]
    body = cut_at_header(rows[last + 1 :], rows[main][1])
    has_names = has_row_names(rows[main][1], body)
    if has_names:
        body = [move_name(cells) for cells in body]
    width = max(len(rows[main][1]), find_filled_width(body))
    header = join_header(parts, width - has_names)
    following = rows[last + 1][0] if last + 1 < len(rows) else rows[last][0] + 1
    return Layout(header, rows[first][0], following, width, find_forms(body, width), tuple(parts), has_names)


def is_blank(cells: Sequence[str]) -> bool:
    """True when no cell holds more than whitespace."""
    return not any(cells) or not "".join(cells).strip()


def find_extent(cells: Sequence[str]) -> int:
    """How many cells there are up to the last one that holds anything."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def count_filled(cells: Sequence[str]) -> int:
    """How many cells hold anything."""
    return sum(1 for cell in cells if cell.strip())


def find_width(rows: Sequence[Sequence[str]]) -> int:
    """The usual number of cells of a row; the larger of two equally usual ones.

    One cell is usual only where hardly any rows have as many others: remarks above a small table outnumber it.
    """
    counts = Counter(map(len, rows))
    others = max((count for width, count in counts.items() if width > 1), default=0)
    if others >= 3 and others >= 0.2 * len(rows):
        counts.pop(1, None)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def find_filled_width(rows: Sequence[Sequence[str]]) -> int:
    """The usual width without the last columns that hold nothing: delimiters at the ends of lines."""
    width = find_width(rows)
    while width and not any(len(row) >= width and row[width - 1].strip() for row in rows):
        width -= 1
    return width


def cut_at_header(rows: Sequence[Record], header: Sequence[str]) -> list[list[str]]:
    """The records up to the header of another table: of the same words, or of others behind a gap."""
    body: list[list[str]] = []
    width = find_extent(header)
    for place, (line, cells) in enumerate(rows):
        if len(cells) != len(header) and is_like_header(cells, header):
            break
        gap = place and line > rows[place - 1][0] + 1 + "".join(body[-1]).count("\n")
        extent = find_extent(cells)
        is_other = 1 < extent != width and all(find_form(cell) == TEXT for cell in cells[:extent])
        if gap and is_other and len(rows) > place + 1 and find_extent(rows[place + 1][1]) == extent:
            break
        body.append(cells)
    return body


def is_like_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """True when most of the cells are words of the header."""
    words = {word.strip().casefold() for word in header if word.strip()}
    filled = [cell.strip().casefold() for cell in cells if cell.strip()]
    return len(filled) >= 2 and sum(cell in words for cell in filled) >= max(2, 0.6 * len(filled))


def has_row_names(header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """True when each record starts with a name or number of its own that the header leaves out (as R writes)."""
    longer = [row for row in body if len(row) == len(header) + 1]
    if len(header) < 2 or len(longer) < 2 or len(longer) < 0.95 * len(body) or count_filled(header) < len(header):
        return False
    names = {row[0] for row in longer}
    is_filled = sum(bool(row[-1].strip()) for row in longer) > 0.5 * len(longer)
    return is_filled and len(names) == len(longer) and "" not in names


def move_name(cells: list[str]) -> list[str]:
    """The cells with the row's name behind those that the header names."""
    return cells[1:] + cells[:1]


def skip_preamble(rows: Sequence[Record], width: int) -> int:
    """The place of the first row that can belong to the table: titles fill one cell of several."""
    if width < 2:
        return 0
    least = 2 if width < 6 else 3
    for place, (_, cells) in enumerate(rows[:SEARCHED_ROWS]):
        if count_filled(cells) >= min(least, width):
            return place
    return 0


def find_forms(body: Sequence[Sequence[str]], width: int) -> tuple[str | None, ...]:
    """Per column the typed form of most of its cells, else None."""
    forms: list[str | None] = []
    for column in range(width):
        form = find_main_form(find_form(row[column]) for row in body[:BODY_ROWS] if column < len(row))
        forms.append(form if form in TYPED else None)
    return tuple(forms)


def find_header(rows: Sequence[Record], start: int, width: int, is_word: Callable[[str], bool]) -> int | None:
    """The place of the header's main line: the last good one of the first run of good ones."""
    best: int | None = None
    best_score = LEAST_HEADER
    grid = [list(map(find_form, cells)) for _, cells in rows[start : start + SEARCHED_ROWS + BODY_ROWS]]
    searched = SEARCHED_ROWS if width > 1 else 3
    for place in range(start, min(len(rows), start + searched)):
        body = [cells for _, cells in rows[place + 1 : place + 1 + BODY_ROWS]]
        below = grid[place - start + 1 : place - start + 1 + BODY_ROWS]
        score = score_header(rows[place][1], body, below, width, is_word)
        if best is not None and is_counted(rows[place][1]):
            break
        if score >= best_score - (0.1 if best is not None and place == best + 1 else -0.1 * (best is not None)):
            if best is not None and place > best + 1 + 3:
                break
            best, best_score = place, max(score, best_score)
        elif best is not None and place > best + 3:
            break
    return best


def score_header(
    cells: Sequence[str],
    body: Sequence[Sequence[str]],
    forms_below: Sequence[Sequence[str]],
    width: int,
    is_word: Callable[[str], bool],
) -> float:
    """How much a row looks like a header above that body; from LEAST_HEADER on it is one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or (width > 2 and len(filled) < 2):
        return 0.0
    labels = find_labels(cells, body, forms_below)
    forms = [TEXT if place in labels else find_form(cell) for place, cell in enumerate(cells) if cell.strip()]
    contrast = find_contrast(cells, body, forms_below, width, labels)
    least = 2 if contrast <= 0 and len(body) > 1 else 1
    words = (len(labels) + sum(len(cell) >= least and is_word(cell) for cell in filled)) / len(filled)
    typed = sum(form in TYPED and form != CODE for form in forms) / len(filled)
    unique = len({cell.casefold() for cell in filled}) == len(filled)
    if FAULT in forms or typed > 0.5 or forms.count(PROSE) > 0.3 * len(forms):
        return 0.0
    if not body:
        return 1.0 if words >= 0.3 and len(filled) >= 2 and not typed else 0.0
    score = words + 0.8 * contrast + 0.3 * min(1.0, len(filled) / width)
    score += 0.3 * find_novelty(cells, body, width) + 0.3 * has_own_style(cells, body)
    return score + 0.2 * unique - typed


def find_contrast(
    cells: Sequence[str],
    body: Sequence[Sequence[str]],
    forms_below: Sequence[Sequence[str]],
    width: int,
    labels: Collection[int],
) -> float:
    """From -1 to 1: over the typed columns, how many of the row's cells are of another form than those below."""
    for_, against = 0.0, 0.0
    for column in range(min(width, len(cells))):
        form = find_main_form(row[column] for row in forms_below if column < len(row))
        mine = TEXT if column in labels else find_form(cells[column])
        if form is None or mine == BLANK:
            continue
        if form in TYPED:
            if mine != form and mine in (TEXT, CODE):
                for_ += 1
            else:
                against += 1
        if form == CODE or (form not in TYPED and mine == CODE):
            against += is_same_shape(cells[column], [row[column] for row in body if column < len(row)])
    return (for_ - against) / (for_ + against) if for_ + against else 0.0


def is_same_shape(cell: str, below: Sequence[str]) -> bool:
    """True when the cell is built like nearly all the cells below it."""
    shapes = Counter(map(find_shape, below))
    shapes.pop("", None)
    return shapes[find_shape(cell)] >= 0.6 * shapes.total()


def find_novelty(cells: Sequence[str], body: Sequence[Sequence[str]], width: int) -> float:
    """The share of the columns with recurring values in which the row's cell does not recur."""
    new = recurring = 0
    for column in range(min(width, len(cells))):
        below = [row[column] for row in body if column < len(row) and row[column].strip()]
        if len(below) >= 5 and len(set(below)) < 0.6 * len(below) and cells[column].strip():
            recurring += 1
            new += cells[column] not in below
    return new / recurring if recurring else 0.0


def find_header_span(rows: Sequence[Record], main: int, width: int) -> tuple[int, int]:
    """The first and last place of a header of several lines around its main one."""
    first = last = main
    body = [cells for _, cells in rows[main + 1 : main + 1 + BODY_ROWS]]
    forms = find_forms(body, width)
    while first > 0 and is_upper_part(rows[first - 1], rows[first], rows[main][1], width):
        first -= 1
    while last + 1 < len(rows) - 1 and last - main < 3 and is_lower_part(rows[last + 1][1], rows[main][1], forms):
        last += 1
    return first, last


def is_upper_part(upper: Record, lower: Record, main: Sequence[str], width: int) -> bool:
    """True for group titles right above the header, or the header said twice."""
    line, cells = upper
    if lower[0] - line > 1 + "".join(lower[1]).count("\n") + "".join(cells).count("\n"):
        return False
    if [cell.casefold().strip() for cell in cells] == [cell.casefold().strip() for cell in main]:
        return True
    filled = count_filled(cells)
    if not 2 <= filled < len(cells) or len(cells) < min(width, len(main)):
        return False
    return all(
        find_form(cell) not in TYPED or find_form(cell) == CODE or len(cell) < 10 for cell in cells if cell.strip()
    )


def is_lower_part(cells: Sequence[str], main: Sequence[str], forms: Sequence[str | None]) -> bool:
    """True for subtitles: words only, where the main line is empty or the column below holds figures."""
    if is_blank(cells):
        return False
    if [cell.casefold().strip() for cell in cells] == [cell.casefold().strip() for cell in main]:
        return True
    if is_ruler(cells) or (is_counted(cells) and forms.count(NUMBER) < 0.5 * len(forms)):
        return True
    for column, cell in enumerate(cells):
        if not cell.strip():
            continue
        title = main[column].strip() if column < len(main) else ""
        form = forms[column] if column < len(forms) else None
        if find_form(cell) != TEXT or (title and form is None) or form in (CODE, FAULT):
            return False
    return any(cell.strip() for cell in cells)
