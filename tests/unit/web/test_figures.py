"""Figures are written as well as drawn, and are right to the percent."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from i18n import Voice, load_catalog
from participation.model.activity import Activity, Phase
from participation.model.people import Attendance
from participation.questions.kit import Bar, Bars, Ideas, Question, Words
from web.figures import MOST_WORDS_SHOWN, figures, progress, said, times

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FRENCH = Voice(load_catalog(), "fr", now=NOON)


def bars(*votes: int) -> Bars:
    return Bars(tuple(Bar(f"choix {n}", v) for n, v in enumerate(votes)), sum(votes))


def written(result: Bars) -> list[int]:
    """The percentages as the wall writes them."""
    drawn = figures(result, FRENCH)
    assert drawn is not None
    return [int(str(row["percent"]).split("\u00a0")[0]) for row in drawn["rows"]]


def test_bars_keep_the_order_asked_and_write_share_and_count() -> None:
    drawn = figures(bars(1, 2, 0), FRENCH)
    assert drawn is not None
    assert [(row["label"], row["percent"], row["count"]) for row in drawn["rows"]] == [
        ("choix 0", "33\u00a0%", "1 voix"),
        ("choix 1", "67\u00a0%", "2 voix"),
        ("choix 2", "0\u00a0%", "aucune voix"),
    ]


@settings(deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=2, max_size=20))
def test_the_percentages_of_a_single_choice_add_up_and_none_is_a_point_off(votes: list[int]) -> None:
    whole = sum(votes)
    shown = written(bars(*votes))
    assert sum(shown) == (100 if whole else 0)
    for percent, given_votes in zip(shown, votes, strict=True):
        assert abs(percent - (100 * given_votes / whole if whole else 0)) < 1


@settings(deadline=None)
@given(st.lists(st.integers(0, 200), min_size=2, max_size=20), st.integers(200, 300))
def test_each_percentage_of_several_choices_is_the_nearest(votes: list[int], voters: int) -> None:
    rows = tuple(Bar(f"choix {n}", v) for n, v in enumerate(votes))
    for percent, given_votes in zip(written(Bars(rows, voters, several=True)), votes, strict=True):
        assert abs(percent - 100 * given_votes / voters) <= 0.5 + 1e-9


def test_the_point_that_is_left_goes_to_the_largest_remainder_and_nobody_reads_101() -> None:
    assert written(bars(8, 5, 6)) == [42, 26, 32]
    assert written(bars(1, 1, 1)) == [34, 33, 33]


def test_the_heaviest_word_weighs_one_and_the_rest_are_counted() -> None:
    counts = tuple((f"mot{n}", 60 - n) for n in range(60))
    drawn = figures(Words(counts, 60), FRENCH)
    assert drawn is not None
    assert drawn["rows"][0] == {"word": "mot0", "count": 60, "weight": 1.0, "said": "60 fois"}
    assert len(drawn["rows"]) == MOST_WORDS_SHOWN
    assert drawn["note"] == "et 12 autres mots"


def test_ideas_have_no_figures_and_nothing_masked_has() -> None:
    assert figures(Ideas(4), FRENCH) is None
    assert figures(None, FRENCH) is None
    assert said(None, FRENCH) == ""


def test_a_screen_reader_hears_the_bars_in_one_sentence() -> None:
    assert said(bars(3, 1), FRENCH) == "4 réponses. choix 0 75\u00a0%, choix 1 25\u00a0%."


def test_more_answers_than_people_expected_never_reads_over_the_whole() -> None:
    shown = progress(Attendance(joined=3, present=2, answered=4), FRENCH)
    assert shown == {"answered": 4, "expected": 4, "sentence": "4 réponses sur 4"}


def test_one_answer_is_singular_and_zero_too() -> None:
    assert progress(Attendance(2, 2, 1), FRENCH)["sentence"] == "1 réponse sur 2"
    assert progress(Attendance(2, 2, 0), FRENCH)["sentence"] == "0 réponse sur 2"


def test_an_open_activity_says_when_it_closes_and_a_closed_one_nothing() -> None:
    deadline = NOON + timedelta(minutes=30)
    activity = Activity(
        1, 1, 1, Question("words", "Un mot ?"), NOON, None, launched_at=NOON, opens_at=NOON, closes_at=deadline
    )
    assert times(activity, Phase.OPEN, FRENCH) == {
        "until": int(deadline.timestamp() * 1000),
        "sentence": "Ferme à 12:30",
    }
    assert times(activity, Phase.CLOSED, FRENCH) == {"until": None, "sentence": ""}
