"""Multiple choice: at most n options, each tap adds or removes one, recorded at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from participation.errors import NotUnderstood, TooFewOptions, TooManyChoices, WrongLimit
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

_BETWEEN = re.compile(r"[,;/\n]|\s+(?:et|and)\s+")


@dataclass(frozen=True, slots=True)
class Multiple:
    """Choose at most n."""

    key: str = "multiple"
    takes_any_text: bool = False
    takes_limit: bool = True

    def check(self, question: Question) -> Question:
        check_text(question)
        if len(question.options) < 2:
            raise TooFewOptions(type=self.key)
        check_options(question)
        if not 1 <= question.at_most <= len(question.options):
            raise WrongLimit(given=question.at_most, options=len(question.options))
        return question

    def screen(self, question: Question, answer: Answer | None) -> Screen:
        chosen = answer or ()
        buttons = tuple(Button(str(i), label, i in chosen) for i, label in enumerate(question.options))
        instruction = Phrase("question-multiple.instruction", {"at_most": question.at_most})
        return Screen(question.text, instruction, buttons, self._named(question, chosen))

    def press(self, question: Question, answer: Answer | None, action: str) -> Step:
        return self._toggle(question, answer or (), option_pressed(question, action))

    def write(self, question: Question, answer: Answer | None, text: str) -> Step:
        """« 1, 3 » gives two options; what is written replaces what was chosen."""
        try:
            picked = {option_typed(question, text)}
        except NotUnderstood:
            parts = _several(text)
            if len(parts) < 2:
                raise
            picked = {option_typed(question, part) for part in parts}
        return self._keep(question, tuple(sorted(picked)))

    def tally(self, question: Question, answers: Mapping[Answer, int]) -> Bars:
        votes = [0] * len(question.options)
        for answer, count in answers.items():
            for position in answer:
                votes[int(position)] += count
        rows = tuple(Bar(label, n) for label, n in zip(question.options, votes, strict=True))
        return Bars(rows, sum(answers.values()), several=True)

    def read(self, question: Question, answer: Answer) -> str:
        return " | ".join(self._named(question, answer))

    def _named(self, question: Question, answer: Answer) -> tuple[str, ...]:
        return tuple(question.options[int(i)] for i in answer)

    def _toggle(self, question: Question, chosen: Answer, position: int) -> Step:
        if position not in chosen:
            return self._keep(question, tuple(sorted({*map(int, chosen), position})))
        left = tuple(i for i in chosen if i != position)
        if left:
            return self._keep(question, left)
        return Step(Phrase("question-multiple.emptied"), withdrawn=True)

    def _keep(self, question: Question, chosen: Answer) -> Step:
        if len(chosen) > question.at_most:
            raise TooManyChoices(at_most=question.at_most)
        left = question.at_most - len(chosen)
        notice = Phrase("question-multiple.noted", {"choice": self._named(question, chosen), "left": left})
        return Step(notice, answer=chosen)


def _several(text: str) -> list[str]:
    """« 1, 3 », « 1 et 3 », « école ; emploi », « 1 3 » taken apart."""
    numbers = text.split()
    if len(numbers) > 1 and all(part.isdigit() for part in numbers):
        return numbers
    return [part for part in _BETWEEN.split(text) if part.strip()]
