"""Writing to many: an announcement, confirmed first; a reminder to those who have not answered."""

from bot.context import Turn
from bot.handlers.launching import spoken_span
from bot.handlers.steering import activity_named, activity_pressed
from bot.keyboards import Key
from bot.messages import say
from participation.actions import steering, telling
from participation.errors import NoMessage, TooLong
from participation.model.activity import Activity
from participation.model.message import duration
from participation.model.text import clean

DIALOGUE = "announcement"


def announce(turn: Turn, argument: str) -> None:
    """/annonce TEXTE: shows the text and how many will get it; sends nothing before « Envoyer »."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    text = clean(argument)
    if not text:
        raise NoMessage()
    if len(text) > telling.ANNOUNCEMENT_LENGTH:
        raise TooLong(length=len(text), limit=telling.ANNOUNCEMENT_LENGTH)
    people = len(turn.tx.members.to_ask(workshop.id))
    span = spoken_span(turn.voice, duration(people, turn.house.policy.messages_per_second).total_seconds())
    turn.tx.dialogues.put(turn.known().id, DIALOGUE, {"text": text, "workshop": workshop.id})
    yes = Key(turn.voice("bot-announce-yes"), f"announce:{workshop.id}")
    no = Key(turn.voice("bot-announce-no"), f"announce-not:{workshop.id}")
    turn.say("bot-announce-sure", [[yes], [no]], text=text, people=people, span=span)


def really_announce(turn: Turn, workshop_number: str) -> None:
    """The button « Envoyer »: once, and to the workshop it was written for."""
    workshop = steering.organised(turn.tx, turn.known(), int(workshop_number))
    text = _kept(turn, workshop.id)
    count = telling.announce(turn.tx, workshop, text, turn.now)
    turn.tx.dialogues.drop(turn.known().id)
    turn.toast(turn.voice("bot-announced-toast", people=count))
    turn.rewrite(say(turn.voice, "bot-announced", text=text, people=count))


def announce_not(turn: Turn, _workshop: str) -> None:
    """The button « Ne pas envoyer »."""
    turn.tx.dialogues.drop(turn.known().id)
    turn.rewrite(say(turn.voice, "bot-nothing-changed"))


def remind(turn: Turn, argument: str) -> None:
    """/relancer: only those who have not answered; says how many."""
    people = _remind(turn, activity_named(turn, argument))
    turn.say("bot-reminded", people=people)


def press_remind(turn: Turn, activity_number: str) -> None:
    """The button « Relancer »."""
    people = _remind(turn, activity_pressed(turn, activity_number))
    turn.toast(turn.voice("bot-reminded", people=people), alert=True)


def _remind(turn: Turn, activity: Activity) -> int:
    return telling.remind(turn.tx, activity, turn.now)


def _kept(turn: Turn, workshop_id: int) -> str:
    """The announcement waiting for its confirmation; a second press finds none."""
    kept = turn.tx.dialogues.get(turn.known().id)
    if kept is None or kept[0] != DIALOGUE or kept[1].get("workshop") != workshop_id:
        raise NoMessage()
    return str(kept[1]["text"])


PRESSES = {"announce": really_announce, "announce-not": announce_not, "remind": press_remind}
