"""What the hands of a simulated councillor do on a phone, each gesture at its pace and told once done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rehearsal.botapi import ActionRefused, Bot, Bubble, Person
from rehearsal.reading import Asked, label
from rehearsal.scenario.voice import Voice
from rehearsal.tempo import Tempo

SHORTEST_PATIENCE = 1.0  # seconds: even a room sped up leaves the bot the time to answer


@dataclass(frozen=True)
class Deed:
    """Something a simulated person did, as the person meant it: what a bot's own count can be compared with."""

    person_id: int
    kind: str  # joined, agreed, pressed, wrote, edited, sticker, thanked, prevented
    question: str
    content: str
    message_id: int


class Hands:
    """Gestures of one person; `said` is everything this person wrote, which receipts may quote."""

    def __init__(self, person: Person, bot: Bot, voice: Voice, tempo: Tempo, record: Callable[[Deed], None]) -> None:
        self._person = person
        self._bot = bot
        self._voice = voice
        self._tempo = tempo
        self._record = record
        self.said: set[str] = set()

    async def wait(self, pace: str, occasion: str) -> None:
        await self._tempo.pause(self._voice.delay(pace, occasion))

    def open_link(self, code: str) -> None:
        self._do("joined", "", code, lambda: self._person.opens_link(code, self._bot))

    async def press(self, kind: str, asked: Asked, bubble: Bubble, position: int) -> None:
        """Press a button as it shows now; once more if the bot leaves it turning for too long."""
        button = [*asked.options, asked.finish][position]
        if button is None or not self._still_there(bubble.message_id):
            return
        place = (button.row, button.column)
        patience = max(SHORTEST_PATIENCE, self._voice.delay("patience", asked.question) / self._tempo.speed)
        for _ in range(2):
            press = self._do(
                kind,
                asked.question,
                label(button),
                lambda: self._person.presses(bubble.message_id, place, bot=self._bot),
            )
            if press is None or await press.answered(patience):
                return

    async def write(self, question: str, text: str) -> int | None:
        """Type a message; its id, or None when the phone would not send it."""
        await self._tempo.pause(len(text) / self._voice.delay("letters_per_second", "for good"))
        self.said.add(text)
        sent: int | None = self._do("wrote", question, text, lambda: self._person.sends_text(text, bot=self._bot))
        return sent

    async def write_idea(self, question: str, idea: str) -> None:
        """Type an idea; some people forget a letter, see it, and edit their message."""
        if not self._voice.happens("edit_share", idea):
            await self.write(question, idea)
            return
        message_id = await self.write(question, self._voice.slip(idea))
        self.said.add(idea)
        await self.wait("reading", f"{idea}/edit")
        if message_id:
            self._do("edited", question, idea, lambda: self._person.edits(message_id, idea, bot=self._bot))

    def send_sticker(self, question: str) -> None:
        sticker = self._voice.sticker(question)
        self._do("sticker", question, sticker, lambda: self._person.sends_sticker(sticker, bot=self._bot))

    async def thank(self, occasion: str) -> None:
        await self.wait("thanks_after", occasion)
        thanks = self._voice.thanks(occasion)
        self._do("thanked", "", thanks, lambda: self._person.sends_text(thanks, bot=self._bot))

    def _still_there(self, message_id: int) -> bool:
        try:
            return bool(self._person.phone(self._bot).bubble(message_id).keyboard)
        except KeyError:  # the bot has deleted it
            return False

    def _do(self, kind: str, question: str, content: str, act: Callable[[], Any]) -> Any:
        """Act and tell it; what Telegram itself would forbid at this moment is told as `prevented`."""
        try:
            done = act()
        except ActionRefused as refusal:
            self._record(Deed(self._person.id, "prevented", question, str(refusal), 0))
            return None
        self._record(Deed(self._person.id, kind, question, content, done if isinstance(done, int) else 0))
        return done
