"""Folders of the embedded servers: who owns them, who can enter them, where their sockets go.

Folders above the data folder belong to others and are never changed.
"""

import hashlib
import os
import pwd
import shutil
import tempfile
from pathlib import Path
from typing import Final

from services.stack.launch import Account, StackFailed

SOCKET_PATH_BYTES: Final = 107
"""The longest path of a unix socket. Source: unix(7), sun_path, less its final NUL."""

LOCK: Final = "leadmill.lock"
"""The file whose lock says that a stack runs the folder; also what marks a folder as one of ours."""

_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def make_data_folder(data: Path) -> None:
    """Makes the data folder, closed to others; the user of an embedded server may pass through it.

    Raises:
        StackFailed: it cannot be made, or belongs to another user, whose files this run would make useless to him.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        owner = data.stat().st_uid
    except OSError as error:
        raise StackFailed(
            f"{data} cannot be used ({error.strerror}): name another with --data or LEADMILL_DATA"
        ) from error
    if owner != os.geteuid():
        raise StackFailed(
            f"{data} belongs to {_user_name(owner)}, and this is {_user_name(os.geteuid())}: "
            f"run as {_user_name(owner)}, name another folder with --data or LEADMILL_DATA, or remove this one"
        )


def check_may_be_emptied(data: Path) -> None:
    """Checks that a folder holds nothing or has been a data folder; before its lock is taken, which marks it as one.

    Raises:
        StackFailed: it is something else.
    """
    if any(data.iterdir()) and not (data / LOCK).exists():
        raise StackFailed(
            f"{data} is not empty and no data folder of leadmill, so it is not emptied: name another folder"
        )


def empty_data_folder(data: Path) -> None:
    """Removes what a data folder holds, but for the lock, which the caller has."""
    for entry in data.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != LOCK:
            entry.unlink()


def find_account(*needed: Path) -> Account | None:
    """Gives the user under whom a server that refuses root runs; None when this process is an ordinary user.

    The account carries a capability only when one of the needed paths lies behind a folder closed to it.

    Raises:
        StackFailed: such a folder is in the way and this process may not carry the capability over.
    """
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    closed = [folder for path in needed if (folder := find_closed_folder(path, nobody.pw_uid)) is not None]
    if not closed:
        return Account(nobody.pw_uid, nobody.pw_gid)
    held = _held_capabilities()
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        if held >> capability & 1:
            return Account(nobody.pw_uid, nobody.pw_gid, capability)
    raise StackFailed(
        f"PostgreSQL refuses to run as root, and the user nobody cannot enter {closed[0]}: run as an ordinary user, "
        f"move the project and the data elsewhere, allow passage (chmod o+x {closed[0]}), or set LEADMILL_DATABASE_URL"
    )


def find_closed_folder(path: Path, uid: int) -> Path | None:
    """Gives the first folder on the way to the path that a user without groups cannot enter."""
    for folder in reversed(path.resolve().parents):
        status = folder.stat()
        if not status.st_mode & (0o100 if status.st_uid == uid else 0o001):
            return folder
    return None


def make_private_folder(folder: Path, account: Account | None) -> None:
    """Makes a folder that only the server's user can enter; an existing one of another user is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    wanted = account.uid if account else os.geteuid()
    status = folder.lstat()
    if status.st_uid != wanted and account and status.st_uid == os.geteuid() and not any(folder.iterdir()):
        os.chown(folder, account.uid, account.gid)
    elif status.st_uid != wanted or folder.is_symlink():
        raise StackFailed(f"{folder} belongs to {_user_name(status.st_uid)}, not to {_user_name(wanted)}: remove it")
    folder.chmod(0o700)


def make_socket_folder(home: Path, socket_name: str, account: Account | None) -> Path:
    """Makes the folder of a server's socket: below its home, or a short one of the same owner when that is too long."""
    folder = home / "run"
    if len(os.fsencode(folder / socket_name)) >= SOCKET_PATH_BYTES:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"leadmill-{digest}"
    make_private_folder(folder, account)
    return folder


def _held_capabilities() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("CapPrm:")[1].split()[0], 16)


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
