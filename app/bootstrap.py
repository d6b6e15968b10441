"""Puts the house together: the only place that chooses implementations. Settings come in, a running service comes out."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest

from app.alarms import Alarms
from app.analyst import Analyst
from app.clock import SystemClock
from app.engine import Engine
from app.quiet import QuietRegrouping
from app.rewording import rewording_of
from app.serving import Protocols
from app.settings import Settings
from app.supervisor import Supervisor
from app.wall_clouds import WallClouds
from bot.alarm import tell_conflict, tell_deaths
from bot.broadcasting import Broadcaster
from bot.calls import Call
from bot.connection import AiohttpRequest, Line
from bot.conversation import Conversation
from bot.drawing import Drawer
from bot.flood import Haste
from bot.front_door import FrontDoor
from bot.intake import Intake
from bot.keyboards import Seal
from bot.menu import menu_calls
from bot.outcomes import outcome_of
from bot.pace import Pace, Patience
from bot.polling import KINDS, Poller
from bot.posting import Poster
from bot.webhook import Webhook
from i18n import load_catalog
from participation.model.policy import Policy
from participation.ports import Touched
from storage import SqlStore, StoreUnavailable
from web.application import Entrance, Who, web_application

log = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0
NAMELESS = "bot"
"""The name in links while the server gives none, as some emulators do not."""
WARM_UP_SECONDS = 15.0
"""After a start, before the engine loads its libraries: a bot that comes back in the middle of a vote answers first."""


@dataclass
class House:
    """Everything that runs, ready to start."""

    store: SqlStore
    line: Line
    site: web.Application
    policy: Policy
    bot_username: str
    tasks: dict[str, Callable[[], Awaitable[None]]]
    engine: Engine
    clouds: WallClouds
    front: Callable[[Protocols], FrontDoor] | None = None
    """What stands before the pages, when updates come by webhook."""

    async def run(self, supervisor: Supervisor) -> None:
        """Serve until told to stop, then close everything in order."""
        try:
            await supervisor.run(self.tasks)
        finally:
            await self.line.close_line()
            self.engine.close()
            self.clouds.close()


def policy_of(settings: Settings) -> Policy:
    """The figures of the rules, from the settings."""
    workshop = settings.workshop
    return Policy(
        time_zone=workshop.time_zone,
        language=workshop.language,
        most_ideas=workshop.max_ideas_per_member,
        ideas_for_themes=workshop.ideas_for_themes,
        invitation=timedelta(hours=workshop.invitation_hours),
        sign_in=timedelta(minutes=workshop.sign_in_minutes),
        presence=timedelta(minutes=workshop.presence_minutes),
        messages_per_second=settings.telegram.messages_per_second,
    )


async def assemble(
    settings: Settings,
    store: SqlStore,
    token: str,
    public_url: str,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    haste: Haste | None = None,
) -> House:
    """Open the line, ask Telegram who we are, and wire every room. `requests` replaces the transport, `haste` says
    how fast one person may write (rehearsals, replays)."""
    clock, catalog, policy = SystemClock(), load_catalog(), policy_of(settings)
    line = Line(token, settings.telegram.api_url, *(requests or (AiohttpRequest(), AiohttpRequest(connections=2))))
    whoami = await line.open()
    username = str(whoami.get("username") or NAMELESS)
    conversation = Conversation(catalog, policy, Seal(button_key(token)), username, public_url, haste)
    engine = Engine(settings.analysis.processes, settings.analysis.seed)
    poster = Poster(store, clock, line, StoreUnavailable)
    pace = Pace(settings.telegram.messages_per_second)
    broadcaster = Broadcaster(
        store, clock, line, Drawer(conversation).draw, pace, StoreUnavailable, settings.telegram.in_flight
    )
    analyst = Analyst(store, clock, engine, catalog, rewording_of(settings))
    intake = Intake(store, clock, whoami["id"], conversation.turn, poster)
    alarms = Alarms(
        store, clock, StoreUnavailable, lambda: line.is_up, lambda tx, now: tell_deaths(tx, conversation.house, now)
    )
    _wake_after_commits(store, {"replies": poster.wake, "deliveries": broadcaster.wake, "jobs": analyst.wake})
    webhook = _webhook(settings, intake, poster)
    clouds = WallClouds(settings.analysis.seed)
    site = web_application(
        store=store,
        clock=clock,
        catalog=catalog,
        policy=policy,
        public_url=public_url,
        bot_username=username,
        unavailable=(StoreUnavailable,),
        extra_routes=[Entrance("POST", _path(settings), webhook.take, Who.MACHINE)] if webhook else [],
        apart=engine.write_out,
        clouds=clouds,
    )

    def robbed() -> Awaitable[object]:
        return store.write(lambda tx: tell_conflict(tx, conversation.house, clock.now()))

    tasks: dict[str, Callable[[], Awaitable[None]]] = {
        "replies": poster.run,
        "broadcasts": broadcaster.run,
        "alarms": alarms.run,
        "analyst": analyst.run,
        "quiet regrouping": QuietRegrouping(store, clock, policy, settings.analysis.quiet_seconds).run,
        "sweep": lambda: intake.sweep(SWEEP_SECONDS),
        "intake": lambda: _take_in(settings, line, intake, robbed),
        "menu": lambda: _publish_menu(line, conversation),
        "warm-up": lambda: _warm_up(engine, clouds),
    }
    await alarms.recover()
    await intake.resume()
    front = partial(FrontDoor, webhook, _path(settings)) if webhook else None
    return House(store, line, site, policy, username, tasks, engine, clouds, front)


def button_key(token: str) -> bytes:
    """The key that seals the buttons: the same after a restart, another for another bot, and it does not give the token away."""
    return hmac.new(token.encode(), b"palabre buttons", hashlib.sha256).digest()


def _wake_after_commits(store: SqlStore, sleepers: Mapping[str, Callable[[], None]]) -> None:
    """A commit put something in a tray: whoever empties it looks. Called from the writer's thread."""
    loop = asyncio.get_running_loop()

    def heard(touched: Touched) -> None:
        if not loop.is_closed():
            for tray in touched.trays:
                loop.call_soon_threadsafe(sleepers[tray])

    store.listen(heard)


async def _warm_up(engine: Engine, clouds: WallClouds) -> None:
    await asyncio.sleep(WARM_UP_SECONDS)
    clouds.warm_up()
    engine.warm_up()


async def _publish_menu(line: Line, conversation: Conversation) -> None:
    """Tell Telegram which commands to show; a refusal costs the menu, not the session."""
    try:
        for call in menu_calls(conversation.catalog):
            await line.call(call)
    except BadRequest as problem:
        log.warning("the menu of commands is not shown: %s", problem)


def _webhook(settings: Settings, intake: Intake, poster: Poster) -> Webhook | None:
    """When updates come by webhook."""
    secret = settings.telegram.webhook_secret
    if settings.telegram.mode != "webhook" or secret is None:
        return None
    return Webhook(intake, poster, secret.get_secret_value(), StoreUnavailable)


def _path(settings: Settings) -> str:
    return urlsplit(settings.telegram.webhook_url).path or "/"


async def _take_in(settings: Settings, line: Line, intake: Intake, robbed: Callable[[], Awaitable[object]]) -> None:
    """Once the pages are served, so that a webhook finds its door open: a refused post waits for longer and longer."""
    await _announce(settings, line)
    if settings.telegram.mode == "polling":
        await Poller(line, intake, StoreUnavailable, robbed).run()


async def _announce(settings: Settings, line: Line) -> None:
    """Telegram may ask to wait (it takes one webhook a second), or be away: until it knows, we ask again."""
    patience = Patience()
    while True:
        try:
            return await _choose_intake(settings, line)
        except TelegramError as problem:
            log.warning("Telegram does not send updates our way yet (%s): asking again", problem.message)
            await patience.failed(outcome_of(problem).pause.total_seconds())


async def _choose_intake(settings: Settings, line: Line) -> None:
    """Tell Telegram where updates go; those that wait there are kept."""
    secret = settings.telegram.webhook_secret
    if settings.telegram.mode == "webhook" and secret is not None:
        where = {
            "url": settings.telegram.webhook_url,
            "secret_token": secret.get_secret_value(),
            "allowed_updates": KINDS,
        }
        await line.call(Call("setWebhook", where))
    else:
        try:
            await line.call(Call("deleteWebhook"))
        except BadRequest as problem:  # a server without webhooks has none to take away
            log.warning("a webhook, if there is one, stays: %s", problem)
