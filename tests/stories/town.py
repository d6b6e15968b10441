"""The people of the local Bot API, moved from another process through its control API, as hands move phones."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.stories.processes import PATIENCE, TOKEN

Bubble = dict[str, Any]
"""A bubble as JSON: text, kind, mine, message_id, keyboard, attachment…"""


def _plain(shown: dict[str, Any]) -> dict[str, Any]:
    return {**shown, "text": shown["text"].replace("\u00a0", " ").replace("\u202f", " ")}


@dataclass(frozen=True)
class Town:
    """One local Bot API and everybody in it."""

    session: aiohttp.ClientSession

    async def asks(self, method: str, path: str, /, **body: Any) -> Any:
        """One request to the control API."""
        async with self.session.request(method, f"/_control/{path}", json=body or None) as answer:
            content = await answer.json()
        assert answer.status == 200, f"{method} {path}: {content}"
        return content

    async def arrive(self, *names: str) -> list["Citizen"]:
        """People with a phone, who have not heard of the bot yet."""
        return [Citizen(self, (await self.asks("POST", "people", first_name=name))["ids"][0]) for name in names]

    async def crowd(self, count: int) -> list["Citizen"]:
        """Many at once."""
        return [Citizen(self, i) for i in (await self.asks("POST", "people", first_name="Voisine", count=count))["ids"]]

    async def answers(self) -> dict[str, dict[str, Any]]:
        """What became of each press: pending or not, and the little window it got."""
        found: dict[str, dict[str, Any]] = await self.asks("GET", "presses")
        return found

    async def pending(self) -> int:
        """Updates the bot has not confirmed."""
        return int((await self.asks("GET", "pending"))["pending"])

    async def counts(self) -> dict[str, int]:
        """Calls the bot made, by "method status"."""
        found: dict[str, int] = (await self.asks("GET", "recorder"))["counts"]
        return found

    async def picture(self, bubble: Bubble) -> bytes:
        """The bytes of the picture or document in a bubble, as the Bot API received them."""
        file_id = bubble["attachment"]["file_id"]
        async with self.session.get(f"/bot{TOKEN}/getFile", params={"file_id": file_id}) as answer:
            path = (await answer.json())["result"]["file_path"]
        async with self.session.get(f"/file/bot{TOKEN}/{path}") as answer:
            return await answer.read()


@asynccontextmanager
async def town_at(url: str) -> AsyncIterator[Town]:
    """The town behind a local Bot API's address."""
    async with aiohttp.ClientSession(url) as session:
        yield Town(session)


@dataclass(frozen=True)
class Citizen:
    """Somebody with a phone in hand."""

    town: Town
    id: int

    async def does(self, action: str, **arguments: Any) -> Any:
        """Any gesture of `rehearsal.botapi.people.Person`."""
        return await self.town.asks("POST", f"people/{self.id}/{action}", **arguments)

    async def opens_link(self, code: str) -> None:
        await self.does("opens_link", start_parameter=code)

    async def writes(self, text: str) -> int:
        """The message's number."""
        return int((await self.does("sends_text", text=text))["result"])

    async def presses(self, bubble: Bubble, label: str) -> str:
        """The press's number; the button is named by the end of its label (a choice made has a mark before it)."""
        for row in bubble["keyboard"]:
            for button in row:
                if button["text"].endswith(label):
                    place = [button["row"], button["column"]]
                    pressed = await self.does("presses", message_id=bubble["message_id"], button=place)
                    return str(pressed["press"])
        raise AssertionError(f"no button {label!r} under {bubble['text']!r}")

    async def is_told(self, press: str) -> str:
        """The little window a press gets."""
        for _ in range(int(PATIENCE / 0.1)):
            answer = (await self.town.answers())[press]
            if not answer["pending"]:
                return str(_plain(answer["answer"])["text"])
            await asyncio.sleep(0.1)
        raise AssertionError("the press was never answered")

    async def received(self) -> list[Bubble]:
        """What the bot wrote to them, oldest first, with plain spaces where French typography wants others."""
        phone = await self.town.asks("GET", f"people/{self.id}/phone")
        return [_plain(bubble) for bubble in phone["messages"] if not bubble["mine"]]

    async def sees(self, pattern: str, *, kind: str = "text", after: int = 0) -> Bubble:
        """Wait for a bubble of this kind whose text fits, newer than a message; the newest one if several do."""
        for _ in range(int(PATIENCE / 0.1)):
            for bubble in reversed(await self.received()):
                if bubble["kind"] == kind and bubble["message_id"] > after and re.search(pattern, bubble["text"]):
                    return bubble
            await asyncio.sleep(0.1)
        shown = "\n---\n".join(f"{b['kind']}: {b['text']}" for b in (await self.received())[-6:])
        raise AssertionError(f"{pattern!r} did not come; the phone shows:\n{shown}")

    async def agrees(self, code: str) -> None:
        """Follow the link of a workshop and accept, as everybody does on arriving."""
        await self.opens_link(code)
        door = await self.sees("Bienvenue")
        await self.presses(door, "J’accepte")
        await self.sees("Vous participez")

    async def launches(self, command: str) -> Bubble:
        """Type a question's command and press « Lancer »; the control panel."""
        typed = await self.writes(command)
        draft = await self.sees("est prête", after=typed)
        await self.presses(draft, "Lancer")
        return await self.sees("Elle est ouverte", after=typed)
