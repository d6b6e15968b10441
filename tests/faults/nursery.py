"""Gives birth to bots: imports `palabre` once, then forks one at each request, so that a thousand starts cost no imports.

A bot born here is a process like another: the same command, its own database connection, killed as the system kills.
Requests and answers are JSON lines on stdin and stdout.
"""

import gc
import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any

_alive: set[int] = set()


def main() -> None:
    """Serve until stdin is closed."""
    import alembic.command
    import uvloop

    import app.commands.run
    from tests.faults.crash import plant

    _load_lazy_parts()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _bury)
    _say({"ready": [alembic.command.__name__, uvloop.__name__, app.commands.run.__name__, plant.__name__]})
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C is for the harness; our stdin ends with it
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _live(request)
        _alive.add(pid)
        _say({"born": pid})
    for pid in tuple(_alive):
        os.kill(pid, signal.SIGKILL)


def _load_lazy_parts() -> None:
    """What the first start would import by itself."""
    import storage.embedded  # noqa: F401
    from i18n import load_catalog

    load_catalog()


def _live(request: dict[str, Any]) -> None:
    """In the child: become `palabre run`."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = os.open(request["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(out, stream)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    from app.cli import main as palabre
    from tests.faults.crash import plant

    plant(os.environ)
    code = 70
    try:
        code = palabre(request["words"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _bury(_number: int, _frame: object) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _alive.discard(pid)
        _say({"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _say(what: dict[str, Any]) -> None:
    with suppress(BrokenPipeError):
        os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main()
