"""Replay a consultation from CSV files through the bot's front door, then compare the bot's tallies with the files."""

import argparse
import asyncio
import logging
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app.bootstrap import assemble
from app.clock import SystemClock
from app.logs import watch_loop
from app.rehearsing import build_stage, invite_organiser
from app.replaying.comparison import Line, compare, differences, table
from app.replaying.consultation import Consultation, read_consultation
from app.replaying.play import Play
from app.serving import new_event_loop, open_for_service, spare_the_collector
from app.settings import Settings
from app.supervisor import Supervisor
from bot.flood import Haste

HURRIED = Haste(messages=1_000_000)
"""Hours are replayed in seconds: nobody is too fast."""
FAST = 1_000_000
"""Messages a second, and IN_FLIGHT at a time: nobody is at the other end, so nothing needs to be paced."""
IN_FLIGHT = 500
PATIENCE = 120.0
KEPT_MESSAGES = 10
"""What a phone remembers: its owner never scrolls back."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which consultation, and how much of it."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="a folder with questions.csv, answer_options.csv and answers_long.csv"
    )
    parser.add_argument(
        "--people", type=int, default=None, metavar="N", help="replay only the first N people of the file"
    )
    parser.add_argument(
        "--database", default=None, metavar="URL", help="keep the result in this database (default: a temporary one)"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """0 when the bot counted exactly what the files say, 1 otherwise."""
    consultation = read_consultation(args.folder, args.people)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with asyncio.Runner(loop_factory=new_event_loop) as runner, tempfile.TemporaryDirectory() as folder:
        url = args.database or f"sqlite:///{folder}/replay.db"
        lines, seconds = runner.run(_replay(consultation, settings, url))
    console = Console()
    console.print(table(lines))
    lost = differences(lines)
    rate = consultation.total / seconds
    console.print(f"{consultation.total} answers, {lost} difference(s), {seconds:.0f} s, {rate:.0f} answers a second")
    return 1 if lost else 0


async def _watch(play: Play, playing: asyncio.Task[None], serving: asyncio.Task[None]) -> None:
    """Wait for the end. A bot that ends before, or nothing done in PATIENCE seconds, is a fault, and says so."""
    done = -1
    while not playing.done() and not serving.done() and play.done > done:
        done = play.done
        await asyncio.wait((playing, serving), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    if not playing.done():
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        if serving.done():
            await serving
        raise TimeoutError(f"{play.done} answers given, and nothing has moved for {PATIENCE:.0f} s")
    await playing


async def _replay(consultation: Consultation, settings: Settings, url: str) -> tuple[list[Line], float]:
    watch_loop(asyncio.get_running_loop())
    store = open_for_service(url)
    unpaced = settings.telegram.model_copy(update={"messages_per_second": FAST, "in_flight": IN_FLIGHT})
    quick = settings.model_copy(update={"telegram": unpaced})
    supervisor = Supervisor()
    try:
        stage = build_stage(seed=0, kept_messages=KEPT_MESSAGES, recorded=0)
        house = await assemble(quick, store, stage.token, "http://127.0.0.1", stage.requests(), HURRIED)
        del house.tasks["warm-up"]  # nothing is asked of the analysis engine
        invitation = await invite_organiser(store, house.policy)
        serving = asyncio.create_task(house.run(supervisor))
        spare_the_collector()
        began = time.monotonic()
        with Progress(
            TextColumn("answers"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            refresh_per_second=2,
        ) as bar:
            task = bar.add_task("answers", total=consultation.total)
            play = Play(stage.api, store, SystemClock(), lambda done: bar.update(task, completed=done))
            await _watch(play, asyncio.create_task(play.run(consultation, invitation)), serving)
        seconds = time.monotonic() - began
        supervisor.stop()
        await serving
        return await store.read(lambda tx: compare(tx, consultation, play.activities)), seconds
    finally:
        store.close()
