"""The vocabulary every question type speaks: a question, its screen, the step an answer makes, the shape of its result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from participation.errors import OptionTooLong, QuestionMissing, QuestionTooLong, TooManyOptions, TwinOptions

Answer = tuple[int | str, ...]
"""What one member gave, in canonical form: option positions from 0 in order, or words. Never empty."""

QUESTION_LENGTH = 500
OPTION_LENGTH = 200
MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence to be said later, in somebody's language: a key of the catalogue and what fills it in."""

    key: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `type` is the key of a question type; `at_most` is how many options or words one may give."""

    type: str
    text: str
    options: tuple[str, ...] = ()
    at_most: int = 1


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `label` is what a facilitator typed; a button of our own carries a `phrase` instead."""

    action: str
    label: str = ""
    chosen: bool = False
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What a councillor sees of a question, whatever the door: Telegram, a web page, a sheet of paper."""

    question: str
    instruction: Phrase
    buttons: tuple[Button, ...] = ()
    choice: tuple[str, ...] = ()
    """What this member has given so far, in words; empty when nothing yet."""
    choice_label: Phrase = Phrase("question-choice")
    """What stands before it: « Votre choix », « Vos mots »."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a press or a message does. Exactly one of `answer`, `idea`, `withdrawn` says what changes, or none."""

    notice: Phrase
    answer: Answer | None = None
    idea: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One option and how many voters chose it."""

    label: str
    votes: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A result to draw as bars, in the order the options were asked. With several choices the votes exceed the voters."""

    rows: tuple[Bar, ...]
    voters: int
    several: bool = False

    def share(self, bar: Bar) -> float:
        """The part of the voters who chose it, 0 to 1."""
        return bar.votes / self.voters if self.voters else 0.0

    def percents(self) -> tuple[int, ...]:
        """Each share in whole percents. Of a single choice they add up to 100, by the largest remainders."""
        if not self.voters:
            return (0,) * len(self.rows)
        if self.several:
            return tuple((200 * row.votes + self.voters) // (2 * self.voters) for row in self.rows)
        parts = [divmod(100 * row.votes, self.voters) for row in self.rows]
        left = 100 * sum(row.votes for row in self.rows) // self.voters - sum(whole for whole, _ in parts)
        # Of equal remainders, the option asked first has the point that is left.
        closest = sorted(range(len(parts)), key=lambda place: -parts[place][1])[:left]
        return tuple(whole + (place in closest) for place, (whole, _) in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Words:
    """A result to draw as a cloud: each expression as people gave it, with the number of members who gave it."""

    counts: tuple[tuple[str, int], ...]
    voters: int


@dataclass(frozen=True, slots=True)
class Ideas:
    """A result to draw as a wall of post-its and as themes; the ideas themselves are read apart."""

    voters: int


Result = Bars | Words | Ideas
"""The closed family of shapes that the bot, the projector and the exports draw."""


class QuestionType(Protocol):
    """One way of asking. Everything special to it lives in its one file; nobody else asks which type this is."""

    @property
    def key(self) -> str:
        """Its name in the database and in the catalogue (`question-<key>`)."""

    @property
    def takes_any_text(self) -> bool:
        """Whether any ordinary message is an answer to it (an idea, a word), not only the words of an option."""

    @property
    def takes_limit(self) -> bool:
        """Whether a number typed before the question is « at most n »."""

    def check(self, question: Question) -> Question:
        """Return the question as it will be asked, tidied, or refuse it with a `WrongQuestion`."""

    def screen(self, question: Question, answer: Answer | None) -> Screen:
        """Draw it for a member who has given `answer` so far."""

    def press(self, question: Question, answer: Answer | None, action: str) -> Step:
        """Take a press on the button `action`; refuse with a `WrongAnswer`."""

    def write(self, question: Question, answer: Answer | None, text: str) -> Step:
        """Take an ordinary message as an answer; refuse with a `WrongAnswer`."""

    def tally(self, question: Question, answers: Mapping[Answer, int]) -> Result:
        """Add up a multiset of answers; their order cannot matter."""

    def read(self, question: Question, answer: Answer) -> str:
        """One answer in words, for exports: there, options are told apart by a bar, whatever commas they hold."""


def check_text(question: Question) -> None:
    """Refuse a question that is missing or too long to be shown."""
    if not question.text:
        raise QuestionMissing(type=question.type)
    if len(question.text) > QUESTION_LENGTH:
        raise QuestionTooLong(length=len(question.text), limit=QUESTION_LENGTH)


def check_options(question: Question) -> None:
    """Refuse options that a ballot could not show or that nobody could tell apart."""
    if len(question.options) > MOST_OPTIONS:
        raise TooManyOptions(count=len(question.options), limit=MOST_OPTIONS)
    seen: set[str] = set()
    for option in question.options:
        if len(option) > OPTION_LENGTH:
            raise OptionTooLong(option=option[:40], limit=OPTION_LENGTH)
        if option.casefold() in seen:
            raise TwinOptions(option=option)
        seen.add(option.casefold())
