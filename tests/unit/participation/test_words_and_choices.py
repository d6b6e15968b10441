"""Words add up to their limit; several choices toggle; what is typed is read as people mean it."""

import pytest

from participation.errors import (
    Empty,
    NotAWord,
    NotUnderstood,
    TooLong,
    TooManyChoices,
    TooManyWords,
    TwinOptions,
    WrongLimit,
)
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Bar, Bars, Question, Words

WORDS = QUESTION_TYPES["words"]
MULTIPLE = QUESTION_TYPES["multiple"]
SINGLE = QUESTION_TYPES["single"]
ONE_WORD = WORDS.check(Question("words", "Un mot ?"))
FRUITS = MULTIPLE.check(Question("multiple", "Fruits ?", ("Pomme", "Poire", "Prune"), 2))
YES_NO = SINGLE.check(Question("single", "On continue ?", ("Oui, bien sûr", "Non")))


def test_words_add_up_over_messages_until_three() -> None:
    first = WORDS.write(ONE_WORD, None, "école, emploi").answer
    assert first == ("école", "emploi")
    assert WORDS.write(ONE_WORD, first, "Ecole ; sport").answer == ("école", "emploi", "sport")
    with pytest.raises(TooManyWords) as no:
        WORDS.write(ONE_WORD, first, "sport, santé")
    assert no.value.details == {"limit": 3, "given": "école, emploi"}


def test_a_word_may_be_an_expression_and_not_a_speech() -> None:
    assert WORDS.write(ONE_WORD, None, "vivre ensemble").answer == ("vivre ensemble",)
    with pytest.raises(TooLong):
        WORDS.write(ONE_WORD, None, "a" * 41)
    with pytest.raises(Empty):
        WORDS.write(ONE_WORD, None, " … !! ")


def test_words_that_differ_by_an_accent_are_counted_together_under_the_commonest_spelling() -> None:
    assert WORDS.tally(ONE_WORD, {("école",): 3, ("Ecole", "sport"): 1}) == Words((("école", 4), ("sport", 1)), 4)


def test_a_second_tap_removes_and_the_limit_is_kept() -> None:
    chosen = MULTIPLE.press(FRUITS, None, "0").answer
    both = MULTIPLE.press(FRUITS, chosen, "2").answer
    assert both == (0, 2)
    with pytest.raises(TooManyChoices):
        MULTIPLE.press(FRUITS, both, "1")
    assert MULTIPLE.press(FRUITS, both, "0").answer == (2,)
    assert MULTIPLE.press(FRUITS, (2,), "2").withdrawn


def test_typing_several_options_replaces_what_was_chosen() -> None:
    assert MULTIPLE.write(FRUITS, (1,), "1, prune").answer == (0, 2)
    assert MULTIPLE.write(FRUITS, (1,), "pomme").answer == (0,)
    with pytest.raises(NotUnderstood):
        MULTIPLE.write(FRUITS, None, "pomme, chaise")


def test_votes_may_exceed_voters_when_several_are_allowed() -> None:
    expected = Bars((Bar("Pomme", 5), Bar("Poire", 0), Bar("Prune", 2)), 5, several=True)
    assert MULTIPLE.tally(FRUITS, {(0,): 3, (0, 2): 2}) == expected
    assert expected.share(expected.rows[0]) == 1.0


@pytest.mark.parametrize("text", ["1", "1.", "oui", "OUI !", "Oui, bien sûr", "oui bien sur", "1️⃣"])
def test_one_and_yes_and_the_words_are_the_first_button(text: str) -> None:
    assert SINGLE.write(YES_NO, None, text).answer == (0,)


@pytest.mark.parametrize("text", ["", "3", "0", "peut-être", "٣", "oui mais non"])
def test_a_text_that_names_no_option_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        SINGLE.write(YES_NO, None, text)


def test_two_options_that_read_the_same_are_refused() -> None:
    with pytest.raises(TwinOptions):
        SINGLE.check(Question("single", "Q ?", ("Oui", "oui")))


@pytest.mark.parametrize("at_most", [0, 4, -1])
def test_a_limit_outside_the_options_is_refused(at_most: int) -> None:
    with pytest.raises(WrongLimit):
        MULTIPLE.check(Question("multiple", "Q ?", ("A", "B", "C"), at_most))


def test_a_plural_and_its_singular_are_one_word_on_the_wall() -> None:
    assert WORDS.tally(ONE_WORD, {("école",): 1, ("Écoles",): 2, ("bus",): 1}) == Words((("Écoles", 3), ("bus", 1)), 4)
    assert WORDS.write(ONE_WORD, ("école",), "écoles").answer == ("école",)


def test_a_sentence_is_not_a_word() -> None:
    assert WORDS.write(ONE_WORD, None, "égalité des chances").answer == ("égalité des chances",)
    with pytest.raises(NotAWord):
        WORDS.write(ONE_WORD, None, "un deux trois quatre cinq six sept")


@pytest.mark.parametrize("typed", ["1 3", "1, 3", "1 et 3", "pomme et prune", "Pomme ; Prune", "1\n3"])
def test_several_options_may_be_typed_as_people_type_them(typed: str) -> None:
    assert MULTIPLE.write(FRUITS, None, typed).answer == (0, 2)


def test_too_many_typed_options_are_told_as_too_many() -> None:
    with pytest.raises(TooManyChoices):
        MULTIPLE.write(FRUITS, None, "1 2 3")
