"""The stage of a rehearsal: a local Bot API, its people, a crowd, and the page with their phones."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from telegram.request import BaseRequest

from app.clock import SystemClock
from participation.actions.steering import invite
from participation.model.people import Role
from participation.model.policy import Policy
from rehearsal.botapi import Bot, BotApi, InProcessRequest
from rehearsal.crowd import Crowd
from rehearsal.phones import Links, phones_application
from storage import SqlStore

TOKEN = "1:rehearsal-token-that-opens-nothing"  # noqa: S105 -- made up: it works on the stage alone
USERNAME = "palabre_repetition_bot"
RECORDED = 10_000
KEPT_MESSAGES = 400
"""Messages a phone remembers: a long rehearsal must not fill the memory."""


@dataclass
class Stage:
    """A local Bot API with one bot."""

    api: BotApi
    bot: Bot
    token: str
    crowd: Crowd | None = None

    def requests(self) -> tuple[BaseRequest, BaseRequest]:
        """The bot's two lines (calls, long poll), without sockets."""
        return InProcessRequest(self.api), InProcessRequest(self.api)

    def phones(
        self, site: str, invite: Callable[[], Awaitable[str]], *, size: int, seed: int, speed: float
    ) -> web.Application:
        """The page with the phones; a facilitator's phone opens an invitation of its own."""
        self.crowd = Crowd(self.api, size=size, seed=seed, speed=speed, bot=self.bot)
        links = Links(projector=f"{site}/ecran/{{code}}", organiser=f"{site}/", invite=invite)
        return phones_application(self.api, bot_username=USERNAME, links=links, crowd=self.crowd)


def build_stage(seed: int, *, kept_messages: int = KEPT_MESSAGES, recorded: int = RECORDED) -> Stage:
    """A Bot API of our own, empty but for our bot; how many messages of each chat and how many calls it remembers."""
    api = BotApi(seed=seed, kept_messages=kept_messages, recorded=recorded)
    return Stage(api, api.add_bot(TOKEN, username=USERNAME, first_name="Palabre"), TOKEN)


def fresh_database(folder: Path, *, keep: bool) -> str:
    """The address of the rehearsal's own database, emptied unless it is kept."""
    if folder.exists() and not keep:
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder}/rehearsal.db"


async def invite_organiser(store: SqlStore, policy: Policy) -> str:
    """The one-time code that makes the first facilitator an organiser of the rehearsal."""
    now = SystemClock().now()
    return await store.write(lambda tx: invite(tx, Role.ORGANISER, None, policy, now))
