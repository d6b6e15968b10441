"""Names and words found in ideas, kept from repeating texts that were taken back and that nobody else says."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from participation.questions.choosing import same_word

NAMELESS = "…"
"""The name of a theme whose name had to go, until the next grouping gives it another."""
WORDS_IN_A_NAME = 3
ENDING = 3
"""Letters by which two forms of one word differ at most (« réparons », « réparer »)."""


class Said:
    """Texts as one compares them aloud, where whole words and runs of words are looked up; read when first asked."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    def __contains__(self, words: str) -> bool:
        return f" {words} " in self._aloud

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word once."""
        return frozenset(self._aloud.split())

    @cached_property
    def _aloud(self) -> str:
        return f" {' | '.join(map(same_word, self._texts))} "


class TakenBack:
    """Texts that are no longer said: withdrawn, erased, or rewritten."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._said = Said(texts)

    def name_without(self, label: str, words: Sequence[str], left: Said) -> tuple[str, tuple[str, ...]]:
        """A name and words that `left`, the texts still said, can bear. A name that must go makes way for words."""
        kept = tuple(word for word in words if not self.are_quoted_by(word, left))
        if not self.are_quoted_by(label, left):
            return label, kept
        name = ", ".join(kept[:WORDS_IN_A_NAME]) or NAMELESS
        return name[:1].upper() + name[1:], kept

    def are_quoted_by(self, phrase: str, left: Said) -> bool:
        """Whether a phrase holds a word of these texts that `left` does not hold, or is cut from them only."""
        run = same_word(phrase)
        theirs = [word for word in run.split() if any(_is_form_of(word, other) for other in self._said.words)]
        if not theirs:
            return False
        return any(word not in left for word in theirs) or (run in self._said and run not in left)


def _is_form_of(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return one == other or shared >= max(ENDING, max(len(one), len(other)) - ENDING)
