"""Readers among random and broken bytes: rows or a refusal that says what to do, never another error."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.intake.reading.errors import NotAList
from services.intake.reading.inspection import inspect_file
from services.intake.reading.rows import Row, read_rows

RECORDS = [["company", "phone", "city"]] + [[f"Firma {n}", f"+48 601 200 {n:03d}", "Łódź"] for n in range(12)]
SIGNS = "abcŁ1+ \";,|\t\r\n\0\ufeff'\\="


def make_csv() -> bytes:
    return "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in RECORDS).encode()


def make_xlsx() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in RECORDS:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def make_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", make_csv())
    return buffer.getvalue()


def make_json() -> bytes:
    return json.dumps([dict(zip(RECORDS[0], row, strict=True)) for row in RECORDS[1:]]).encode()


MAKERS: list[Callable[[], bytes]] = [make_csv, make_xlsx, make_zip, make_json, lambda: gzip.compress(make_csv())]
WHOLE = [make() for make in MAKERS]
RAW = st.one_of(
    st.binary(max_size=2000),
    st.text(SIGNS, max_size=600).map(str.encode),
    st.text(SIGNS, max_size=300).map(lambda text: text.encode("utf-16")),
)


@st.composite
def broken_files(draw: st.DrawFn) -> bytes:
    """A file of some format with a few bytes cut out, put in or changed."""
    data = bytearray(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.sampled_from([0, 1, 30, len(data)]))
        data[start : start + length] = draw(
            st.one_of(st.binary(max_size=40), st.just(b""), st.just(b'"'), st.just(bytes(9)))
        )
    return bytes(data)


def check_understood(path: Path, data: bytes, encoding: str | None) -> None:
    """Reads a file as the service does; whatever is raised beyond a refusal fails the test."""
    path.write_bytes(data)
    found = inspect_file(path, encoding=encoding, sample_only=True)
    json.dumps(found.to_json())
    if not found.is_list:
        assert len(found.problems[0].detail) > 10
        return
    plan = json.loads(json.dumps(found.reading))
    rows = []
    with suppress(NotAList):
        rows += [item.row_no for item in read_rows(path, plan) if isinstance(item, Row)]
    assert rows == list(range(1, len(rows) + 1))


ENCODINGS = st.sampled_from([None, None, None, "utf-16", "utf-8", "cp1251", "utf-32", "utf-7", "big5", "punycode"])
BOUNDED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@BOUNDED
@given(data=RAW, encoding=ENCODINGS)
def test_random_bytes_give_rows_or_a_refusal(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    check_understood(tmp_path / "list.csv", data, encoding)


@BOUNDED
@given(data=broken_files(), encoding=ENCODINGS)
def test_broken_files_give_rows_or_a_refusal(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    check_understood(tmp_path / "list", data, encoding)
