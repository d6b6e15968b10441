"""The lease: while one Palabre runs on a database, a second one refuses to start, on this machine or another."""

import os
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from storage.problems import Unusable

RUNNING_LOCK = 7_052_002
"""Advisory lock of PostgreSQL held by the session that writes: whoever loses the connection loses the right to write."""

_TRIES = 12
_BETWEEN = 0.25
"""A server notices that a killed process is gone within a second; three are granted."""


class FileLease:
    """A lock on a small file beside an SQLite database; the system frees it when the process dies, however it dies."""

    def __init__(self, file: Path, database: str) -> None:
        self._handle: IO[str] = open(file, "a+", encoding="utf-8")  # noqa: SIM115 - held as long as we run
        if not _lock(self._handle):
            self._handle.seek(0)
            holder = self._handle.read(200).strip()
            self._handle.close()
            raise Unusable(_taken(database, holder))
        self._handle.seek(0)
        self._handle.truncate()
        self._handle.write(f"{socket.gethostname()}, processus {os.getpid()}")
        self._handle.flush()

    def free(self) -> None:
        """Let another one start. The file stays: it tells a database that vanished from one that never was."""
        self._handle.close()


def take_server_lease(connection: Any, database: str) -> None:
    """Take the lease on the writing connection; it lasts as long as the connection."""
    for attempt in range(_TRIES):
        if connection.execute(f"SELECT pg_try_advisory_lock({RUNNING_LOCK})").fetchone()[0]:
            return
        if attempt < _TRIES - 1:
            time.sleep(_BETWEEN)
    raise Unusable(_taken(database, _holder(connection)))


def _holder(connection: Any) -> str:
    row = connection.execute(
        "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid) "
        "WHERE locktype = 'advisory' AND granted AND objid = %s",
        (RUNNING_LOCK,),
    ).fetchone()
    return str(row[0]) if row else ""


def _taken(database: str, holder: str) -> str:
    who = f" ({holder})" if holder else ""
    return f"Palabre tourne déjà sur la base {database}{who} : arrêtez l’autre avant de lancer celui-ci."


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[str]) -> bool:
        handle.seek(1_000_000)  # beyond the text, which stays readable
        with suppress(OSError):
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        return False
else:
    import fcntl

    def _lock(handle: IO[str]) -> bool:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
