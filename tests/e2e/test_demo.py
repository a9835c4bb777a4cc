"""The demo as a newcomer runs it: twice in the same folder, beside whatever else runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

STEPS = (
    "1200 rows:", "800 rows:", "Three merges, field by field", "+", "no_phone", "10 leads handed out, 10 different ones", "resting",
    "gets .* first", "taken back: 3", "0 broken", "leadmill up",
)  # fmt: skip


def run_demo(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-m", "services.cli", "demo", "--data", str(folder)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[2], env=os.environ
    )


@pytest.mark.slow
def test_demo_tells_its_story_twice(tmp_path: Path) -> None:
    for _ in range(2):
        done = run_demo(tmp_path / "data")
        assert done.returncode == 0, done.stderr
        assert [step for step in STEPS if not re.search(step.replace("+", r"\+"), done.stdout)] == []
        assert "NO)" not in done.stdout
