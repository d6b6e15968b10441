"""One person of a replayed consultation: joins, waits for the question on their phone, answers as they did."""

import asyncio
from typing import Any

from rehearsal.botapi import BotApi, Person, PhoneEvent

Place = tuple[int, int]
"""Row and column of a button."""


class Player:
    """Remembers the newest message with buttons that the phone received."""

    def __init__(self, api: BotApi, name: str) -> None:
        self.person: Person = api.add_person(name, language_code="fr")
        self._shown: dict[str, Any] | None = None
        self._moved = asyncio.Event()
        self.person.phone().listen(self._sees)

    def _sees(self, event: PhoneEvent) -> None:
        if event.kind != "message" or event.message is None:
            return
        if "reply_markup" in event.message:
            self._shown = event.message
        self._moved.set()

    def looks_away(self) -> None:
        """What is on the phone is of the past: only a new message will do."""
        self._shown = None
        self._moved.clear()

    async def join(self, code: str) -> None:
        """Open the link, read the two sentences, agree."""
        self.person.opens_link(code)
        await self.press_button("accepte")

    async def choose(self, position: int, options: int) -> None:
        """Press the option at this position on the ballot, once it is there."""
        while len(places := self._places()) < options:
            await self.news()
        await self._press(self._shown, places[position])

    async def press_button(self, words: str) -> None:
        """Press the button whose text contains these words, once it is there; its message is then behind us."""
        place = await self.sees(words)
        message, self._shown = self._shown, None
        await self._press(message, place)

    async def sees(self, words: str) -> Place:
        """Wait for a button whose text contains these words, among those of the newest message."""
        while (place := self._named(words)) is None:
            await self.news()
        return place

    def write(self, text: str) -> None:
        """Write in one's own words."""
        self.person.sends_text(text)

    async def _press(self, message: dict[str, Any] | None, place: Place) -> None:
        if message is not None:
            await self.person.presses(message["message_id"], place).settled()

    def _places(self) -> list[Place]:
        """Where the buttons are, in the order they are read."""
        return [(r, c) for r, row in enumerate(self._rows()) for c in range(len(row))]

    def _named(self, words: str) -> Place | None:
        return next((place for place in self._places() if words in self._rows()[place[0]][place[1]]["text"]), None)

    def _rows(self) -> list[list[dict[str, Any]]]:
        found: list[list[dict[str, Any]]] = (self._shown or {}).get("reply_markup", {}).get("inline_keyboard", [])
        return found

    async def news(self) -> None:
        """Wait for the bot's next message, if none has come since the last time one looked."""
        await self._moved.wait()
        self._moved.clear()
