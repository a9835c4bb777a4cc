"""What each column means: by a given mapping, by memory, by its header word, its neighbours and its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.intake.reading.content import Content
from services.intake.reading.download import HEAD, is_download
from services.intake.reading.headerword import Meaning, find_meaning, normalise
from services.intake.reading.neighbour import settle

FIELDS = frozenset(
    """external_id company person given_name family_name job_title phone mobile fax email website street city region
    postcode country birth_date company_id industry industry_code employees language timezone channel product tag
    segment potential note ignore owner status customer_since last_contact_at last_outcome next_contact_at do_not_call
    consent_at consent_text revenue""".split()
)
SAMPLE_ROWS = 400
ADDRESSED = frozenset("job_title person given_name".split())
"""Fields whose words (`Title`) also stand above salutations."""
BARE_WORDS = frozenset("number no nr nummer numer номер numeris value text content data line wert wartosc".split())
"""Known words that say nothing: what stands below them does, when it is plain."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written (None without one), its field (None when unmapped), how sure and by what."""

    header: str | None
    field: str | None
    confidence: float
    by: str


def map_columns(
    headers: Sequence[str | None],
    sample_rows: Sequence[Sequence[str]],
    *,
    memory: Mapping[str, str] | None = None,
    override: Mapping[str, str] | None = None,
    country: str | None = None,
) -> list[Column]:
    """Decide the field of each column.

    `override` and `memory` map a header as written, or `#n` (from 1), to a field; an override wins over all. What a
    download of ours says of its rows is ignored, and its own columns are counted from 1.
    """
    if is_download(headers):
        told = [Column(header, "ignore", 1.0, "header") for header in HEAD]
        own = [row[len(HEAD) :] for row in sample_rows]
        return told + map_columns(headers[len(HEAD) :], own, memory=memory, override=override, country=country)
    rows = sample_rows[:SAMPLE_ROWS]
    contents = [Content([row[place] for row in rows if place < len(row)], country) for place in range(len(headers))]
    has_header = any(headers)
    columns = [guess(header, content, has_header) for header, content in zip(headers, contents, strict=True)]
    columns = settle_all(columns, contents)
    return [use_given(column, place, override, memory) for place, column in enumerate(columns, 1)]


def guess(header: str | None, content: Content, has_header: bool) -> Column:
    """By the word when it says anything, checked against the cells; else by the cells."""
    shown = header if header and header.strip() else None
    meaning = find_meaning(header or "")
    if meaning.field in ADDRESSED and content.is_salutation:
        return Column(shown, None, 0.0, "none")
    if meaning.field:
        return check_content(shown, meaning, content)
    if meaning.confidence and shown:
        found = content.best(least=0.8) if normalise(shown) in BARE_WORDS else None
        if found and found.field in ("phone", "email"):
            return Column(shown, found.field, found.confidence, "content")
        return Column(shown, None, 0.0, "none")
    found = content.best(least=0.6 if has_header else 0.4)
    if found:
        return Column(shown, found.field, found.confidence, "content")
    return Column(shown, None, 0.0, "none")


def check_content(header: str | None, meaning: Meaning, content: Content) -> Column:
    """The word's field, unless the cells deny it and say something else."""
    field = meaning.field or ""
    if content.denies(field):
        found = content.best(least=0.8)
        if found and found.field != field:
            return Column(header, found.field, min(0.7, found.confidence), "content")
        return Column(header, None, 0.0, "none")
    return Column(header, field, meaning.confidence, "header")


def settle_all(columns: list[Column], contents: Sequence[Content]) -> list[Column]:
    """Ambiguous words and columns without any, decided by what stands beside them."""
    words = [normalise(column.header or "") for column in columns]
    fields = settle(words, [column.field for column in columns], contents)
    settled = []
    for column, (field, confidence, by) in zip(columns, fields, strict=True):
        if field == column.field and not by:
            settled.append(column)
        else:
            settled.append(replace(column, field=field, confidence=confidence, by=by if field else "none"))
    return settled


def use_given(
    column: Column, place: int, override: Mapping[str, str] | None, memory: Mapping[str, str] | None
) -> Column:
    """The column as the uploader or an earlier upload of the source said."""
    for given, by in ((override, "memory"), (memory, "memory")):
        field = find_given(given, column.header, place)
        if field is not None:
            return replace(column, field=field or None, confidence=1.0, by=by)
    return column


def find_given(given: Mapping[str, str] | None, header: str | None, place: int) -> str | None:
    """The field given for a column by its place or header; None when nothing is."""
    if not given:
        return None
    if f"#{place}" in given:
        return given[f"#{place}"]
    if header is None:
        return None
    if header in given:
        return given[header]
    wanted = header.strip().casefold()
    return next((field for key, field in given.items() if key.strip().casefold() == wanted), None)
