"""The people of a measurement: they press buttons through the local Bot API, which tells what they were shown."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
import orjson

AT_ONCE = 24
"""Requests of the driver on their way at the same moment."""
T = TypeVar("T")


@dataclass
class People:
    """Steers the persons of a local Bot API from another process."""

    url: str
    session: aiohttp.ClientSession
    presses: int = 0
    """How many were made through here."""
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def arrive(self, count: int) -> list[int]:
        """New persons; their numbers."""
        made = await self._ask("people", {"first_name": "Personne", "count": count})
        return [int(number) for number in made["ids"]]

    async def act(self, person: int, action: str, **details: Any) -> Any:
        """One person does something."""
        return await self._ask(f"people/{person}/{action}", details)

    async def press(self, person: int, message: int, row: int) -> str:
        """Press the button of this row; the number of the press."""
        self.presses += 1
        pressed = await self.act(person, "presses", message_id=message, button=[row, 0])
        return str(pressed["press"])

    async def messages(self, person: int) -> list[dict[str, Any]]:
        """What the person's chat shows, oldest first."""
        phone = await self._ask(f"people/{person}/phone")
        return list(phone["messages"])

    async def counts(self) -> dict[str, int]:
        """How many calls the bot made so far, by « method status »."""
        return dict((await self._ask("recorder"))["counts"])

    async def calls(self, method: str) -> list[dict[str, Any]]:
        """The calls of one method, with their moments."""
        return list(await self._ask(f"recorder/{method}"))

    async def unanswered(self) -> int:
        """Presses that never had their answer."""
        return sum(press["answer"] is None for press in (await self._ask("presses")).values())

    async def each(self, people: Iterable[T], act: Callable[[T], Awaitable[Any]]) -> list[Any]:
        """Everybody does it, a few at a time."""

        async def one(person: T) -> Any:
            async with self._slots:
                return await act(person)

        return list(await asyncio.gather(*(one(person) for person in people)))

    async def until_shown(self, people: Sequence[int], wanted: Callable[[dict[str, Any]], bool]) -> dict[int, int]:
        """Wait until everybody was sent a message of this kind; the newest such message of each."""
        found: dict[int, int] = {}
        async with asyncio.timeout(120):
            while missing := [person for person in people if person not in found]:
                for person, shown in zip(missing, await self.each(missing, self.messages), strict=True):
                    numbers = [m["message_id"] for m in shown if not m["mine"] and wanted(m)]
                    found |= {person: numbers[-1]} if numbers else {}
                await asyncio.sleep(0.1)
        return found

    async def _ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        address = f"{self.url}/_control/{path}"
        method, data = ("GET", None) if body is None else ("POST", orjson.dumps(body))
        async with self.session.request(method, address, data=data) as answer:
            content = orjson.loads(await answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{path}: {content}")
            return content


@asynccontextmanager
async def people_of(url: str) -> AsyncIterator[People]:
    """The people of the Bot API at this address."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as session:
        yield People(url, session)
