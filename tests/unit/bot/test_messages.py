"""Ballots fit on small phones and in Telegram's limits; what people typed cannot break a message."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Html, ballot_rows, ballot_text, cut, paragraphs, say, typed, units
from i18n import Voice, load_catalog
from participation.model.activity import Activity
from participation.questions import QUESTION_TYPES
from participation.questions.kit import MOST_OPTIONS, OPTION_LENGTH, QUESTION_LENGTH, Answer, Question

NOW = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
VOICE = Voice(load_catalog(), "fr", ZoneInfo("America/Cayenne"), NOW)
TAG = re.compile(r"</?(?:b|i|code)>")


def ballot(question: Question, answer: Answer | None = None, **life: datetime) -> tuple[str, list[str]]:
    """The text and the labels of the buttons, row by row."""
    activity = Activity(1, 1, 1, question, NOW, None, launched_at=NOW, **{"opens_at": NOW, **life})
    screen = QUESTION_TYPES[question.type].screen(question, answer)
    rows = ballot_rows(VOICE, screen, "vote:1")
    return ballot_text(VOICE, activity, screen, NOW), [" ".join(key.label for key in row) for row in rows]


def test_short_options_are_buttons_one_a_row() -> None:
    assert ballot(Question("single", "On continue ?", ("Oui", "Non"))) == (
        "<b>On continue ?</b>\n\nTouchez votre choix. Vous pouvez changer d’avis jusqu’à la fermeture.",
        ["Oui", "Non"],
    )


def test_the_choice_is_always_visible() -> None:
    text, rows = ballot(Question("multiple", "Fruits ?", ("Pomme", "Poire", "Prune"), 2), (0, 2))
    assert text.endswith("\n\nVotre choix\u00a0: <b>Pomme, Prune</b>")
    assert rows == ["✔ Pomme", "Poire", "✔ Prune"]


def test_long_options_are_numbered_in_the_text() -> None:
    long = "Une maison des parents ouverte le samedi matin"
    text, rows = ballot(Question("single", "Quoi ?", ("Oui", long)), (1,))
    assert f"<b>1.</b> Oui\n✔ <b>2.</b> {long}" in text
    assert rows == ["1 ✔ 2"]


def test_more_than_eight_options_are_numbered_in_rows_of_five() -> None:
    _, rows = ballot(Question("single", "Quoi ?", tuple("abcdefghijkl")))
    assert rows == ["1 2 3 4 5", "6 7 8 9 10", "11 12"]


def test_times_are_told_by_the_workshops_clock() -> None:
    text, _ = ballot(Question("ideas", "Quoi ?"), opens_at=NOW + timedelta(minutes=30))
    assert "⏳ Le vote ouvre à 10:30." in text
    text, _ = ballot(Question("ideas", "Quoi ?"), closes_at=NOW + timedelta(days=1))
    assert "Fermeture le 22/11/2026 à 10:00." in text


def test_the_fullest_ballot_fits_in_a_message() -> None:
    options = tuple(f"{n:02d}" + "é😀" * ((OPTION_LENGTH - 2) // 2) for n in range(MOST_OPTIONS))
    question = Question("multiple", "Q" * QUESTION_LENGTH, options, MOST_OPTIONS)
    text, _ = ballot(question, tuple(range(MOST_OPTIONS)), closes_at=NOW + timedelta(days=1))
    assert units(TAG.sub("", text)) <= 4096


@given(st.text(max_size=300), st.integers(1, 60))
def test_a_cut_text_keeps_whole_characters_and_its_limit(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1].rstrip()))


@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_typed_becomes_a_tag(question: str, option: str) -> None:
    text = ballot(Question("single", question or "?", (option or "a", "<b>b</b>&amp;")), (0,))[0]
    assert re.findall(r"<[^>]*>", TAG.sub("", text)) == []
    assert "&" not in re.sub(r"&(?:lt|gt|amp);", "", text)


def test_a_sentence_escapes_what_fills_it_and_keeps_its_own_tags() -> None:
    assert say(VOICE, "bot-welcome", title="<i>A & B</i>") == (
        "Vous êtes dans l’atelier <b>&lt;i&gt;A &amp; B&lt;/i&gt;</b>."
    )
    assert say(VOICE, "bot-welcome", title=Html("<i>A</i>")) == "Vous êtes dans l’atelier <b><i>A</i></b>."


def test_zalgo_is_tamed_and_empty_parts_vanish() -> None:
    assert len(typed("e" + "\u0301" * 50)) <= 5
    assert paragraphs("a", "", "b") == "a\n\nb"


def test_an_announcement_of_signs_to_escape_is_said_whole() -> None:
    """Two thousand « < » are eight thousand characters once harmless: more than a sentence of Fluent may be filled with."""
    said = say(VOICE, "bot-announced", text="<&" * 1000, people=3)
    assert said.count("&lt;&amp;") == 1000
