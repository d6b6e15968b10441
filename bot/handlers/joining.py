"""Arriving with a code, agreeing, being welcomed; invitations to a role come by the same door."""

import re

from bot.context import Turn
from bot.handlers.ballots import show_announced
from bot.keyboards import Key
from bot.menu import role_menu
from bot.messages import say
from participation.actions import joining
from participation.actions.joining import Invited
from participation.actions.steering import steers_somewhere
from participation.errors import NotAMember, UnknownWorkshop
from participation.model.people import Role
from participation.model.workshop import CODE_ALPHABET, CODE_LENGTH, Workshop, tidy_code

_CODE = re.compile(rf"[{CODE_ALPHABET}]{{{CODE_LENGTH}}}")
_ROLES_IN_CHARGE = (Role.FACILITATOR, Role.ORGANISER)


def start(turn: Turn, code: str) -> None:
    """/start: with a code, go where it leads; alone, ask for the code or show what is going on."""
    if code:
        follow(turn, code)
    elif turn.person is not None and turn.person.workshop_id is not None:
        go_on(turn)
    else:
        ask_for_code(turn)


def ask_for_code(turn: Turn) -> None:
    """Somebody without a workshop: whoever may open one is told how, the others are asked for the code."""
    may_open = turn.person is not None and steers_somewhere(turn.tx, turn.person)
    turn.say("bot-role-creates" if may_open else "bot-ask-code")


def typed_code(turn: Turn, text: str) -> bool:
    """Follow a text that is the code of a workshop, as copied from a wall; whether it was one."""
    code = tidy_code(text)
    if not _CODE.fullmatch(code) or turn.tx.workshops.by_code(code) is None:
        return False
    follow(turn, code)
    return True


def follow(turn: Turn, code: str) -> None:
    """Go where a code leads: the door of a workshop, or a role."""
    found = turn.tx.workshops.by_code(tidy_code(code)) or joining.open_code(turn.tx, turn.known(), code, turn.now)
    turn.refresh()
    if isinstance(found, Invited):
        welcome_in_role(turn, found)
    elif _steers_already(turn, found):
        go_in_charge(turn, found)
    else:
        _ask_or_enter(turn, found)


def ask_consent(turn: Turn, workshop: Workshop) -> None:
    """The title, two sentences on what happens to what people say, and a button to agree."""
    agree = Key(turn.voice("bot-consent-agree"), f"agree:{workshop.id}")
    decline = Key(turn.voice("bot-consent-decline"), f"decline:{workshop.id}")
    turn.say("bot-consent", [[agree], [decline]], title=workshop.title)


def agree(turn: Turn, workshop_number: str) -> None:
    """The button « J’accepte »."""
    workshop = turn.tx.workshops.get(int(workshop_number))
    if workshop is None:
        raise UnknownWorkshop()
    person = turn.known()
    if not person.has_agreed:
        turn.person = joining.agree(turn.tx, person, turn.now)
    turn.toast(turn.voice("bot-consent-thanks"))
    turn.rewrite(say(turn.voice, "bot-consent-kept", title=workshop.title))
    enter(turn, workshop, welcome=False)


def decline(turn: Turn, _workshop: str) -> None:
    """The button « Non merci »: nothing was kept, nothing is."""
    turn.rewrite(say(turn.voice, "bot-consent-declined"))


def enter(turn: Turn, workshop: Workshop, *, welcome: bool = True) -> None:
    """Join (or come back) and receive what is open at once."""
    member = joining.join(turn.tx, turn.known(), workshop, turn.now)
    turn.refresh()
    turn.enter(workshop)
    if member.role in _ROLES_IN_CHARGE:
        go_in_charge(turn, workshop)
        return
    turn.tx.members.seen(member.id, turn.now)
    if welcome:
        turn.say("bot-welcome", title=workshop.title)
    if not show_announced(turn, member):
        turn.say("bot-nothing-yet")


def go_on(turn: Turn) -> None:
    """Somebody we know types /start again: show where they are."""
    workshop, member = turn.place()
    if member.role in _ROLES_IN_CHARGE:
        go_in_charge(turn, workshop)
        return
    turn.say("bot-welcome", title=workshop.title)
    if not show_announced(turn, member):
        turn.say("bot-nothing-yet")


def go_in_charge(turn: Turn, workshop: Workshop) -> None:
    """A facilitator comes to a workshop of theirs: commands now go there."""
    joining.switch(turn.tx, turn.known(), workshop.id)
    turn.refresh()
    turn.enter(workshop)
    turn.say("bot-in-charge", title=workshop.title, code=workshop.code)


def switch(turn: Turn, workshop_number: str) -> None:
    """The button of another of one's workshops."""
    workshop = joining.switch(turn.tx, turn.known(), int(workshop_number))
    turn.refresh()
    turn.enter(workshop)
    turn.toast(turn.voice("bot-switched-toast"))
    member = turn.tx.members.find(workshop.id, turn.known().id)
    if member is None:
        raise NotAMember()
    turn.say("bot-switched", title=workshop.title)
    if member.role not in _ROLES_IN_CHARGE and not show_announced(turn, member):
        turn.say("bot-nothing-yet")


def welcome_in_role(turn: Turn, invited: Invited) -> None:
    """Say what the role allows, and put its commands in the menu of this chat."""
    role = turn.voice(f"role-{invited.role.value}")
    if invited.workshop is not None:
        turn.enter(invited.workshop)
        turn.say("bot-role-here", role=role, title=invited.workshop.title)
    else:
        turn.say("bot-role-everywhere", role=role)
    if invited.role.steers:
        turn.say("bot-role-steers" if invited.workshop else "bot-role-creates")
        turn.call(role_menu(turn.voice, turn.chat))
    elif invited.workshop is not None and invited.role.answers:
        _ask_or_enter(turn, invited.workshop)


def _ask_or_enter(turn: Turn, workshop: Workshop) -> None:
    """Who has agreed to the sentences in force goes straight in."""
    if turn.person is not None and turn.person.has_agreed:
        enter(turn, workshop)
    else:
        ask_consent(turn, workshop)


def _steers_already(turn: Turn, workshop: Workshop) -> bool:
    if turn.person is None:
        return False
    member = turn.tx.members.find(workshop.id, turn.person.id)
    return member is not None and member.left_at is None and member.role in _ROLES_IN_CHARGE


PRESSES = {"agree": agree, "decline": decline, "switch": switch}
