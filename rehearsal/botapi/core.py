"""The local Bot API itself, without transport: the world it holds, and one call from a bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from random import Random
from types import CoroutineType
from typing import Any

import orjson

from rehearsal.botapi.actions import become_supergroup, promote
from rehearsal.botapi.bots import Bot, new_bot
from rehearsal.botapi.chats import Chat, Group, PrivateChat
from rehearsal.botapi.clock import Clock, RunningClock
from rehearsal.botapi.errors import ApiError, ConnectionCut
from rehearsal.botapi.faults import Faults
from rehearsal.botapi.files import Files, StoredFile
from rehearsal.botapi.methods import METHODS, OFFICIAL_NAMES, Call
from rehearsal.botapi.parameters import Parameters, Upload
from rehearsal.botapi.people import Person, Press
from rehearsal.botapi.phone import Listener, PhoneEvent
from rehearsal.botapi.rates import RateLimits, Rates
from rehearsal.botapi.recorder import Recorder
from rehearsal.botapi.webhook import HttpPost, Post

_NO_FILES: dict[str, Upload] = {}
_FIRST_PERSON = 200_000_001
_FIRST_GROUP = -4_000_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001


@dataclass(slots=True)  # not frozen: made by the hundred thousand
class Reply:
    """The answer to a call, before any transport."""

    status: int
    answer: dict[str, Any]

    @property
    def body(self) -> bytes:
        return orjson.dumps(self.answer)

    @property
    def retry_after(self) -> int:
        return int(self.answer.get("parameters", {}).get("retry_after", 0))


class BotApi:
    """A world of persons, groups and bots. `kept_messages`, `recorded` and `kept_file_bytes` bound its memory;
    `rate_limits` are off by default; the seed decides every id and every probable fault; `post` is how webhooks
    are delivered."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        seed: int = 0,
        kept_messages: int | None = None,
        recorded: int | None = 10_000,
        kept_file_bytes: int | None = None,
        rate_limits: RateLimits | None = None,
        post: Post | None = None,
    ) -> None:
        self.clock = clock or RunningClock()
        self.random = Random(seed)  # noqa: S311 -- repeatable on purpose, nothing secret comes from it
        self.files = Files(kept_file_bytes)
        self.recorder = Recorder(recorded)
        self.faults = Faults(self.clock, self.random)
        self.bots: dict[str, Bot] = {}
        self.bots_by_id: dict[int, Bot] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.listeners: list[Listener] = []
        self.rates: Rates | None = None
        self.post: Post = post or HttpPost()
        self._errands: set[asyncio.Task[None]] = set()
        self._kept_messages = kept_messages
        self._query_number = self.random.randrange(10**17, 10**18)
        self.set_rate_limits(rate_limits)

    def set_rate_limits(self, limits: RateLimits | None) -> None:
        """Switch Telegram's sending limits on, or off with None."""
        self.rates = None if limits is None else Rates(limits, self.clock)

    def date(self) -> int:
        return int(self.clock.now())

    @property
    def only_bot(self) -> Bot:
        if len(self.bots) != 1:
            raise LookupError(f"Say which bot: this local Bot API has {len(self.bots)}.")
        return next(iter(self.bots.values()))

    def add_bot(self, token: str, *, username: str = "palabre_bot", first_name: str = "Palabre") -> Bot:
        bot = new_bot(token, username, first_name, self.clock, self.random)
        self.bots[token] = self.bots_by_id[bot.id] = bot
        return bot

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "fr",
        id: int | None = None,  # noqa: A002 -- Telegram's name for it
    ) -> Person:
        user: dict[str, Any] = {"id": id or _FIRST_PERSON + len(self.people), "is_bot": False, "first_name": first_name}
        optional = {"last_name": last_name, "username": username, "language_code": language_code}
        user |= {name: value for name, value in optional.items() if value}
        person = self.people[user["id"]] = Person(self, user)
        return person

    def add_group(self, title: str, *, supergroup: bool = False) -> Group:
        """An empty group; a person's `creates_group` is the ordinary way."""
        first = _FIRST_SUPERGROUP if supergroup else _FIRST_GROUP
        header = {
            "id": first - len(self.groups), "title": title, "type": "supergroup" if supergroup else "group"
        }  # fmt: skip
        group = Group(header, self._instance(), self._kept_messages)
        self.groups[group.id] = group
        return group

    def becomes_supergroup(self, group: Group) -> Group:
        """What happens to a group that grows: another id; writing to the old one gets 400 with the new id."""
        return become_supergroup(self, group)

    def promotes(self, group: Group, who: Bot | Person) -> None:
        """Make a bot or a person an administrator of a group."""
        promote(self, group, who.user)

    def conversation(self, bot: Bot, person: Person) -> PrivateChat:
        chat = bot.conversations.get(person.id)
        if chat is None:
            chat = PrivateChat(person, bot, self._instance(), self._kept_messages)
            bot.conversations[person.id] = chat
        return chat

    def _instance(self) -> str:
        return str(self.random.randrange(10**17, 10**18))

    def file(self, file_id: str) -> StoredFile:
        """A file by its id; KeyError when unknown or forgotten."""
        found = self.files.by_id(file_id)
        if found is None:
            raise KeyError(file_id)
        return found

    def pending(self, bot: Bot | None = None) -> int:
        """Updates the bot has not confirmed."""
        return len((bot or self.only_bot).queue)

    def queue_press(self, person: Person, bot: Bot, chat: Chat, message: dict[str, Any], data: str) -> Press:
        self._query_number += 1
        press = Press(str(self._query_number), person, chat, message["message_id"], data)
        bot.callbacks.add(press)
        query = {
            "id": press.id, "from": person.user, "message": message, "chat_instance": chat.instance, "data": data
        }  # fmt: skip
        bot.queue.add("callback_query", query, ("presses", person.id))
        return press

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Follow every phone at once; returns what stops it."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener) if listener in self.listeners else None

    def show(
        self, kind: str, chat: Chat, message_id: int = 0, message: dict[str, Any] | None = None, action: str = ""
    ) -> None:
        """Something happened in a chat: tell the phones that show it, if somebody follows them."""
        if isinstance(chat, PrivateChat):
            phone = chat.person.phones.get(chat.bot.id)
            phones = [phone] if phone else [chat.person.phone(chat.bot)] if self.listeners else []
        elif isinstance(chat, Group):
            members = (self.people[user_id] for user_id in chat.present() if user_id in self.people)
            phones = [phone for member in members for phone in member.phones.values()]
        for phone in phones:
            if phone.listeners or self.listeners:
                self.tell(PhoneEvent(kind, phone, chat, message_id, message, action=action))

    def tell(self, event: PhoneEvent) -> None:
        for listener in (*event.phone.listeners, *self.listeners):
            listener(event)

    def do_apart(self, errand: Coroutine[None, None, None]) -> None:
        """Do it beside everything else; it ends with this local Bot API at the latest."""
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def close(self) -> None:
        """Stop the webhooks; their updates stay pending."""
        for bot in self.bots.values():
            webhook, bot.webhook = bot.webhook, None
            if webhook is not None:
                await webhook.stop()
        errands = tuple(self._errands)
        for errand in errands:
            errand.cancel()
        await asyncio.gather(*errands, return_exceptions=True)
        if isinstance(self.post, HttpPost):
            await self.post.close()

    async def call(
        self, token: str, method: str, parameters: Mapping[str, Any], files: Mapping[str, Upload] | None = None
    ) -> Reply:
        """Obey one request. Raises ConnectionCut when a fault says so: the transport then hangs up."""
        name = method.lower()
        status, answer = 0, None
        bot = self.bots.get(token)
        try:
            status, answer = 200, {"ok": True, "result": await self._obey(bot, name, parameters, files or _NO_FILES)}
        except ApiError as error:
            status, answer = error.code, error.payload()
        finally:
            if bot is not None:
                official = OFFICIAL_NAMES.get(name, method)
                self.recorder.add(self.clock.now(), bot.id, official, parameters, files or (), status, answer)
        return Reply(status, answer)

    async def _obey(
        self, bot: Bot | None, name: str, parameters: Mapping[str, Any], files: Mapping[str, Upload]
    ) -> Any:
        if bot is None:
            raise ApiError(401, "Unauthorized")
        known = METHODS.get(name)
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        call = Call(self, bot, name, Parameters(parameters, files))
        if not self.faults.active:
            result = known(call)
            return await result if isinstance(result, CoroutineType) else result
        chat_id = call.parameters.text("chat_id")
        await self.faults.before(name, chat_id)
        result = known(call)
        result = await result if isinstance(result, CoroutineType) else result
        self.faults.after(name, chat_id)
        return result


__all__ = ["BotApi", "ConnectionCut", "Reply"]
