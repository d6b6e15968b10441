"""Ideas: post-its in one's own words, as many as one likes, each in its own message."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from participation.errors import Empty, NeedlessOptions, NoSuchOption, TooLong
from participation.questions.kit import Answer, Ideas, Phrase, Question, Screen, Step, check_text

IDEA_LENGTH = 1000
CONTRIBUTED: Answer = (1,)
"""The answer of a member who has at least one idea on the wall."""


@dataclass(frozen=True, slots=True)
class IdeasType:
    """Write your ideas."""

    key: str = "ideas"
    takes_any_text: bool = True
    takes_limit: bool = False

    def check(self, question: Question) -> Question:
        check_text(question)
        if question.options:
            raise NeedlessOptions(type=self.key)
        return Question(self.key, question.text)

    def screen(self, question: Question, answer: Answer | None) -> Screen:
        return Screen(question.text, Phrase("question-ideas.instruction"))

    def press(self, question: Question, answer: Answer | None, action: str) -> Step:
        raise NoSuchOption()

    def write(self, question: Question, answer: Answer | None, text: str) -> Step:
        if not _is_legible(text):
            raise Empty()
        if len(text) > IDEA_LENGTH:
            raise TooLong(length=len(text), limit=IDEA_LENGTH)
        return Step(Phrase("question-ideas.noted"), answer=CONTRIBUTED, idea=text)

    def tally(self, question: Question, answers: Mapping[Answer, int]) -> Ideas:
        return Ideas(sum(answers.values()))

    def read(self, question: Question, answer: Answer) -> str:
        return ""


def _is_legible(text: str) -> bool:
    """Whether there is something to read: a letter, a figure or a symbol (an emoji speaks), not only dots and blanks."""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)
