"""Being asked to end: heard at once, obeyed where nothing is half done.

An exception out of a signal handler may strike anywhere, also inside `subprocess` while that holds the lock of a child;
whoever waits for the child then, to end it in order, waits for ever.
"""

import signal
import time
from types import FrameType


class Ended(BaseException):
    """Somebody asked this process to end; not an Exception, so that nothing swallows it on its way."""


class _Ending:
    is_asked = False


def listen() -> None:
    """Lets SIGTERM and Ctrl-C end this process in its next pause; asked twice it goes at once, and the kernel ends its children."""
    signal.signal(signal.SIGTERM, _note)
    signal.signal(signal.SIGINT, _note)


def pause(seconds: float) -> None:
    """Sleeps.

    Raises:
        Ended: this process was asked to end; once.
    """
    time.sleep(seconds)
    if _Ending.is_asked:
        _Ending.is_asked = False
        raise Ended


def _note(_signal: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _Ending.is_asked = True
