"""What memory reading and packing a list takes: the same for one fifty times as long.

Asked: flat from 10 MB to 2 GB. Held from 10 to 500 MB, within a fifth: a longer list takes longer, and goes the same way.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

import click

_SMALL_BYTES: Final = 10 << 20
_TIMES: Final = 50
_LINE: Final = "Firma {n} Sp. z o.o.;Jan Lis;+48 601 {n:09d};biuro@firma{n}.pl;ul. Łąkowa 7;Łódź;90-001;PL;firma{n}.pl;uwaga {n}\r\n"
_HEADER: Final = "company;person;phone;email;street;city;postcode;country;website;note\r\n"
_READ: Final = """
import sys
from pathlib import Path
from services.intake.reading.inspection import inspect_file
from services.intake.reading.rows import read_parts
from shared.storage.packed_row import NewRow, pack_rows

path = Path(sys.argv[1])
found = inspect_file(path, sample_only=True)
size = 0
for part in read_parts(path, found.reading):
    size += len(pack_rows(1, [NewRow(*row) for row in part.rows]))
status = Path("/proc/self/status").read_text()
print(size, status.split("VmHWM:")[1].split()[0])
"""
"""Its own peak: what getrusage tells begins with the memory of the process that started it."""


def make_list(path: Path, size_bytes: int) -> Path:
    """A list of about that size."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEADER)
        for n in range(size_bytes // len(_LINE.format(n=0).encode())):
            file.write(_LINE.format(n=n))
    return path


def measure_peak_kb(path: Path) -> int:
    """The peak memory of a process that inspects the list and reads it to the bytes of a COPY."""
    done = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
    size, peak_kb = map(int, done.stdout.split())
    assert size > path.stat().st_size
    return peak_kb


def test_reading_a_long_list_takes_no_more_memory(tmp_path: Path) -> None:
    small = measure_peak_kb(make_list(tmp_path / "small.csv", _SMALL_BYTES))
    large = measure_peak_kb(make_list(tmp_path / "large.csv", _TIMES * _SMALL_BYTES))
    click.echo(
        f"\npeak memory: {small >> 10} MB for 10 MB, {large >> 10} MB for {_TIMES * 10} MB: {large / small:.2f} times"
    )
    assert large < 1.2 * small
