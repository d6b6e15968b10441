"""Hide a word from the workshop's screens, list the hidden ones, bring one back."""

from hashlib import blake2b

from bot.context import Turn
from bot.keyboards import LABEL_UNITS, Key, Rows
from bot.messages import cut, say
from participation.actions import steering
from participation.actions.hiding import hide_words, show_word
from participation.model.workshop import Workshop

LISTED = 40


def hide(turn: Turn, argument: str) -> None:
    """/cacher: with words, hide them; alone, the list of the hidden ones."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    turn.enter(workshop)
    if argument:
        workshop = hide_words(turn.tx, workshop, argument, turn.now)
    _list(turn, workshop)


def press_show(turn: Turn, workshop_number: str, mark: str) -> None:
    """A button of the list: this word comes back."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    if workshop.id != int(workshop_number):
        turn.toast(turn.voice("bot-hidden-elsewhere"), alert=True)
        return
    shown = next((word for word in workshop.hidden_words if _mark(word) == mark), None)
    if shown is not None:
        workshop = show_word(turn.tx, workshop, shown, turn.now)
        turn.toast(turn.voice("bot-hidden-shown", word=shown))
    turn.rewrite(say(turn.voice, _sentence(workshop), words=", ".join(workshop.hidden_words)), _rows(turn, workshop))


def _list(turn: Turn, workshop: Workshop) -> None:
    turn.say(_sentence(workshop), _rows(turn, workshop), words=", ".join(workshop.hidden_words))


def _sentence(workshop: Workshop) -> str:
    return "bot-hidden" if workshop.hidden_words else "bot-hidden-none"


def _rows(turn: Turn, workshop: Workshop) -> Rows:
    """A button a word, named by a digest: the list may have changed since it was sent."""
    return [
        [Key(cut(turn.voice("bot-key-show-word", word=word), LABEL_UNITS), f"unhide:{workshop.id}:{_mark(word)}")]
        for word in workshop.hidden_words[-LISTED:]
    ]


def _mark(word: str) -> str:
    return blake2b(word.encode(), digest_size=6).hexdigest()


PRESSES = {"unhide": press_show}
