"""The programs of a story, as processes of their own: the local Bot API, the bot, the commands typed beside them."""

import asyncio
import atexit
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
TOKEN = "5550123:AAstories-made-up-and-worth-nothing-0123"
PATIENCE = 120.0
"""Seconds granted to a busy machine; nothing waits for them when all goes well."""

_bytecode: list[str] = []


def free_port() -> int:
    """A port nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a program of a story sees: nothing of the settings of whoever runs the tests."""
    if not _bytecode:  # compiled once for all the programs, wherever bytecode is forbidden beside the sources
        _bytecode.append(tempfile.mkdtemp(prefix="palabre-bytecode-"))
        atexit.register(shutil.rmtree, _bytecode[0], ignore_errors=True)
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("PALABRE_")}
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**inherited, "PYTHONPYCACHEPREFIX": _bytecode[0], "PYTHONPATH": str(ROOT), **extra}


def settings_of_the_bot(api_url: str, folder: Path, port: int, **more: str) -> dict[str, str]:
    """The variables that are enough to run on any server that speaks the Bot API."""
    return {
        "PALABRE__TELEGRAM__TOKEN": TOKEN,
        "PALABRE__TELEGRAM__API_URL": api_url,
        "PALABRE__DATABASE__URL": f"sqlite:///{folder / 'palabre.db'}",
        "PALABRE__WEB__PORT": str(port),
        **more,
    }


class Program:
    """A running process; everything it says goes to one file. Killed at the end of its block if it still lives."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        said: Path,
        folder: Path,
        interpreter: str | None = None,
    ) -> None:
        self.said = said
        with said.open("ab") as out:
            self._process = subprocess.Popen(
                [interpreter or sys.executable, *words], stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=folder,
                env=clean_environment(environment),
            )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def text(self) -> str:
        """Everything said so far."""
        return self.said.read_text("utf-8", "replace")

    async def says(self, pattern: str, seconds: float = PATIENCE) -> re.Match[str]:
        """Wait until it says this; AssertionError with all it said when it ends or stays silent."""
        for _ in range(int(seconds / 0.05)):
            found = re.search(pattern, self.text)
            if found:
                return found
            assert self._process.poll() is None, f"ended with {self._process.returncode}:\n{self.text[-3000:]}"
            await asyncio.sleep(0.05)
        raise AssertionError(f"{pattern!r} was not said in {seconds} s:\n{self.text[-3000:]}")

    def kills(self) -> None:
        """kill -9, and wait until it is gone."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    async def ended(self, seconds: float = PATIENCE) -> int:
        """Its exit code, once it ends; TimeoutExpired after so many seconds."""
        return await asyncio.to_thread(self._process.wait, seconds)

    async def stops(self, seconds: float) -> int:
        """SIGTERM; its exit code, or TimeoutExpired when it is still there after so many seconds."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ended(seconds)


def local_bot_api(folder: Path, *more: str) -> Program:
    """The local Bot API on a port of its own."""
    words = ["-m", "rehearsal.botapi", "--port", "0", "--token", TOKEN, *more]
    return Program(words, {}, folder / "botapi.log", folder)


async def url_of(bot_api: Program) -> str:
    """Its address, once it serves."""
    return str(json.loads((await bot_api.says(r"\{.*\}"))[0])["url"])


def palabre(folder: Path, environment: Mapping[str, str], *words: str, said: str = "palabre.log") -> Program:
    """The palabre command, as typed."""
    return Program(["-m", "app.cli", *words], environment, folder / said, folder)


async def runs(bot: Program) -> None:
    """Wait until `palabre run` serves: it says who it is and where its pages are."""
    await bot.says(r"@\w+ · http://")


async def typed(folder: Path, environment: Mapping[str, str], *words: str) -> str:
    """What a command says, once it has ended well."""
    with palabre(folder, environment, *words, said=f"{words[0]}.typed") as command:
        code = await command.ended()
        assert code == 0, f"palabre {' '.join(words)} ended with {code}:\n{command.text}"
        return command.text
