"""One person of a replayed consultation: joins, waits for the question on their phone, answers as they did."""

import asyncio
from collections.abc import Callable

from rehearsal.botapi import BotApi, Bubble, Person, PhoneEvent

PATIENCE = 120.0
"""Seconds a person waits for the bot; a replay that stalls this long is a fault, and says so."""


class Player:
    """Remembers the newest message with buttons that the phone received."""

    def __init__(self, api: BotApi, name: str) -> None:
        self.person: Person = api.add_person(name, language_code="fr")
        self.buttons: Bubble | None = None
        self._changed = asyncio.Event()
        self.person.phone().listen(self._sees)

    def _sees(self, event: PhoneEvent) -> None:
        if event.kind == "message" and event.message and "reply_markup" in event.message:
            self.buttons = event.bubble
            self._changed.set()

    async def join(self, code: str) -> None:
        """Open the link, read the two sentences, agree."""
        self.person.opens_link(code)
        await self.press_button("accepte")

    async def choose(self, position: int, options: int) -> None:
        """Press the option at this position on the ballot, once it is there."""
        await self._until(lambda: self.buttons is not None and len(self.buttons.buttons) >= options)
        await self._press(position)

    async def press_button(self, words: str) -> None:
        """Press the button whose text contains these words, once it is there; its message is then behind us."""
        await self._until(lambda: self._position(words) is not None)
        position, message = self._position(words), self.buttons
        self.buttons = None
        if position is not None and message is not None:
            await self._answered(message, position)

    async def write(self, text: str) -> None:
        """Write in one's own words."""
        self.person.sends_text(text)

    async def _press(self, position: int) -> None:
        message = self.buttons
        if message is not None:
            await self._answered(message, position)

    async def _answered(self, message: Bubble, position: int) -> None:
        press = self.person.presses(message.message_id, message.buttons[position])
        await press.answered(PATIENCE)

    def _position(self, words: str) -> int | None:
        shown = self.buttons.buttons if self.buttons else ()
        return next((i for i, button in enumerate(shown) if words in button.text), None)

    async def _until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not ready():
                self._changed.clear()
                await self._changed.wait()
