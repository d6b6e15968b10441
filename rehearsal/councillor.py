"""One simulated councillor: joins, agrees, and answers what shows on the phone, at a human pace."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from rehearsal.botapi import ActionRefused, Bot, Bubble, Person, PhoneEvent
from rehearsal.reading import Asked, label, understand
from rehearsal.scenario.voice import Voice
from rehearsal.tempo import Tempo


@dataclass(frozen=True)
class Deed:
    """Something a simulated person did, as the person meant it: what a bot's own count can be compared with."""

    person_id: int
    kind: str  # joined, agreed, pressed, wrote, edited, sticker, thanked, prevented
    question: str
    content: str
    message_id: int


class Councillor:
    """Reads the phone of a person and acts on it; `record` is told each deed when it is done."""

    def __init__(self, person: Person, bot: Bot, voice: Voice, tempo: Tempo, record: Callable[[Deed], None]) -> None:
        self.person = person
        self._bot = bot
        self._phone = person.phone(bot)
        self._voice = voice
        self._tempo = tempo
        self._record = record
        self._said: set[str] = set()
        self._answered: set[str] = set()
        self._thanks = 0
        self._code = ""
        self._last_read = 0
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
        if not bubble.mine and bubble.chat_id == self.person.id and bubble.message_id > self._last_read:
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
        await self._wait("late_arrival" if self._voice.late else "arrival", "join")
        self._code = code
        self._do("joined", "", code, lambda: self.person.opens_link(code, self._bot))

    async def _react(self, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        asked = understand(bubble, self._said)
        if asked is None:
            self._maybe_thank(bubble, thoughts)
        elif asked.kind == "consent":
            self._begun[bubble.message_id] = asked.question
            await self._consent(asked, bubble)
            del self._begun[bubble.message_id]
        elif self._wants_to_answer(asked, bubble):
            self._answered.add(asked.question)
            self._begun[bubble.message_id] = asked.question
            self._think(thoughts, self._answer(asked, bubble, thoughts))

    def _wants_to_answer(self, asked: Asked, bubble: Bubble) -> bool:
        if asked.question in self._answered or self._voice.silent:
            return False
        return not self._voice.happens("skip_share", f"{asked.question}/{bubble.message_id}")

    async def _consent(self, asked: Asked, bubble: Bubble) -> None:
        await self._wait("reading", "consent")
        if not self._voice.happens("refuse_share", "consent"):
            await self._press("agreed", asked, bubble, 0)

    async def _answer(self, asked: Asked, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        await self._answer_at_length(asked, bubble, thoughts)
        del self._begun[bubble.message_id]

    async def _answer_at_length(self, asked: Asked, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        await self._wait("reading", asked.question)
        if self._voice.happens("sticker_share", asked.question):
            sticker = self._voice.sticker(asked.question)
            self._do("sticker", asked.question, sticker, lambda: self.person.sends_sticker(sticker, bot=self._bot))
        if asked.kind == "ballot":
            await self._vote(asked, bubble, thoughts)
        elif asked.kind == "ideas":
            await self._write_ideas(asked.question)
        else:
            await self._write(asked.question, ", ".join(self._voice.words(asked.question)))

    async def _vote(self, asked: Asked, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        chosen = self._voice.choices(asked.question, asked.labels, asked.most)
        await self._wait("choosing", asked.question)
        if asked.most == 1 and self._voice.happens("types_number_share", asked.question):
            await self._write(asked.question, str(chosen[0] + 1))
        else:
            await self._press_each(asked, bubble, chosen)
        if self._voice.happens("change_share", asked.question):
            self._think(thoughts, self._change_mind(asked, bubble, chosen))

    async def _press_each(self, asked: Asked, bubble: Bubble, chosen: list[int]) -> None:
        for turn, position in enumerate(chosen):
            await self._wait("between_presses", f"{asked.question}/{turn}")
            await self._press("pressed", asked, bubble, position)
        if asked.finish:
            await self._press("pressed", asked, bubble, len(asked.options))

    async def _change_mind(self, asked: Asked, bubble: Bubble, given: list[int]) -> None:
        await self._wait("change_after", asked.question)
        other = self._voice.another(asked.question, asked.labels, given)
        if other is None:
            return
        if asked.most != 1:
            await self._press("pressed", asked, bubble, given[-1])
        await self._press("pressed", asked, bubble, other)

    async def _press(self, kind: str, asked: Asked, bubble: Bubble, position: int) -> None:
        """Press a button as it shows now; once more if the bot leaves it turning for too long."""
        button = [*asked.options, asked.finish][position]
        if button is None or not self._still_there(bubble.message_id):
            return
        place = (button.row, button.column)
        for _ in range(2):
            press = self._do(
                kind,
                asked.question,
                label(button),
                lambda: self.person.presses(bubble.message_id, place, bot=self._bot),
            )
            patience = self._voice.delay("patience", asked.question) / self._tempo.speed
            if press is None or await press.answered(timeout=max(patience, 1.0)):
                return

    def _still_there(self, message_id: int) -> bool:
        try:
            return bool(self._phone.bubble(message_id).keyboard)
        except KeyError:  # the bot has deleted it
            return False

    async def _write_ideas(self, question: str) -> None:
        for turn, idea in enumerate(self._voice.ideas(question)):
            if idea not in self._said:
                await self._wait("between_ideas", f"{question}/{turn}")
                await self._write_idea(question, idea)

    async def _write_idea(self, question: str, idea: str) -> None:
        if not self._voice.happens("edit_share", idea):
            await self._write(question, idea)
            return
        message_id = await self._write(question, self._voice.slip(idea))
        self._said.add(idea)
        await self._wait("reading", f"{idea}/edit")
        if message_id:
            self._do("edited", question, idea, lambda: self.person.edits(message_id, idea, bot=self._bot))

    async def _write(self, question: str, text: str) -> int | None:
        await self._tempo.pause(len(text) / self._voice.delay("letters_per_second", "for good"))
        self._said.add(text)
        return self._do("wrote", question, text, lambda: self.person.sends_text(text, bot=self._bot))

    def _maybe_thank(self, bubble: Bubble, thoughts: asyncio.TaskGroup) -> None:
        if self._thanks < 1 and self._answered and self._voice.happens("thanks_share", bubble.text):
            self._thanks += 1
            self._think(thoughts, self._thank(bubble.text))

    async def _thank(self, occasion: str) -> None:
        await self._wait("thanks_after", occasion)
        thanks = self._voice.thanks(occasion)
        self._do("thanked", "", thanks, lambda: self.person.sends_text(thanks, bot=self._bot))

    async def _wait(self, pace: str, occasion: str) -> None:
        await self._tempo.pause(self._voice.delay(pace, occasion))

    def _do(self, kind: str, question: str, content: str, act: Callable[[], Any]) -> Any:
        """Act and tell it; what Telegram itself would forbid at this moment is told as `prevented`."""
        try:
            done = act()
        except ActionRefused as refusal:
            self._record(Deed(self.person.id, "prevented", question, str(refusal), 0))
            return None
        self._record(Deed(self.person.id, kind, question, content, done if isinstance(done, int) else 0))
        return done
