"""Run the bot and its web pages until stopped."""

import argparse
import asyncio
import logging

from rich.console import Console

from app.bootstrap import assemble
from app.logs import watch_loop
from app.serving import new_event_loop, open_for_service, serve, spare_the_collector
from app.settings import Settings, require_token
from app.supervisor import Supervisor

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything comes from the settings."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve until SIGINT or SIGTERM."""
    token = require_token(settings)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(settings, token))
    return 0


async def _serve(settings: Settings, token: str) -> None:
    watch_loop(asyncio.get_running_loop())
    store = open_for_service(settings.database.url)
    supervisor = Supervisor()
    try:
        house = await assemble(settings, store, token, settings.web.address)
        spare_the_collector()
        async with serve(house.site, settings.web.host, settings.web.port, house.front):
            Console(stderr=True).print(f"[bold]@{house.bot_username}[/] · {settings.web.address}")
            await house.run(supervisor)
    finally:
        store.close()
