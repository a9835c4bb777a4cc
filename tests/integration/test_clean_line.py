"""The parts of `leadmill clean` by themselves: files enter, two processes work them off, tables are written."""

import csv
from pathlib import Path

import pytest

from services.clean.files import write_tables
from services.clean.line import Wishes, enter_file, work_off
from shared.blobs import BlobStore
from shared.domain.errors import Refused
from shared.storage.engine import Ledger
from tests.integration.line import Line

LIST = """Company,Contact,Phone,E-mail,City
Nowak Druk,Anna Nowak,601 202 303,anna.nowak@nowak-druk.pl,Warszawa
NOWAK DRUK,Nowak Anna,+48 601 202 303,anna.nowak@nowak-druk.pl,Warszawa
,,,,Gdańsk
"""
WISHES = Wishes("PL", None)


def enter(line: Line, path: Path, wishes: Wishes = WISHES) -> int:
    with Ledger(line.settings.database_url(), application_name="test", max_connections=1) as ledger:
        return enter_file(ledger, BlobStore(Path(line.settings.blobs)), path, path.name, wishes)


def table(folder: Path, name: str) -> list[list[str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_files_are_worked_off_and_told(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    upload = enter(line, path)
    (ended,) = work_off(line.settings, [upload])
    assert (ended.state, ended.counts and ended.counts["merged"]) == ("ready", 1)
    with line.ledger.transaction() as connection:
        write_tables(connection, tmp_path, {upload: "list.csv"})
    assert [row[:4] for row in table(tmp_path, "rows.csv")[1:]] == [
        ["list.csv", "1", "2", "new"],
        ["list.csv", "2", "3", "merged"],
        ["list.csv", "3", "4", "rejected"],
    ]
    assert (
        len(table(tmp_path, "clean.csv"))
        == len(table(tmp_path, "pairs.csv"))
        == len(table(tmp_path, "rejected.csv"))
        == 2
    )


def test_a_given_mapping_is_taken(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\nNowak Druk,601 202 303\nLipowa Meble,602 303 404\n", encoding="utf-8")
    upload = enter(line, path, Wishes("PL", {"a": "company", "b": "phone"}))
    (ended,) = work_off(line.settings, [upload])
    assert ended.counts is not None
    assert ended.counts["new"] == 2


def test_what_is_no_list_is_refused(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir,\n\nwe thank you for your letter, which we read with joy.\nYours\n", encoding="utf-8")
    with pytest.raises(Refused, match="not_a_list"):
        enter(line, path)
