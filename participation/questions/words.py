"""Words: one to three words each, that become a cloud."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participation.errors import Empty, NeedlessOptions, NoSuchOption, NotAWord, TooLong, TooManyWords
from participation.questions.choosing import fold, same_word
from participation.questions.kit import (
    Answer,
    Button,
    Phrase,
    Question,
    Screen,
    Step,
    Words,
    check_text,
)

MOST_WORDS = 3
WORD_LENGTH = 40
LONGEST_EXPRESSION = 4
"""Words in one expression (« égalité des chances », « transports en commun »): more is a sentence, not a word."""
CLEAR = "clear"

_SEPARATORS = re.compile(r"[,;/\n•·]+|\s+-\s+")


@dataclass(frozen=True, slots=True)
class WordsType:
    """Give one to three words."""

    key: str = "words"
    takes_any_text: bool = True
    takes_limit: bool = False

    def check(self, question: Question) -> Question:
        check_text(question)
        if question.options:
            raise NeedlessOptions(type=self.key)
        return Question(self.key, question.text, at_most=MOST_WORDS)

    def screen(self, question: Question, answer: Answer | None) -> Screen:
        given = tuple(str(word) for word in answer or ())
        buttons = (Button(CLEAR, phrase=Phrase("question-words.clear")),) if given else ()
        instruction = Phrase("question-words.instruction", {"at_most": question.at_most})
        return Screen(question.text, instruction, buttons, given, Phrase("question-words.given"))

    def press(self, question: Question, answer: Answer | None, action: str) -> Step:
        if action != CLEAR:
            raise NoSuchOption()
        return Step(Phrase("question-words.cleared"), withdrawn=True)

    def write(self, question: Question, answer: Answer | None, text: str) -> Step:
        """Words add up over several messages until the question's limit; the same word twice counts once."""
        new = _split(text)
        if not new:
            raise Empty()
        given = list(answer or ())
        known = {same_word(str(word)) for word in given}
        given += [word for word in new if same_word(word) not in known]
        if len(given) > question.at_most:
            raise TooManyWords(limit=question.at_most, given=", ".join(str(word) for word in answer or new))
        for word in new:
            if len(word.split()) > LONGEST_EXPRESSION:
                raise NotAWord(limit=question.at_most)
            if len(word) > WORD_LENGTH:
                raise TooLong(length=len(word), limit=WORD_LENGTH)
        notice = Phrase(
            "question-words.noted", {"words": ", ".join(map(str, given)), "left": question.at_most - len(given)}
        )
        return Step(notice, answer=tuple(given))

    def tally(self, question: Question, answers: Mapping[Answer, int]) -> Words:
        counts: Counter[str] = Counter()
        shown: dict[str, Counter[str]] = {}
        for answer, members in answers.items():
            for word in map(str, answer):
                counts[same_word(word)] += members
                shown.setdefault(same_word(word), Counter())[word] += members
        rows = [(max(sorted(shown[key]), key=shown[key].__getitem__), n) for key, n in counts.items()]
        return Words(tuple(sorted(rows, key=lambda row: (-row[1], row[0]))), sum(answers.values()))

    def read(self, question: Question, answer: Answer) -> str:
        return ", ".join(map(str, answer))


def without_hidden(result: Words, hidden: Sequence[str]) -> Words:
    """The result less the words hidden in this workshop, their plurals, and the expressions that hold them."""
    return Words(tuple(row for row in result.counts if not is_hidden(row[0], hidden)), result.voters)


def is_hidden(expression: str, hidden: Sequence[str]) -> bool:
    """Whether this word, or an expression that holds it, is among the hidden ones."""
    said = f" {same_word(expression)} "
    return any(f" {same_word(word)} " in said for word in hidden)


def _split(text: str) -> list[str]:
    """The expressions of a message, separated by commas, slashes or lines; without any, the whole message is one."""
    parts = [part.strip(' .!?"«»') for part in _SEPARATORS.split(text)]
    unique: dict[str, str] = {}
    for part in parts:
        if fold(part):
            unique.setdefault(same_word(part), " ".join(part.split()))
    return list(unique.values())
