"""Hide a word from the workshop's screens, list the hidden ones, bring one back."""

from hashlib import blake2b

from bot.context import Turn
from bot.keyboards import LABEL_UNITS, Key, Rows
from bot.messages import Html, cut, say
from participation.actions import steering
from participation.actions.hiding import hide_words, show_word
from participation.model.workshop import Workshop

LISTED = 40
"""Words of the longest length, with a button each: one message holds them (4 096 units, 100 buttons)."""


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
    turn.rewrite(_said(turn, workshop, 0), _rows(turn, workshop, 0))


def press_page(turn: Turn, workshop_number: str, newer: str) -> None:
    """A button of a long list: the words hidden before, or after, those listed."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    if workshop.id != int(workshop_number):
        turn.toast(turn.voice("bot-hidden-elsewhere"), alert=True)
        return
    skipped = int(newer) if int(newer) < len(workshop.hidden_words) else 0  # some came back meanwhile
    turn.rewrite(_said(turn, workshop, skipped), _rows(turn, workshop, skipped))


def _list(turn: Turn, workshop: Workshop) -> None:
    turn.send(_said(turn, workshop, 0), _rows(turn, workshop, 0))


def _listed(workshop: Workshop, skipped: int) -> tuple[str, ...]:
    """The words hidden last, but for the newest ones that are skipped."""
    words = workshop.hidden_words[: len(workshop.hidden_words) - skipped]
    return words[-LISTED:]


def _said(turn: Turn, workshop: Workshop, skipped: int) -> Html:
    words = _listed(workshop, skipped)
    others = len(workshop.hidden_words) - len(words)
    sentence = ("bot-hidden-some" if others else "bot-hidden") if words else "bot-hidden-none"
    return say(turn.voice, sentence, words=", ".join(words), others=others)


def _rows(turn: Turn, workshop: Workshop, skipped: int) -> Rows:
    """A button a word, named by a digest: the list may have changed since it was sent."""
    words = _listed(workshop, skipped)
    rows = [
        [Key(cut(turn.voice("bot-key-show-word", word=word), LABEL_UNITS), f"unhide:{workshop.id}:{_mark(word)}")]
        for word in words
    ]
    turns = []
    if len(workshop.hidden_words) > skipped + LISTED:
        turns.append(Key(turn.voice("bot-key-hidden-older"), f"hidden:{workshop.id}:{skipped + LISTED}"))
    if skipped:
        turns.append(Key(turn.voice("bot-key-hidden-newer"), f"hidden:{workshop.id}:{max(0, skipped - LISTED)}"))
    return [*rows, turns] if turns else rows


def _mark(word: str) -> str:
    return blake2b(word.encode(), digest_size=6).hexdigest()


PRESSES = {"unhide": press_show, "hidden": press_page}
