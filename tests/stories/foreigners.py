"""People on somebody else's emulator of the Bot API (telegram-test-api, from npm), moved through its own HTTP door."""

import asyncio
import html
import itertools
import re
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.stories.processes import PATIENCE, TOKEN, Program, free_port
from tests.stories.town import Bubble

FOREIGN = Path(__file__).with_name("foreign")
HOW = "npm ci --prefix tests/stories/foreign"


def why_not() -> str:
    """Why the emulator cannot be started here; empty when it can."""
    if shutil.which("node") is None:
        return "the foreign emulator needs node"
    if not (FOREIGN / "node_modules" / "telegram-test-api").is_dir():
        return f"the foreign emulator is not installed: {HOW}"
    return ""


@asynccontextmanager
async def foreign_bot_api(folder: Path) -> AsyncIterator["Abroad"]:
    """The emulator as a process of its own, and everybody in it."""
    port, node = free_port(), shutil.which("node")
    words = [str(FOREIGN / "serve.cjs"), str(port)]
    with Program(words, {}, folder / "emulator.log", folder, interpreter=node) as emulator:
        await emulator.says(f"listening on {port}")
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            yield Abroad(session)


@dataclass
class Abroad:
    """The emulator's side: it hands every update over once, at once, and keeps what the bot sent."""

    session: aiohttp.ClientSession
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def url(self) -> str:
        return str(self.session._base_url).rstrip("/")

    def arrive(self, *names: str) -> list["Foreigner"]:
        """People with small numbers, as this emulator has them."""
        return [Foreigner(self, next(self._numbers), name) for name in names]

    async def asks(self, path: str, body: dict[str, Any]) -> Any:
        """One request to the emulator's own door."""
        async with self.session.post(f"/{path}", json={**body, "botToken": TOKEN, "token": TOKEN}) as answer:
            content = await answer.json()
        assert content.get("ok"), f"{path}: {content}"
        return content["result"]

    async def history(self) -> list[dict[str, Any]]:
        """Everything said by anybody, oldest first."""
        return list(await self.asks("getUpdatesHistory", {}))

    async def unread(self) -> list[int]:
        """The numbers of the updates the bot was not given yet."""
        return [entry["updateId"] for entry in await self._given() if not entry["isRead"]]

    async def sent(self, last: int) -> list[int]:
        """The numbers of the last things people did."""
        numbers = sorted(entry["updateId"] for entry in await self._given())
        return numbers[len(numbers) - last :]

    async def _given(self) -> list[dict[str, Any]]:
        return [entry for entry in await self.history() if _is_of_a_person(entry)]


@dataclass(frozen=True)
class Foreigner:
    """Somebody with a phone in hand, as far as the emulator goes."""

    abroad: Abroad
    id: int
    name: str

    @property
    def _sender(self) -> dict[str, Any]:
        person = {"id": self.id, "first_name": self.name}
        return {
            "from": {**person, "is_bot": False, "language_code": "fr"},
            "chat": {**person, "type": "private"},
            "date": int(time.time()),
        }

    async def writes(self, text: str) -> None:
        await self.abroad.asks("sendMessage", {**self._sender, "text": text})

    async def commands(self, text: str) -> None:
        """A command: the emulator wants its entities."""
        length = len(text.split(maxsplit=1)[0])
        entities = [{"type": "bot_command", "offset": 0, "length": length}]
        await self.abroad.asks("sendCommand", {**self._sender, "text": text, "entities": entities})

    async def presses(self, bubble: Bubble, label: str) -> None:
        """The button whose label ends so. The message it hangs on has no date here, as the emulator's own client sends it."""
        found = (button for row in bubble["keyboard"] for button in row if button["text"].endswith(label))
        sender = self._sender
        message = {"message_id": bubble["message_id"], "chat": sender["chat"]}
        await self.abroad.asks("sendCallback", {**sender, "message": message, "data": next(found)["callback_data"]})

    async def received(self) -> list[Bubble]:
        """What the bot wrote to them, oldest first."""
        said = [entry for entry in await self.abroad.history() if not _is_of_a_person(entry)]
        return [_bubble(entry) for entry in said if str(entry["message"]["chat_id"]) == str(self.id)]

    async def sees(self, pattern: str) -> Bubble:
        """Wait for a message whose text fits; the newest one."""
        for _ in range(int(PATIENCE / 0.1)):
            for bubble in reversed(await self.received()):
                if re.search(pattern, bubble["text"]):
                    return bubble
            await asyncio.sleep(0.1)
        shown = "\n---\n".join(bubble["text"] for bubble in (await self.received())[-6:])
        raise AssertionError(f"{pattern!r} did not come; the phone shows:\n{shown}")


def _is_of_a_person(entry: dict[str, Any]) -> bool:
    return "callbackQuery" in entry or "from" in entry["message"]


def _bubble(entry: dict[str, Any]) -> Bubble:
    message = entry["message"]
    text = html.unescape(re.sub(r"<[^>]+>", "", str(message.get("text", ""))))
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {"message_id": entry["messageId"], "text": text, "keyboard": keyboard}
