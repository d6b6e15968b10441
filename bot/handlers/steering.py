"""Close, reopen, show to the room or mask: by command on the question in front, or by the buttons of the panel."""

from collections.abc import Callable

from bot.context import Turn
from bot.handlers.panel import panel
from participation.actions import activities, steering
from participation.actions.viewing import activity_in
from participation.errors import UnknownActivity
from participation.model.activity import Activity

Act = Callable[[Turn, Activity], Activity]


def activity_named(turn: Turn, argument: str) -> Activity:
    """The question a command speaks of: its number if given, else the one in front."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    turn.enter(workshop)
    number = argument.strip()
    if number and not (number.isascii() and number.isdigit() and len(number) < 7):
        raise UnknownActivity()
    return activity_in(turn.tx, workshop.id, int(number) if number else None, turn.now)


def activity_pressed(turn: Turn, activity_number: str) -> Activity:
    """The question a button belongs to, whichever workshop its facilitator is in now."""
    activity, _ = steering.steered_activity(turn.tx, turn.known(), int(activity_number))
    workshop = turn.tx.workshops.get(activity.workshop_id)
    if workshop is not None:
        turn.enter(workshop)
    return activity


def close(turn: Turn, argument: str) -> None:
    """/fermer"""
    _command(turn, argument, _close)


def reopen(turn: Turn, argument: str) -> None:
    """/rouvrir"""
    _command(turn, argument, _reopen)


def press_close(turn: Turn, activity_number: str) -> None:
    """The button « Fermer »."""
    _press(turn, activity_number, _close, "bot-closed-toast")


def press_reopen(turn: Turn, activity_number: str) -> None:
    """The button « Rouvrir »."""
    _press(turn, activity_number, _reopen, "bot-reopened-toast")


def press_reveal(turn: Turn, activity_number: str) -> None:
    """The button « Montrer à la salle »."""
    _press(turn, activity_number, _reveal, "bot-revealed-toast")


def press_mask(turn: Turn, activity_number: str) -> None:
    """The button « Masquer »."""
    _press(turn, activity_number, _mask, "bot-masked-toast")


def screen(turn: Turn, _argument: str) -> None:
    """/ecran: the link of the projected page."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    turn.say("bot-screen", link=turn.house.screen_link(workshop.code), title=workshop.title)


def _command(turn: Turn, argument: str, act: Act) -> None:
    changed = act(turn, activity_named(turn, argument))
    turn.send(*panel(turn.tx, turn.voice, changed, turn.now))


def _press(turn: Turn, activity_number: str, act: Act, toast: str) -> None:
    changed = act(turn, activity_pressed(turn, activity_number))
    turn.toast(turn.voice(toast))
    turn.rewrite(*panel(turn.tx, turn.voice, changed, turn.now))


def _close(turn: Turn, activity: Activity) -> Activity:
    return activities.close(turn.tx, activity, turn.now)


def _reopen(turn: Turn, activity: Activity) -> Activity:
    return activities.reopen(turn.tx, activity, turn.now)


def _reveal(turn: Turn, activity: Activity) -> Activity:
    return activities.reveal(turn.tx, activity, True, turn.now)


def _mask(turn: Turn, activity: Activity) -> Activity:
    return activities.reveal(turn.tx, activity, False, turn.now)


PRESSES = {"close": press_close, "reopen": press_reopen, "reveal": press_reveal, "mask": press_mask}
