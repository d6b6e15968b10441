"""The conversation: one raw update in, the effect and everything to be said in the same transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.commands import commands, read_command, run_command, table_of
from bot.context import House, Turn
from bot.errors import guarded
from bot.flood import Albums, Flood, Haste, Verdict
from bot.handlers import (
    groups,
    hiding,
    joining,
    launching,
    other_things,
    own,
    reading,
    steering,
    telling,
    voting,
    writing,
)
from bot.incoming import InGroup, Press, Sender, Sent, Standing, Written, read
from bot.keyboards import Seal
from bot.quick import quick_read
from bot.reachability import mark_unreachable
from i18n import Catalog
from participation.actions import joining as arriving
from participation.model.policy import Policy
from participation.model.text import clean
from participation.ports import Transaction

PRESSES: dict[str, Callable[..., None]] = {
    **joining.PRESSES,
    **voting.PRESSES,
    **writing.PRESSES,
    **own.PRESSES,
    **launching.PRESSES,
    **steering.PRESSES,
    **reading.PRESSES,
    **telling.PRESSES,
    **hiding.PRESSES,
}
"""What each button's verb does; the rest of its reference are the arguments."""


class Conversation:
    """Turns updates into actions of the rules, and what they decide into messages. It never waits and never writes a file."""

    def __init__(
        self,
        catalog: Catalog,
        policy: Policy,
        seal: Seal,
        bot_username: str,
        public_url: str,
        haste: Haste | None = None,
    ) -> None:
        self.catalog = catalog
        self.house = House(catalog, policy, seal, bot_username, public_url)
        self._commands = table_of(commands(catalog))
        self._flood = Flood(haste or Haste())
        self._albums = Albums()

    def turn(self, tx: Transaction, update: dict[str, Any], now: datetime) -> None:
        """Deal with one raw update. Foreign shapes are silence; a bug is raised, and counted by the intake."""
        match quick_read(update) or read(update):
            case Press() as press:
                self._pressed(self._turn(tx, press.sender, press.sender.id, now, press), press)
            case Written() as message:
                self._hear(tx, message, now, lambda turn: self._written(turn, message))
            case Sent() as sent:
                if sent.album is None or self._albums.is_first(sent.album, sent.message):
                    self._hear(tx, sent, now, lambda turn: other_things.not_text(turn, sent))
            case InGroup() as call:
                if groups.calls_us(self.house, call.text):
                    turn = self._turn(tx, call.sender, call.chat, now)
                    self._answer(turn, lambda turn: groups.point_to_private(turn, call))
            case Standing() as standing:
                _standing(tx, standing, now)
            case None:
                return

    def _hear(self, tx: Transaction, message: Written | Sent, now: datetime, act: Callable[[Turn], None]) -> None:
        """A private message: answered, unless its sender goes too fast."""
        verdict = self._flood.judge(message.sender.id, message.message, message.at)
        if verdict is Verdict.SILENCE:
            return
        turn = self._turn(tx, message.sender, message.chat, now)
        self._answer(turn, act if verdict is Verdict.WELCOME else lambda turn: turn.say("bot-too-fast"))

    def _turn(self, tx: Transaction, sender: Sender, chat: int, now: datetime, press: Press | None = None) -> Turn:
        person = tx.people.by_telegram(sender.id)
        if person is not None and person.unreachable_since is not None:
            person = arriving.arrive(tx, sender.id, person.name, person.language, now)
        voice = self.house.voice(person.language if person else sender.language, None, now)
        return Turn(tx, self.house, now, sender, chat, person, voice, press)

    def _answer(self, turn: Turn, act: Callable[[Turn], None]) -> None:
        guarded(turn, lambda: act(turn))
        turn.post()

    def _pressed(self, turn: Turn, press: Press) -> None:
        """A button: only one made by us for this very person does something."""
        reference = self.house.seal.open(press.data, press.sender.id)
        verb, *arguments = (reference or "").split(":")
        if verb in PRESSES:
            guarded(turn, lambda: PRESSES[verb](turn, *arguments), refuses_first=verb == "vote")
        else:
            turn.toast(turn.voice("bot-foreign-button"), alert=True)
        turn.post()

    def _written(self, turn: Turn, message: Written) -> None:
        """A text: cleaned once, here at the door, before anybody looks at it."""
        message = replace(message, text=clean(message.text))
        command = read_command(message.text)
        if message.is_edit:
            if command is None:
                writing.rewrite(turn, message)
        elif command is not None:
            run_command(turn, self._commands, command)
        else:
            writing.write(turn, message)


def _standing(tx: Transaction, standing: Standing, now: datetime) -> None:
    """Somebody blocked the bot, or opened the door again."""
    if standing.is_blocked:
        mark_unreachable(tx, standing.sender.id, now)
        return
    person = tx.people.by_telegram(standing.sender.id)
    if person is not None and person.unreachable_since is not None:
        tx.people.save(replace(person, unreachable_since=None))
