"""What a facilitator reads of a question: figures, participation, cloud, themes, export."""

from bot.context import Turn
from bot.handlers.panel import result_rows
from bot.handlers.steering import activity_named, activity_pressed
from bot.keyboards import Key
from bot.messages import Html, cut, paragraphs, say, typed
from bot.pictures import standing_themes
from bot.results import result_text
from participation.actions import grouping, steering, telling
from participation.actions.viewing import board, result_of
from participation.errors import NothingToDraw, StillADraft, TooFewIdeas
from participation.model.activity import Activity
from participation.model.message import Kind
from participation.questions.kit import Ideas, Words

THEMES_LISTED = 12
NEWEST_LISTED = 5
IDEA_UNITS = 200


def results(turn: Turn, argument: str) -> None:
    """/resultats: the figures, for the facilitator alone, with the buttons that show or send them."""
    _results(turn, activity_named(turn, argument))


def press_results(turn: Turn, activity_number: str) -> None:
    """The button « Résultats »."""
    _results(turn, activity_pressed(turn, activity_number))


def share(turn: Turn, activity_number: str) -> None:
    """The button « Envoyer aux participants »."""
    count = telling.share_results(turn.tx, activity_pressed(turn, activity_number), turn.now)
    turn.toast(turn.voice("bot-shared-toast", people=count), alert=True)


def participation(turn: Turn, argument: str) -> None:
    """/participation: who has answered, who is there, who has joined."""
    turn.send(*_participation(turn, activity_named(turn, argument)))


def press_participation(turn: Turn, activity_number: str) -> None:
    """The panel's button: the count as a new message."""
    turn.send(*_participation(turn, activity_pressed(turn, activity_number)))


def refresh(turn: Turn, activity_number: str) -> None:
    """The button « Actualiser » of a count."""
    turn.rewrite(*_participation(turn, activity_pressed(turn, activity_number)))


def cloud(turn: Turn, argument: str) -> None:
    """/nuage; with two numbers, two questions in one cloud."""
    first, *second = argument.split()[:2] or [""]
    if second:
        _compare(turn, activity_named(turn, first), activity_named(turn, second[0]))
    else:
        _cloud(turn, activity_named(turn, argument))


def press_cloud(turn: Turn, activity_number: str) -> None:
    """The button « Nuage »."""
    _cloud(turn, activity_pressed(turn, activity_number))


def themes(turn: Turn, argument: str) -> None:
    """/themes: of the question of that number, else of the one in front, else of the newest that has ideas."""
    activity = activity_named(turn, argument)
    if not argument.strip() and not isinstance(result_of(turn.tx, activity), Ideas):
        activity = _newest_of_ideas(turn, activity.workshop_id) or activity
    _themes(turn, activity)


def press_themes(turn: Turn, activity_number: str) -> None:
    """The button « Thèmes »."""
    _themes(turn, activity_pressed(turn, activity_number))


def press_stop_themes(turn: Turn, activity_number: str) -> None:
    """The button « Arrêter » under a grouping being made: the last one stands."""
    stopped = grouping.stop_grouping(turn.tx, activity_pressed(turn, activity_number))
    turn.rewrite(say(turn.voice, "bot-themes-stopped" if stopped else "bot-themes-nothing-to-stop"))


def export(turn: Turn, _argument: str) -> None:
    """/export: the workshop's tables, prepared aside and sent when ready."""
    workshop, _ = steering.steered(turn.tx, turn.known())
    asked = turn.tx.activities.of_workshop(workshop.id)
    if not asked:
        turn.say("bot-export-nothing")
        return
    _ask_engine(turn, "export", asked[-1])
    turn.say("bot-export-preparing")


def _results(turn: Turn, activity: Activity) -> None:
    if activity.launched_at is None:
        raise StillADraft(number=activity.number)
    result = result_of(turn.tx, activity)
    wall = _wall(turn, activity) if isinstance(result, Ideas) else ""
    text = paragraphs(result_text(turn.voice, activity.question.text, result), wall)
    turn.send(text, result_rows(turn.voice, activity, result))


def _wall(turn: Turn, activity: Activity) -> Html:
    """Of an ideas question: its themes by size, else the newest ideas."""
    standing = board(turn.tx, activity.id)
    if standing.themes:
        return standing_themes(turn.voice, standing, THEMES_LISTED)
    newest = turn.tx.ideas.newest(activity.id, NEWEST_LISTED)
    return Html("\n".join(typed(f"{idea.number}. {cut(idea.text, IDEA_UNITS)}") for idea in newest))


def _participation(turn: Turn, activity: Activity) -> tuple[Html, list[list[Key]]]:
    since = turn.now - turn.house.policy.presence
    seen = turn.tx.members.attendance(activity.id, since, activity.closed_at(turn.now))
    text = say(
        turn.voice,
        "bot-participation",
        number=activity.number,
        answered=seen.answered,
        present=seen.present,
        joined=seen.joined,
        at=f"{turn.now.astimezone(turn.voice.zone):%H:%M:%S}",
    )
    unreachable = say(turn.voice, "bot-participation-unreachable", people=seen.unreachable) if seen.unreachable else ""
    missed = turn.tx.deliveries.progress(activity.id, Kind.BALLOT).failed
    failed = say(turn.voice, "bot-participation-failed", people=missed) if missed else ""
    return paragraphs(text, unreachable, failed), [[Key(turn.voice("bot-key-refresh"), f"refresh:{activity.id}")]]


def _cloud(turn: Turn, activity: Activity) -> None:
    result = result_of(turn.tx, activity)
    drawable = (
        result.counts if isinstance(result, Words) else isinstance(result, Ideas) and turn.tx.ideas.count(activity.id)
    )
    if not drawable:
        raise NothingToDraw()
    _ask_engine(turn, "cloud", activity)
    turn.say("bot-cloud-drawing")


def _compare(turn: Turn, left: Activity, right: Activity) -> None:
    for activity in (left, right):
        if not isinstance(result_of(turn.tx, activity), Words | Ideas):
            turn.say("bot-comparison-not-text", number=activity.number)
            return
    if left.id == right.id:
        raise NothingToDraw()
    details = {"address": turn.chat, "other": right.id}
    turn.tx.jobs.add("comparison", left.id, turn.known().id, details, turn.now)
    turn.say("bot-cloud-drawing")


def _themes(turn: Turn, activity: Activity) -> None:
    if not isinstance(result_of(turn.tx, activity), Ideas):
        other = _newest_of_ideas(turn, activity.workshop_id)
        turn.say("bot-themes-not-ideas", number=activity.number, other=other.number if other else 0)
        return
    count, needed = turn.tx.ideas.count(activity.id), turn.house.policy.ideas_for_themes
    if count < needed:
        raise TooFewIdeas(count=count, needed=needed)
    _ask_engine(turn, "themes", activity)
    stop = Key(turn.voice("bot-key-stop-themes"), f"stop-themes:{activity.id}")
    turn.say("bot-themes-drawing", [[stop]], ideas=count, number=activity.number)


def _newest_of_ideas(turn: Turn, workshop_id: int) -> Activity | None:
    """The newest launched question people gave ideas to, or could."""
    asked = [a for a in turn.tx.activities.of_workshop(workshop_id) if a.launched_at is not None]
    return next((a for a in reversed(asked) if isinstance(result_of(turn.tx, a), Ideas)), None)


def _ask_engine(turn: Turn, kind: str, activity: Activity) -> None:
    turn.tx.jobs.add(kind, activity.id, turn.known().id, {"address": turn.chat}, turn.now)


PRESSES = {
    "results": press_results,
    "share": share,
    "participation": press_participation,
    "refresh": refresh,
    "cloud": press_cloud,
    "themes": press_themes,
    "stop-themes": press_stop_themes,
}
