"""One simulated councillor: joins, agrees, and answers what shows on the phone, at a human pace."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from rehearsal.botapi import Bot, Bubble, Person, PhoneEvent
from rehearsal.hands import Deed, Hands
from rehearsal.reading import Asked, understand
from rehearsal.scenario.voice import Voice
from rehearsal.tempo import Tempo


class Councillor:
    """Reads the phone of a person and acts on it; `record` is told each deed when it is done."""

    def __init__(self, person: Person, bot: Bot, voice: Voice, tempo: Tempo, record: Callable[[Deed], None]) -> None:
        self._person_id = person.id
        self._phone = person.phone(bot)
        self._voice = voice
        self._hands = Hands(person, bot, voice, tempo, record)
        self._code = ""
        self._last_read = 0
        self._has_thanked = False
        self._answered: set[str] = set()
        self._unread: asyncio.Queue[Bubble] = asyncio.Queue()
        self._begun: dict[int, str] = {}  # message → question: what is being read or answered just now
        self._thoughts: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether something is being read, typed or thought over."""
        return bool(self._begun or self._thoughts) or not self._unread.empty()

    async def live(self, code: str) -> None:
        """Join by the link, catch up with what came while away, then react to every message until cancelled."""
        stop_listening = self._phone.listen(self._notice)
        for missed in self._phone.messages():
            self._receive(missed)
        try:
            async with asyncio.TaskGroup() as thoughts:
                if code != self._code:
                    self._think(thoughts, self._arrive(code))
                while True:
                    await self._react(await self._unread.get(), thoughts)
        finally:
            stop_listening()
            self._leave_for_later()

    def _notice(self, event: PhoneEvent) -> None:
        if event.kind == "message" and event.bubble:
            self._receive(event.bubble)

    def _receive(self, bubble: Bubble) -> None:
        if not bubble.mine and bubble.chat_id == self._person_id and bubble.message_id > self._last_read:
            self._last_read = bubble.message_id
            self._unread.put_nowait(bubble)

    def _leave_for_later(self) -> None:
        """What was left unread or half answered will be read again on coming back."""
        left = list(self._begun)
        self._answered -= set(self._begun.values())
        self._begun.clear()
        while not self._unread.empty():
            left.append(self._unread.get_nowait().message_id)
        self._last_read = min([self._last_read, *(message_id - 1 for message_id in left)])

    def _think(self, thoughts: asyncio.TaskGroup, thought: Coroutine[Any, Any, None]) -> None:
        task = thoughts.create_task(thought)
        self._thoughts.add(task)
        task.add_done_callback(self._thoughts.discard)

    async def _arrive(self, code: str) -> None:
        await self._hands.wait("late_arrival" if self._voice.late else "arrival", "join")
        self._code = code
        self._hands.open_link(code)

    async def _react(self, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        asked = understand(bubble, self._hands.said)
        if asked is None:
            self._maybe_thank(bubble, thoughts)
            return
        if asked.kind == "consent":
            await self._consent(asked, bubble)
        elif self._wants_to_answer(asked, bubble):
            self._answered.add(asked.question)
            self._begun[bubble.message_id] = asked.question
            self._think(thoughts, self._answer(asked, bubble, thoughts))

    def _maybe_thank(self, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        if self._answered and not self._has_thanked and self._voice.happens("thanks_share", bubble.text):
            self._has_thanked = True
            self._think(thoughts, self._hands.thank(bubble.text))

    def _wants_to_answer(self, asked: Asked, bubble: Bubble) -> bool:
        if asked.question in self._answered or self._voice.silent:
            return False
        return not self._voice.happens("skip_share", f"{asked.question}/{bubble.message_id}")

    async def _consent(self, asked: Asked, bubble: Bubble) -> None:
        self._begun[bubble.message_id] = asked.question
        await self._hands.wait("reading", "consent")
        if not self._voice.happens("refuse_share", "consent"):
            await self._hands.press("agreed", asked, bubble, 0)
        del self._begun[bubble.message_id]

    async def _answer(self, asked: Asked, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        await self._hands.wait("reading", asked.question)
        if self._voice.happens("sticker_share", asked.question):
            self._hands.send_sticker(asked.question)
        if asked.kind == "ballot":
            await self._vote(asked, bubble, thoughts)
        elif asked.kind == "ideas":
            await self._write_ideas(asked.question)
        else:
            await self._hands.write(asked.question, ", ".join(self._voice.words(asked.question)))
        del self._begun[bubble.message_id]

    async def _write_ideas(self, question: str) -> None:
        for turn, idea in enumerate(self._voice.ideas(question)):
            if idea not in self._hands.said:
                await self._hands.wait("between_ideas", f"{question}/{turn}")
                await self._hands.write_idea(question, idea)

    async def _vote(self, asked: Asked, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        chosen = self._voice.choices(asked.question, asked.labels, asked.most)
        await self._hands.wait("choosing", asked.question)
        if asked.most == 1 and self._voice.happens("types_number_share", asked.question):
            await self._hands.write(asked.question, str(chosen[0] + 1))
        else:
            await self._press_each(asked, bubble, chosen)
        if self._voice.happens("change_share", asked.question):
            self._think(thoughts, self._change_mind(asked, bubble, chosen))

    async def _press_each(self, asked: Asked, bubble: Bubble, chosen: list[int]) -> None:
        for turn, position in enumerate(chosen):
            await self._hands.wait("between_presses", f"{asked.question}/{turn}")
            await self._hands.press("pressed", asked, bubble, position)
        if asked.finish:
            await self._hands.press("pressed", asked, bubble, len(asked.options))

    async def _change_mind(self, asked: Asked, bubble: Bubble, given: list[int]) -> None:
        await self._hands.wait("change_after", asked.question)
        other = self._voice.another(asked.question, asked.labels, given)
        if other is None:
            return
        if asked.most != 1:
            await self._hands.press("pressed", asked, bubble, given[-1])
        await self._hands.press("pressed", asked, bubble, other)
