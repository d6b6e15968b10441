"""The processes of a measurement: the local Bot API, our bot, the ordinary bot; and what each costs the processor."""

import asyncio
import json
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "1:a-token-that-opens-nothing"  # noqa: S105 -- made up: it works on the local Bot API alone
SECRET = "s" * 40
PATIENCE = 60.0
"""Seconds a process may take to start."""


@dataclass(frozen=True)
class Running:
    """A process under measurement."""

    process: asyncio.subprocess.Process
    log: Path

    def cpu(self) -> float:
        """Processor seconds (user and system, every thread, no child) this process has used: its CPU clock on Linux."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def memory(self) -> float:
        """Resident megabytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 2**20

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL for who does not listen."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), 15)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


@dataclass(frozen=True)
class Door:
    """How updates reach a bot."""

    mode: str
    """`polling` or `webhook`."""
    port: int
    """Where the bot listens."""


@asynccontextmanager
async def bot_api(folder: Path, recorded: int) -> AsyncIterator[str]:
    """The local Bot API as a process of its own; gives its address."""
    arguments = ("-m", "rehearsal.botapi", "--token", TOKEN, "--recorded", str(recorded), "--kept-messages", "20")
    running = await _start(folder / "bot-api.log", arguments, {}, reads=True)
    try:
        assert running.process.stdout is not None
        line = await asyncio.wait_for(running.process.stdout.readline(), PATIENCE)
        yield str(json.loads(line)["url"])
    finally:
        await running.stop()


@asynccontextmanager
async def palabre(folder: Path, api: str, door: Door) -> AsyncIterator[Running]:
    """Our bot, by its settings alone, on the database of this folder."""
    settings = {
        "TELEGRAM__TOKEN": TOKEN,
        "TELEGRAM__API_URL": api,
        "TELEGRAM__MODE": door.mode,
        "DATABASE__URL": f"sqlite:///{folder}/palabre.db",
        "WEB__PORT": str(door.port),
        "LOGS__LEVEL": "WARNING",
    }
    if door.mode == "webhook":
        settings |= {
            "TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{door.port}/telegram",
            "TELEGRAM__WEBHOOK_SECRET": SECRET,
        }
    variables = {f"PALABRE__{name}": value for name, value in settings.items()}
    program = "import sys; from app.cli import main; sys.exit(main(['run']))"
    running = await _start(folder / "palabre.log", ("-c", program), variables)
    try:
        await _listening(running, door.port)
        yield running
    finally:
        await running.stop()


@asynccontextmanager
async def tutorial(folder: Path, api: str, door: Door) -> AsyncIterator[Running]:
    """The ordinary bot."""
    webhook = (str(door.port), SECRET) if door.mode == "webhook" else ()
    arguments = (str(ROOT / "benchmarks/tutorial_bot.py"), TOKEN, api, str(folder / "tutorial.db"), *webhook)
    running = await _start(folder / "tutorial.log", arguments, {})
    try:
        if door.mode == "webhook":
            await _listening(running, door.port)
        yield running
    finally:
        await running.stop()


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def _start(log: Path, arguments: tuple[str, ...], more: Mapping[str, str], *, reads: bool = False) -> Running:
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **more},
            stdout=asyncio.subprocess.PIPE if reads else out,
            stderr=out,
        )
    return Running(process, log)


async def _listening(running: Running, port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if running.process.returncode is not None:
                raise SystemExit(f"the bot stopped at once:\n{running.log.read_text()}")
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
