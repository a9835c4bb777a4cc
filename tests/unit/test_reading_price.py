"""What hostile files cost the process that looks at them: at most two seconds and fifty megabytes, its helpers' included."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from services.intake.reading.workbook import command_of
from tests.unit.hostile_files import KINDS, LIST, READ, make_ods, make_xlsx

MAX_S: Final = 2.0
MAX_MB: Final = 50
INTERPRETER_MB: Final = 12

_LOOK: Final = """
import json, resource, sys, time
from pathlib import Path

import chardet
import openpyxl
from services.intake.reading.inspection import inspect_file

def read_kb(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name))

def count_s(who=resource.RUSAGE_SELF):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime

def time_loop():
    start = count_s()
    total = 0
    for n in range(1_500_000):
        total += n
    return count_s() - start

chardet.detect_all("zażółć gęślą jaźń".encode("cp1250") * 9)
for path in map(str.strip, sys.stdin):
    slowness = max(1.0, time_loop() / 0.1)
    Path("/proc/self/clear_refs").write_text("5")
    before_kb, before_s = read_kb("VmRSS"), count_s() + count_s(resource.RUSAGE_CHILDREN)
    found = inspect_file(Path(path), sample_only=True)
    spent_s = count_s() + count_s(resource.RUSAGE_CHILDREN) - before_s
    told = {"is_list": found.is_list, "codes": [problem.code for problem in found.problems],
            "peak_mb": (read_kb("VmHWM") - before_kb) / 1024, "spent_s": spent_s / slowness}
    print(json.dumps(told), flush=True)
"""
"""Answers for each path on a line what looking at it cost: seconds as on a machine that adds 1.5 million numbers in 0.1 s."""

_PROBE: Final = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=False, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Looker:
    """A process that looks at files, as a worker or a web process does."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def look(self, path: Path) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@pytest.fixture(scope="module")
def looker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looker]:
    folder = tmp_path_factory.mktemp("honest")
    command = [sys.executable, "-c", _LOOK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        looker = Looker(process)
        for name, data in (("list.csv", LIST), ("list.xlsx", make_xlsx(b"")), ("list.ods", make_ods(""))):
            (folder / name).write_bytes(data)
            looker.look(folder / name)
        yield looker


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_file_costs_little(looker: Looker, tmp_path: Path, kind: str) -> None:
    make, codes = KINDS[kind]
    path = tmp_path / "list"
    path.write_bytes(make())
    told = looker.look(path)
    assert told["is_list"] if codes == READ else codes & {*told["codes"]}
    assert told["spent_s"] <= MAX_S
    assert told["peak_mb"] <= MAX_MB


OPENED: Final = (
    "shared strings below the bound",
    "three hundred thousand merged cells",
    "a cell in the last row",
    "blanks repeated in an ODS",
    "columns repeated in an ODS",
    "megabytes of nothing in an XLSB",
)


@pytest.mark.parametrize("kind", OPENED)
def test_helper_that_opens_workbooks_takes_little(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(KINDS[kind][0]())
    done = subprocess.run([sys.executable, "-c", _PROBE, *command_of(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) / 1024 <= MAX_MB + INTERPRETER_MB
