"""Being asked to end never strikes where something is half done."""

import signal
import subprocess
import sys

ASK = "import os, signal, time; from services.stack.ending import Ended, listen, pause; listen(); ask = lambda: os.kill(os.getpid(), signal.SIGTERM);"


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", f"{ASK}\n{program}"], capture_output=True, text=True, check=False)


def test_work_goes_on_until_the_next_pause() -> None:
    done = run(
        "ask()\nprint('worked')\ntry:\n    pause(0)\nexcept Ended:\n    print('ended')\npause(0)\nprint('cleared up')"
    )
    assert (done.returncode, done.stdout.split("\n")[:-1]) == (0, ["worked", "ended", "cleared up"])


def test_asked_twice_it_goes_at_once() -> None:
    done = run("ask(); ask()\nprint('worked')")
    assert (done.returncode, done.stdout) == (-signal.SIGTERM, "")
