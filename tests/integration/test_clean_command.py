"""`leadmill clean` on two small lists, run once: its tables, its exit code, and that nothing stays behind."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

FIRST = """Company,Contact,Phone,E-mail,City,Country
Nowak Druk Sp. z o.o.,Anna Nowak,601 202 303,anna.nowak@nowak-druk.pl,Warszawa,PL
Zieliński Okna,Piotr Zieliński,602 303 404,piotr@zielinski-okna.pl,Kraków,PL
,,,,Gdańsk,PL
"""
SECOND = """Firma;Osoba;Telefon;Email;Miasto;Kolor
NOWAK DRUK;Nowak Anna;+48601202303;anna.nowak@nowak-druk.pl;Warszawa;zielony
Lipowa Meble;Ewa Lis;;ewa@lipowa-meble.pl;Gdańsk;
"""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What one run left."""

    code: int
    summary: dict[str, object]
    out: Path

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def run_clean(arguments: Sequence[object]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "services.cli", "clean", *map(str, arguments)]
    # another base's settings must not reach the private ledger
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADMILL_")}
    environ = {**kept, "LEADMILL_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> Cleaned:
    folder = tmp_path_factory.mktemp("clean")
    folder.chmod(0o755)
    first, second, out = folder / "first.csv", folder / "second.csv", folder / "out"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    done = run_clean([first, second, "--out", out, "--country", "pl", "--json"])
    assert done.stdout, done.stderr
    return Cleaned(done.returncode, json.loads(done.stdout), out)


def test_rejected_rows_give_exit_code_three(cleaned: Cleaned) -> None:
    assert cleaned.code == 3
    assert cleaned.summary["rows"] == {
        "read": 5, "new": 2, "merged": 1, "review": 0, "quarantined": 1, "suppressed": 0, "rejected": 1,
    }  # fmt: skip


def test_every_row_is_told(cleaned: Cleaned) -> None:
    rows = cleaned.table("rows.csv")
    assert [(row["file"], row["row"], row["line"], row["verdict"]) for row in rows] == [
        ("first.csv", "1", "2", "new"),
        ("first.csv", "2", "3", "new"),
        ("first.csv", "3", "4", "rejected"),
        ("second.csv", "1", "2", "merged"),
        ("second.csv", "2", "3", "quarantined"),
    ]


def test_rows_of_one_lead_share_its_id(cleaned: Cleaned) -> None:
    rows = cleaned.table("rows.csv")
    assert rows[0]["lead_id"] == rows[3]["lead_id"] != rows[1]["lead_id"]
    assert rows[2]["lead_id"] == ""


def test_clean_rows_are_the_leads(cleaned: Cleaned) -> None:
    leads = cleaned.table("clean.csv")
    assert {lead["lead_id"] for lead in leads} == {row["lead_id"] for row in cleaned.table("rows.csv")} - {""}
    assert leads[0]["phone"] == "+48601202303"
    assert leads[0]["custom:Kolor"] == "zielony"


def test_rejected_rows_keep_their_cells(cleaned: Cleaned) -> None:
    with (cleaned.out / "rejected.csv").open(encoding="utf-8", newline="") as file:
        _, row = csv.reader(file)
    assert row[:4] == ["first.csv", "3", "4", "empty_lead"]
    assert "Gdańsk" in row[4:]


def test_pairs_name_both_rows(cleaned: Cleaned) -> None:
    (pair,) = cleaned.table("pairs.csv")
    assert (pair["file_a"], pair["row_a"], pair["file_b"], pair["row_b"]) == ("first.csv", "1", "second.csv", "1")
    assert pair["decision"] == "merge"
    assert float(pair["score"]) > 0


def test_nothing_stays_behind(cleaned: Cleaned) -> None:
    assert sorted(path.name for path in cleaned.out.iterdir()) == ["clean.csv", "pairs.csv", "rejected.csv", "rows.csv"]
    assert not [command for command in all_commands() if str(cleaned.out).encode() in command]


def all_commands() -> Iterator[bytes]:
    for path in Path("/proc").iterdir():
        with suppress(OSError):
            yield (path / "cmdline").read_bytes() if path.name.isdigit() else b""


def test_a_mapping_that_is_no_object_is_told(tmp_path: Path) -> None:
    mapping, file = tmp_path / "mapping.json", tmp_path / "list.csv"
    mapping.write_text("[]", encoding="utf-8")
    file.write_text(FIRST, encoding="utf-8")
    done = run_clean([file, "--out", tmp_path / "out", "--mapping", mapping])
    assert done.returncode == 2
    assert "wanted is an object" in done.stderr


def test_what_is_no_list_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir,\n\nwe thank you for your letter, which we read with joy.\nYours\n", encoding="utf-8")
    done = run_clean([file, "--out", tmp_path / "out"])
    assert done.returncode == 1
    assert "letter.txt" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
