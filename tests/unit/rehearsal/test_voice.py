"""Claims about what one simulated councillor says: repeatable, and different from what the others say."""

from collections import Counter

import pytest

from rehearsal.scenario import load_scenario
from rehearsal.scenario.voice import Voice

SCENARIO = load_scenario()
QUESTION = SCENARIO.themes[0].question


def crowd(size: int, seed: int = 7) -> list[Voice]:
    return [Voice(SCENARIO, rank, size, seed) for rank in range(size)]


def test_the_same_seed_says_the_same_whatever_was_asked_before() -> None:
    one, other = Voice(SCENARIO, 3, 40, 7), Voice(SCENARIO, 3, 40, 7)
    other.words("Une autre question ?")
    other.choices("Encore une ?", ["A", "B"], 1)
    assert one.ideas(QUESTION) == other.ideas(QUESTION)
    assert one.delay("choosing", QUESTION) == other.delay("choosing", QUESTION)


def test_another_seed_is_another_crowd() -> None:
    assert [v.ideas(QUESTION) for v in crowd(10, seed=1)] != [v.ideas(QUESTION) for v in crowd(10, seed=2)]


def test_forty_people_never_say_the_same_thing() -> None:
    said = [idea for voice in crowd(40) for idea in voice.ideas(QUESTION)]
    assert [idea for idea, times in Counter(said).items() if times > 1] == []
    assert len(said) > 45


def test_three_hundred_people_repeat_each_other_in_their_own_hand() -> None:
    said = [idea for voice in crowd(300) for idea in voice.ideas(QUESTION)]
    known = {idea.text for idea in SCENARIO.themes[0].ideas}
    assert len(said) > 300
    assert {idea for idea in said if idea in known} == known
    assert sum(idea not in known for idea in said) > 50


def test_at_most_n_is_kept_by_nearly_everybody_and_tried_once_by_a_few() -> None:
    options = [f"Option {letter}" for letter in "ABCDEF"]
    counts = Counter(len(voice.choices("Laquelle ?", options, 2)) for voice in crowd(300))
    assert counts.keys() == {1, 2, 3}
    assert counts[3] < 40


def test_a_single_choice_is_one_option_and_thinking_again_gives_another() -> None:
    for voice in crowd(50):
        given = voice.choices("Laquelle ?", ["A", "B", "C"], 1)
        assert len(given) == 1
        assert voice.another("Laquelle ?", ["A", "B", "C"], given) not in given


def test_there_is_nothing_else_to_choose_when_all_is_chosen() -> None:
    assert Voice(SCENARIO, 0, 1, 7).another("Laquelle ?", ["A", "B"], [1, 0]) is None


def test_some_are_silent_some_are_late_and_most_are_neither() -> None:
    voices = crowd(300)
    silent, late = sum(v.silent for v in voices), sum(v.late for v in voices)
    assert 15 < silent < 70
    assert 8 < late < 50


@pytest.mark.parametrize("text", ["Plus de places à la crèche", "abcdefgh"])
def test_a_slip_forgets_exactly_one_letter(text: str) -> None:
    slipped = Voice(SCENARIO, 0, 1, 7).slip(text)
    assert any(text[:i] + text[i + 1 :] == slipped for i in range(len(text)))


def test_a_text_of_a_few_letters_is_typed_without_a_slip() -> None:
    assert Voice(SCENARIO, 0, 1, 7).slip("le bus") == "le bus"
