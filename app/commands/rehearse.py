"""Rehearse without Telegram: the bot, the pages, and phones in your browser, all in one process."""

import argparse
import asyncio
import contextlib
import webbrowser
from pathlib import Path

from rich.console import Console

from app.bootstrap import assemble
from app.logs import watch_loop
from app.rehearsing import build_stage, fresh_database, invite_organiser
from app.serving import new_event_loop, open_for_service, serve
from app.settings import Settings
from app.supervisor import Supervisor

FOLDER = Path("var/rehearsal")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How big the simulated crowd is, and where the pages are served."""
    parser.add_argument(
        "--crowd",
        type=int,
        default=0,
        metavar="N",
        help="simulated councillors who join the first workshop (default: 0; the page has a slider)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="repeat the same crowd (default: 1)")
    parser.add_argument(
        "--speed",
        type=float,
        default=1.0,
        metavar="X",
        help="how many times faster than people the crowd acts (default: 1)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=None,
        metavar="PORT",
        help="port of the phones page (default: the web port plus one; the web port is PALABRE__WEB__PORT)",
    )
    parser.add_argument(
        "--keep", action="store_true", help="go on with the last rehearsal's database instead of a fresh one"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address without opening it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Rehearse until Ctrl+C."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_rehearse(args, settings))
    return 0


async def _rehearse(args: argparse.Namespace, settings: Settings) -> None:
    watch_loop(asyncio.get_running_loop())
    store = open_for_service(fresh_database(FOLDER, keep=args.keep))
    host, port = settings.web.host, settings.web.port
    try:
        stage = build_stage(args.seed)
        house = await assemble(settings, store, stage.token, f"http://{host}:{port}", stage.requests())
        phones = stage.phones(
            f"http://{host}:{port}",
            lambda: invite_organiser(store, house.policy),
            size=args.crowd,
            seed=args.seed,
            speed=args.speed,
        )
        async with serve(house.site, host, port), serve(phones, host, args.port or port + 1) as page_port:
            address = f"http://{host}:{page_port}/"
            _announce(address, open_it=not args.no_browser)
            await house.run(Supervisor())
    finally:
        store.close()


def _announce(address: str, *, open_it: bool) -> None:
    Console().print(f"\n  La répétition est prête : [bold]{address}[/]\n  Ctrl+C pour arrêter.\n")
    if open_it:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(address)
