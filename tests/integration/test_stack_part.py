"""A supervised process: begins, is found ready, begins again after its end, is ended."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.stack.launch import StackFailed, launch, wait_for
from services.stack.part import Part

MakePart = Callable[[str], Part]


@pytest.fixture
def make_part(tmp_path: Path) -> Iterator[MakePart]:
    made: list[Part] = []
    log = tmp_path / "log"

    def make(script: str) -> Part:
        def start() -> subprocess.Popen[bytes]:
            return launch(["/bin/sh", "-c", script], log=log, folder=tmp_path)

        made.append(Part("thing", start, (tmp_path / "ready").exists, log, grace_s=10))
        return made[-1]

    yield make
    for part in made:
        part.end(timeout_s=5)


def test_part_is_running_once_ready(make_part: MakePart) -> None:
    part = make_part("touch ready; exec sleep 600")
    part.begin()
    assert part.tell_state().state == "starting"
    part.wait_until_ready(20)
    assert part.tell_state().state == "running"


def test_dead_part_begins_again_at_once(make_part: MakePart) -> None:
    part = make_part("touch ready; exec sleep 600")
    part.begin()
    part.wait_until_ready(20)
    first = part.process
    assert first is not None
    first.kill()
    first.wait()
    assert part.look_after()
    assert part.process is not None
    assert part.process.pid != first.pid


def test_waits_grow_while_it_dies(make_part: MakePart) -> None:
    part = make_part("exit 3")
    part.begin()
    ends = [_begin_after_end(part) for _ in range(2)]
    assert ends == [True, False]
    assert part.tell_state().state == "waiting"
    assert part.tell_state().pid is None


def test_part_that_never_stands_is_given_up(make_part: MakePart) -> None:
    part = make_part("echo no such port; exit 3")
    part.begin()
    with pytest.raises(StackFailed, match=r"thing did not start:\n(no such port\n?){3}"):
        part.wait_until_ready(20)


def test_part_that_is_never_ready_is_given_up(make_part: MakePart) -> None:
    part = make_part("exec sleep 600")
    part.begin()
    with pytest.raises(StackFailed, match="thing did not start"):
        part.wait_until_ready(0.1)


def test_part_ends_by_its_signal(make_part: MakePart) -> None:
    part = make_part("trap 'touch ended; exit 0' TERM; touch ready; while :; do sleep 0.05; done")
    part.begin()
    part.wait_until_ready(20)
    log = part.log
    part.end()
    assert (log.parent / "ended").exists()
    assert part.tell_state().pid is None


def test_part_that_does_not_obey_is_killed(make_part: MakePart) -> None:
    part = make_part("trap '' TERM; touch ready; while :; do sleep 0.05; done")
    part.begin()
    part.wait_until_ready(20)
    process = part.process
    assert process is not None
    part.end(timeout_s=0.1)
    assert process.returncode == -signal.SIGKILL


def _begin_after_end(part: Part) -> bool:
    """Waits for the end of the process, takes one turn, and tells whether a new one began in it."""
    process = part.process
    assert process is not None
    assert wait_for(lambda: process.poll() is not None, timeout_s=20)
    part.look_after()
    return part.process is not None
