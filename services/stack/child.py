"""Becomes one child process: changes the user, ties its life to the parent's, then executes the command.

Run as a file by an isolated interpreter (`python -I -S child.py ORDER -- COMMAND...`), so it may import
nothing but the standard library. The order of the steps matters: a change of user or capabilities
forgets the parent-death signal, an exec keeps it.

Source: Linux man-pages prctl(2), PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT; capabilities(7).
"""

import ctypes
import json
import os
import sys
from dataclasses import asdict, dataclass

_PR_SET_PDEATHSIG, _PR_SET_SECUREBITS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
_SECBIT_NO_SETUID_FIXUP = 1 << 2
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True)
class Order:
    """What to do before the exec; `uid` None keeps the user, `capability` is kept over its change."""

    parent_pid: int
    death_signal: int
    uid: int | None = None
    gid: int | None = None
    capability: int | None = None

    def to_argument(self) -> str:
        """Gives the form in which the order stands on the command line."""
        return json.dumps(asdict(self))


def main(arguments: list[str]) -> None:
    """Carries out the order and becomes the command; returns only by an exception."""
    order, separator, *command = arguments
    if separator != "--" or not command:
        raise SystemExit("usage: child.py ORDER -- COMMAND...")
    carry_out(Order(**json.loads(order)))
    os.execv(command[0], command)  # noqa: S606 - a program and its arguments, no shell wanted


def carry_out(order: Order) -> None:
    """Changes user and capabilities, then asks the kernel for the signal at the parent's death."""
    libc = ctypes.CDLL(None, use_errno=True)
    if order.uid is not None:
        _change_user(libc, order)
    _check(libc.prctl(_PR_SET_PDEATHSIG, order.death_signal, 0, 0, 0))
    if os.getppid() != order.parent_pid:
        raise SystemExit("the parent ended before its child began")


def _change_user(libc: ctypes.CDLL, order: Order) -> None:
    assert order.uid is not None
    assert order.gid is not None
    if order.capability is not None:
        # without this bit access(2), by which initdb looks for its programs, would ignore the capability
        _check(libc.prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([])
    os.setgid(order.gid)
    os.setuid(order.uid)
    if order.capability is not None:
        _carry_capability(libc, order.capability)


def _carry_capability(libc: ctypes.CDLL, capability: int) -> None:
    bits = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0)
    _check(libc.capset(header, sets))
    _check(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main(sys.argv[1:])
