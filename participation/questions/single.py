"""Single choice: one option, one tap, changed until the close."""

from collections.abc import Mapping
from dataclasses import dataclass

from participation.errors import TooFewOptions
from participation.questions.choosing import option_pressed, option_typed
from participation.questions.kit import (
    Answer,
    Bar,
    Bars,
    Button,
    Phrase,
    Question,
    Screen,
    Step,
    check_options,
    check_text,
)


@dataclass(frozen=True, slots=True)
class Single:
    """Choose one."""

    key: str = "single"
    takes_any_text: bool = False
    takes_limit: bool = False

    def check(self, question: Question) -> Question:
        check_text(question)
        if len(question.options) < 2:
            raise TooFewOptions(type=self.key)
        check_options(question)
        return Question(self.key, question.text, question.options)

    def screen(self, question: Question, answer: Answer | None) -> Screen:
        chosen = answer[0] if answer else None
        buttons = tuple(Button(str(i), label, i == chosen) for i, label in enumerate(question.options))
        return Screen(question.text, Phrase("question-single.instruction"), buttons, self._choice(question, answer))

    def press(self, question: Question, answer: Answer | None, action: str) -> Step:
        return self._choose(question, option_pressed(question, action))

    def write(self, question: Question, answer: Answer | None, text: str) -> Step:
        return self._choose(question, option_typed(question, text))

    def tally(self, question: Question, answers: Mapping[Answer, int]) -> Bars:
        rows = tuple(Bar(label, answers.get((i,), 0)) for i, label in enumerate(question.options))
        return Bars(rows, sum(answers.values()))

    def read(self, question: Question, answer: Answer) -> str:
        return question.options[int(answer[0])]

    def _choose(self, question: Question, position: int) -> Step:
        notice = Phrase("question-single.noted", {"choice": question.options[position]})
        return Step(notice, answer=(position,))

    def _choice(self, question: Question, answer: Answer | None) -> tuple[str, ...]:
        return (self.read(question, answer),) if answer else ()
