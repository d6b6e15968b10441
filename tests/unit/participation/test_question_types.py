"""The laws every question type keeps, whatever is asked and whatever is answered."""

import string
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import Voice, load_catalog
from participation.errors import Refusal, WrongAnswer, WrongQuestion
from participation.model.text import clean
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Answer, Bars, Ideas, Question, QuestionType, Step, Words

VOICES = [Voice(load_catalog(), language) for language in ("fr", "en")]
KINDS = [pytest.param(kind, id=key) for key, kind in QUESTION_TYPES.items()]

texts = st.text(min_size=1, max_size=40).map(clean).filter(bool)
options = st.lists(texts, min_size=2, max_size=20, unique_by=str.casefold).map(tuple)


def asked(kind: QuestionType, text: str, choices: tuple[str, ...], at_most: int) -> Question:
    """A question of this type: with options if it takes some, else without."""
    try:
        return kind.check(Question(kind.key, text, choices, min(at_most, len(choices))))
    except WrongQuestion:
        return kind.check(Question(kind.key, text))


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, tuple[str, ...], int]:
    choices = draw(options)
    return draw(texts), choices, draw(st.integers(1, len(choices)))


@dataclass
class Deed:
    """A press or a message."""

    is_press: bool
    text: str


deeds = st.lists(
    st.builds(Deed, st.booleans(), st.one_of(st.integers(0, 25).map(str), texts, st.sampled_from(["clear", "", "²"]))),
    max_size=12,
)


def live(kind: QuestionType, question: Question, given_deeds: list[Deed]) -> tuple[Answer | None, list[Step]]:
    """What a member has given after a life of presses and messages, refusals changing nothing."""
    answer: Answer | None = None
    steps = []
    for deed in given_deeds:
        try:
            step = (kind.press if deed.is_press else kind.write)(question, answer, deed.text)
        except WrongAnswer:
            continue
        steps.append(step)
        answer = None if step.withdrawn else step.answer or answer
    return answer, steps


@pytest.mark.parametrize("kind", KINDS)
@given(case=cases())
def test_checking_twice_changes_nothing_more(kind: QuestionType, case: tuple[str, tuple[str, ...], int]) -> None:
    question = asked(kind, *case)
    assert kind.check(question) == question
    assert question.type == kind.key


@pytest.mark.parametrize("kind", KINDS)
@given(case=cases(), lives=st.lists(deeds, max_size=6))
def test_the_result_counts_each_voter_once_whatever_the_order(
    kind: QuestionType, case: tuple[str, tuple[str, ...], int], lives: list[list[Deed]]
) -> None:
    question = asked(kind, *case)
    answers = [answer for answer, _ in (live(kind, question, life) for life in lives) if answer is not None]
    result = kind.tally(question, Counter(answers))
    assert result.voters == len(answers)
    assert kind.tally(question, Counter(reversed(answers))) == result
    assert kind.tally(question, {}) == type(result)(*_emptied(result))


def _emptied(result: Bars | Words | Ideas) -> tuple[object, ...]:
    match result:
        case Bars():
            return tuple(type(row)(row.label, 0) for row in result.rows), 0, result.several
        case Words():
            return (), 0
        case Ideas():
            return (0,)


@pytest.mark.parametrize("kind", KINDS)
@given(case=cases(), life=deeds)
def test_an_answer_is_never_empty_and_shows_on_the_screen(
    kind: QuestionType, case: tuple[str, tuple[str, ...], int], life: list[Deed]
) -> None:
    question = asked(kind, *case)
    answer, steps = live(kind, question, life)
    screen = kind.screen(question, answer)
    assert answer is None or len(answer) > 0
    assert screen.question == question.text
    assert kind.screen(question, None).choice == ()
    if answer is not None and not isinstance(kind.tally(question, {}), Ideas):
        assert screen.choice != ()
        assert kind.read(question, answer) != ""
    for step in steps:
        assert [step.answer is not None, step.withdrawn].count(True) == 1


@pytest.mark.parametrize("kind", KINDS)
@given(case=cases(), life=deeds)
def test_every_button_shown_can_be_pressed(
    kind: QuestionType, case: tuple[str, tuple[str, ...], int], life: list[Deed]
) -> None:
    question = asked(kind, *case)
    answer, _ = live(kind, question, life)
    for button in kind.screen(question, answer).buttons:
        try:
            step = kind.press(question, answer, button.action)
        except Refusal as refusal:
            assert refusal.key == "refusal-too-many-choices"  # noqa: PT017 -- the only no a shown button may get
            continue
        assert step.answer is not None or step.withdrawn


@pytest.mark.parametrize("kind", KINDS)
@given(case=cases(), life=deeds)
def test_every_phrase_can_be_said_in_every_language(
    kind: QuestionType, case: tuple[str, tuple[str, ...], int], life: list[Deed]
) -> None:
    question = asked(kind, *case)
    answer, steps = live(kind, question, life)
    screen = kind.screen(question, answer)
    phrases = [screen.instruction, *(s.notice for s in steps), *(b.phrase for b in screen.buttons if b.phrase)]
    assert all(voice.phrase(phrase) for voice in VOICES for phrase in phrases)


@pytest.mark.parametrize("kind", KINDS)
@given(case=cases(), action=st.text(max_size=20))
def test_a_press_on_no_button_is_refused_politely(
    kind: QuestionType, case: tuple[str, tuple[str, ...], int], action: str
) -> None:
    question = asked(kind, *case)
    known = {button.action for button in kind.screen(question, None).buttons} | {"clear"}
    if action not in known and not (action.isascii() and action.isdigit()):
        with pytest.raises(WrongAnswer):
            kind.press(question, None, action)


@given(choices=st.lists(st.text(string.ascii_letters + " éè", min_size=1), min_size=2, max_size=8))
def test_typing_an_option_chooses_it(choices: list[str]) -> None:
    from participation.questions.choosing import fold

    kind = QUESTION_TYPES["single"]
    named = [choice for choice in choices if fold(choice)]
    if len({fold(choice) for choice in named}) < len(choices) or len(named) < 2:
        return
    question = kind.check(Question("single", "Q ?", tuple(choices)))
    for position, choice in enumerate(choices):
        assert kind.write(question, None, f" {choice.upper()} !").answer == (position,)
        assert kind.write(question, None, f"{position + 1}.").answer == (position,)
