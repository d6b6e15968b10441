"""Clouds, themes and exports are sent with words that stand without the picture, within Telegram's limits."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.calls import Call
from bot.messages import units
from bot.pictures import cloud_calls, export_calls, failure_call, themes_calls
from i18n import Voice, load_catalog
from participation.actions.viewing import Board, ThemeView
from participation.model.activity import Activity
from participation.model.idea import Idea, Source, Theme
from participation.model.workshop import Workshop
from participation.questions.kit import Question
from tests.unit.bot.room import plain

NOW = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
VOICE = Voice(load_catalog(), "fr", ZoneInfo("Europe/Paris"), NOW)
ACTIVITY = Activity(1, 1, 3, Question("ideas", "Que changer <ici> ?"), NOW, None)


def idea(number: int, text: str) -> Idea:
    return Idea(number, 1, 1, number, text, Source("t", number), NOW)


def theme(number: int, label: str, *texts: str) -> ThemeView:
    return ThemeView(
        Theme(number, 1, number, label, NOW), tuple(idea(number * 100 + i, t) for i, t in enumerate(texts))
    )


def texts(calls: list[Call]) -> list[str]:
    return [plain(str(call.params.get("text") or call.params["caption"])) for call in calls]


def test_a_cloud_comes_with_its_twenty_words_as_text() -> None:
    lines = [(f"mot{n}", 30 - n) for n in range(25)]
    picture, words = cloud_calls(VOICE, ACTIVITY, lines, 12, 5)
    assert (picture.method, picture.attachment, picture.params["chat_id"]) == ("sendPhoto", ("photo", 12), 5)
    assert texts([picture]) == ["☁ Question n° 3 : Que changer <ici> ?"]
    assert texts([words])[0].startswith("Les mots les plus donnés : mot0 (30), mot1 (29)")
    assert texts([words])[0].endswith("mot19 (11)")


def test_a_cloud_without_a_picture_is_still_said() -> None:
    calls = cloud_calls(VOICE, ACTIVITY, [("école", 2)], None, 5)
    assert texts(calls) == ["☁ Question n° 3 : Que changer <ici> ?\n\nLes mots les plus donnés : école (2)"]


def test_themes_are_read_by_size_with_two_ideas_their_coverage_and_the_guard() -> None:
    small = theme(1, "Transports", "Plus de bus")
    large = theme(2, "École & enfance", "Une cantine", "Une <crèche>", "Un parc")
    small = replace(small, theme=replace(small.theme, stability=0.3))
    board = Board((small, large), (idea(9, "Autre"),), 5, NOW, "2 thèmes.")
    calls = themes_calls(VOICE, ACTIVITY, board, 7, 5)
    assert texts(calls) == [
        "🧩 Question n° 3 : Que changer <ici> ?\n\n"
        "École & enfance (3 idées)\n« Une cantine »\n« Une <crèche> »\n\n"
        "Transports (une idée, stable à 30 %)\n« Plus de bus »\n\n"
        "4 idées sur 5 sont dans un thème. Une reste seule.\n\n"
        "À relire, car le groupe est fragile : « Transports ».\n\n"
        "Ces groupes aident à lire, ils ne votent pas.",
        "🧩 Question n° 3 : Que changer <ici> ?",
    ]
    assert calls[-1].attachment == ("photo", 7)


def test_a_fragile_theme_is_named_to_be_read_again() -> None:
    steady, fragile = theme(1, "École", "Une cantine"), theme(2, "Divers & co", "Un parc")
    views = tuple(replace(view, theme=replace(view.theme, stability=s)) for view, s in ((steady, 0.9), (fragile, 0.2)))
    (call,) = themes_calls(VOICE, ACTIVITY, Board(views, (), 2, NOW, ""), None, 5)
    assert "À relire, car le groupe est fragile : « Divers & co »." in texts([call])[0]


def test_many_themes_take_several_messages_and_none_is_cut_in_two() -> None:
    views = tuple(theme(n, f"Thème {n} " + "é" * 90, "a" * 1000, "😀" * 500) for n in range(1, 31))
    calls = themes_calls(VOICE, ACTIVITY, Board(views, (), 60, NOW, ""), None, 5)
    assert len(calls) > 1
    assert all(units(re.sub("<[^>]+>", "", str(call.params["text"]))) <= 4096 for call in calls)
    assert sum(str(call.params["text"]).count("<b>Thème") for call in calls) == 30
    assert texts(calls)[-1].endswith("Ces groupes aident à lire, ils ne votent pas.")


def test_an_export_and_an_apology() -> None:
    workshop = Workshop(1, "ABC234", "Réunion <b>", "Europe/Paris", "fr", NOW)
    sent = export_calls(VOICE, workshop, 4, 6, 5)
    assert [(call.method, call.attachment) for call in sent] == [("sendDocument", ("document", n)) for n in (4, 6)]
    assert texts(sent) == [
        "Les réponses, les idées et les résultats de l’atelier Réunion <b>.\nChaque personne y est un numéro.",
        "Les mêmes réponses et idées en CSV, pour d’autres logiciels.",
    ]
    assert texts([failure_call(VOICE, "7F3A", 5)]) == [
        "Pardon, cela n’a pas marché. Réessayez. Numéro à donner en cas de besoin : 7F3A"
    ]
