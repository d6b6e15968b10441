"""What people do about themselves: read their answers, choose a language, leave, be forgotten, ask for help."""

from dataclasses import replace

from bot.context import Turn
from bot.keyboards import Key
from bot.menu import plain_menu, role_menu
from bot.messages import Html, cut, pages, say, typed
from participation.actions import joining
from participation.actions.steering import steers_somewhere
from participation.model.activity import Activity
from participation.model.people import Member
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Answer

ANSWER_UNITS = 160
ANSWERS_SHOWN = 15
IDEAS_SHOWN = 10


def my_answers(turn: Turn, _argument: str) -> None:
    """/mes_reponses: what this person gave to the latest questions of the workshop."""
    workshop, member = turn.place()
    given = list(turn.tx.answers.of_member(member.id))[-ANSWERS_SHOWN:]
    if not given:
        turn.say("bot-my-answers-none")
        return
    blocks = [_read(turn, member, activity, answer) for activity, answer in given]
    for page in pages(say(turn.voice, "bot-my-answers", title=workshop.title), blocks):
        turn.send(page)


def language(turn: Turn, argument: str) -> None:
    """/langue: a button for each language spoken; `/langue en` needs none."""
    if argument.strip().lower() in turn.house.catalog.languages:
        turn.person = joining.choose_language(turn.tx, turn.numbered(), argument.strip().lower())
        turn.voice = replace(turn.voice, language=turn.person.language)
        turn.say("bot-language-chosen")
        return
    names = [(code, turn.house.voice(code, None, turn.now)("language-name")) for code in turn.house.catalog.languages]
    turn.say("bot-language", [[Key(name, f"language:{code}")] for code, name in names])


def choose_language(turn: Turn, code: str) -> None:
    """A language's button."""
    turn.person = joining.choose_language(turn.tx, turn.numbered(), turn.house.catalog.closest(code))
    turn.voice = replace(turn.voice, language=turn.person.language)
    turn.rewrite(say(turn.voice, "bot-language-chosen"))
    if steers_somewhere(turn.tx, turn.person):
        turn.call(role_menu(turn.voice, turn.chat))


def leave(turn: Turn, _argument: str) -> None:
    """/quitter: asks before."""
    workshop, _ = turn.place()
    yes = Key(turn.voice("bot-leave-yes"), f"leave:{workshop.id}")
    turn.say("bot-leave-sure", [[yes], [_stay(turn)]], title=workshop.title)


def really_leave(turn: Turn, workshop_number: str) -> None:
    """The button that leaves: the workshop it was made for, whichever the person is in now."""
    joining.switch(turn.tx, turn.known(), int(workshop_number))
    turn.refresh()
    workshop = joining.leave(turn.tx, turn.known(), turn.now)
    turn.rewrite(say(turn.voice, "bot-left", title=workshop.title, code=workshop.code))


def erase(turn: Turn, _argument: str) -> None:
    """/effacer: says what goes and what stays, and asks before."""
    if turn.person is None:
        turn.say("bot-erase-nobody")
        return
    turn.say("bot-erase-sure", [[Key(turn.voice("bot-erase-yes"), "erase:yes")], [_stay(turn)]])


def really_erase(turn: Turn, _yes: str) -> None:
    """The button that erases. What is said after is addressed to a chat, no longer to a person we know."""
    if turn.person is not None:
        if steers_somewhere(turn.tx, turn.person):
            turn.call(plain_menu(turn.chat))
        joining.forget(turn.tx, turn.person, turn.house.policy, turn.now)
    turn.rewrite(say(turn.voice, "bot-erased"))


def stay(turn: Turn, _now: str) -> None:
    """The button that changes nothing."""
    turn.rewrite(say(turn.voice, "bot-nothing-changed"))


def _stay(turn: Turn) -> Key:
    return Key(turn.voice("bot-stay"), "stay:now")


def _read(turn: Turn, member: Member, activity: Activity, answer: Answer) -> Html:
    """One question and what was given to it: the ideas themselves, or the answer in words."""
    ideas = turn.tx.ideas.of_member(activity.id, member.id)
    words = ", ".join(QUESTION_TYPES[activity.question.type].screen(activity.question, answer).choice)
    lines = [typed(f"{idea.number}. {cut(idea.text, ANSWER_UNITS)}") for idea in ideas[-IDEAS_SHOWN:]]
    more = len(ideas) - len(lines)
    rest = [say(turn.voice, "bot-my-answers-more", count=more)] if more else []
    question = f"<b>{typed(activity.question.text, ANSWER_UNITS)}</b>"
    return Html("\n".join([question, *(lines or [typed(words, ANSWER_UNITS)]), *rest]))


PRESSES = {
    "language": choose_language,
    "leave": really_leave,
    "erase": really_erase,
    "stay": stay,
}
