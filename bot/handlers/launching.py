"""A facilitator types a question, sees it as councillors will, and launches it."""

import re
from zoneinfo import ZoneInfo

from bot.context import Turn
from bot.handlers.panel import panel
from bot.keyboards import Key
from bot.messages import Html, ballot_rows, ballot_text, paragraphs, say
from i18n import Voice
from participation.actions import activities, steering
from participation.errors import QuestionMissing
from participation.model.activity import Activity, Window
from participation.model.drafting import read_question
from participation.model.message import duration
from participation.model.workshop import Workshop
from participation.questions import QUESTION_TYPES
from participation.questions.kit import QuestionType

_LIMIT = re.compile(r"\s*(\d{1,3})\s+(?=\S)")


def ask(turn: Turn, kind: QuestionType, argument: str) -> None:
    """/sondage and its likes: keep a draft, show it, repeat the times understood, wait for « Lancer »."""
    workshop, member = steering.steered(turn.tx, turn.known())
    turn.enter(workshop)
    limit, question = take_limit(argument) if kind.takes_limit else (None, argument)
    typed_question = read_question(question)
    if not typed_question.text:
        raise QuestionMissing(type=kind.key)
    at_most = limit if limit is not None else max(1, len(typed_question.options))
    draft = activities.draft(turn.tx, workshop, member, kind.key, typed_question, at_most, turn.now)
    show_draft(turn, workshop, draft)


def take_limit(argument: str) -> tuple[int | None, str]:
    """Split « 2 Question ? | A | B » into the limit and the question."""
    found = _LIMIT.match(argument)
    return (int(found[1]), argument[found.end() :]) if found else (None, argument)


def show_draft(turn: Turn, workshop: Workshop, draft: Activity) -> None:
    """Two messages: the question as councillors will see it, then what launching it would do."""
    window = activities.window_if_launched(draft, turn.now)
    send_preview(turn, draft)
    launch_key = Key(turn.voice("bot-draft-launch"), f"launch:{draft.id}")
    cancel_key = Key(turn.voice("bot-draft-cancel"), f"discard:{draft.id}")
    sentence = paragraphs(
        say(turn.voice, "bot-draft-ready", number=draft.number),
        Html(f"{times_sentence(turn, workshop, draft, window)} {audience_sentence(turn, workshop)}"),
    )
    turn.send(sentence, [[launch_key], [cancel_key]])


def send_preview(turn: Turn, activity: Activity) -> None:
    """A question as councillors see it; its buttons count nothing."""
    screen = QUESTION_TYPES[activity.question.type].screen(activity.question, None)
    text = ballot_text(turn.voice, activity, screen, turn.now)
    rows = ballot_rows(turn.voice, screen, f"preview:{activity.id}")
    turn.send(paragraphs(say(turn.voice, "bot-preview"), text), rows)


def times_sentence(turn: Turn, workshop: Workshop, draft: Activity, window: Window) -> Html:
    """« Ouvre à 14:30 (heure de Cayenne), ferme à 14:40. »"""
    place = ZoneInfo(workshop.time_zone).key.split("/")[-1].replace("_", " ")
    at_once = draft.at is None and not draft.delay_seconds
    key = "bot-draft-opens-now" if at_once else "bot-draft-opens-at"
    opening = say(turn.voice, key, opens_at=window.opens_at, place=place)
    if window.closes_at is None:
        return Html(f"{opening} {say(turn.voice, 'bot-draft-closes-by-hand')}")
    return Html(f"{opening} {say(turn.voice, 'bot-draft-closes-at', closes_at=window.closes_at, place=place)}")


def audience_sentence(turn: Turn, workshop: Workshop) -> Html:
    """« 42 personnes le recevront en 2 secondes. »"""
    people = len(turn.tx.members.to_ask(workshop.id))
    span = spoken_span(turn.voice, duration(people, turn.house.policy.messages_per_second).total_seconds())
    return say(turn.voice, "bot-draft-audience", people=people, span=span)


def spoken_span(voice: Voice, seconds: float) -> str:
    """A duration in words, rounded up: « 2 secondes », « 7 minutes »."""
    whole = max(1, -int(-seconds // 1))
    if whole < 90:
        return voice("bot-span-seconds", count=whole)
    return voice("bot-span-minutes", count=-(-whole // 60))


def launch(turn: Turn, activity_number: str) -> None:
    """The button « Lancer »: the preview's sentence becomes the control panel."""
    draft, _ = steering.steered_activity(turn.tx, turn.known(), int(activity_number))
    launched, asked = activities.launch(turn.tx, draft, turn.now)
    workshop = turn.tx.workshops.get(launched.workshop_id)
    if workshop is not None:
        turn.enter(workshop)
    turn.toast(turn.voice("bot-launched-toast", people=asked))
    turn.rewrite(*panel(turn.tx, turn.voice, launched, turn.now))


def discard(turn: Turn, activity_number: str) -> None:
    """The button « Annuler »."""
    draft, _ = steering.steered_activity(turn.tx, turn.known(), int(activity_number))
    activities.discard(turn.tx, draft, turn.now)
    turn.rewrite(say(turn.voice, "bot-discarded", question=draft.question.text))


def preview(turn: Turn, argument: str) -> None:
    """/apercu: the newest draft, or the one named, with its buttons."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    turn.enter(workshop)
    drafts = [a for a in turn.tx.activities.of_workshop(workshop.id) if a.launched_at is None]
    wanted = [a for a in drafts if not argument or str(a.number) == argument.strip()]
    if wanted:
        show_draft(turn, workshop, wanted[-1])
    else:
        turn.say("bot-preview-none")


PRESSES = {"launch": launch, "discard": discard}
