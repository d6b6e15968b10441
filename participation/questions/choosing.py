"""What the two choice types share: finding the option that a press or a typed text names."""

import re
import unicodedata

from participation.errors import NoSuchOption, NotUnderstood
from participation.questions.kit import Question

_KEYCAP = re.compile("[\ufe0f\u20e3]")

FEW_LETTERS = 80
"""Options longer than that together are not read out to who typed none of them: a number is easier to write."""


def fold(text: str) -> str:
    """A text as one would compare it aloud: no accents, no capitals, no punctuation around it."""
    bare = text
    if not text.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", _KEYCAP.sub("", bare)).strip().casefold()


def option_pressed(question: Question, action: str) -> int:
    """The position named by a button's action."""
    if not (action.isascii() and action.isdigit()) or int(action) >= len(question.options):
        raise NoSuchOption()
    return int(action)


def option_typed(question: Question, text: str) -> int:
    """The position named by a typed text: the option's words first, then its number from 1, then a clear beginning."""
    wanted = fold(text)
    folded = [fold(option) for option in question.options]
    if wanted and wanted in folded:
        return folded.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(folded):
        return int(wanted) - 1
    starts = [i for i, option in enumerate(folded) if wanted and option.startswith(wanted + " ")]
    if len(starts) == 1:
        return starts[0]
    few = sum(map(len, question.options)) <= FEW_LETTERS
    raise NotUnderstood(options=question.options, count=len(question.options), few=few)


def same_word(word: str) -> str:
    """The key under which a word is counted: « école », « Écoles » and « ECOLE » are one (a final s or x is a plural)."""
    return " ".join(part[:-1] if len(part) > 3 and part[-1] in "sx" else part for part in fold(word).split())
