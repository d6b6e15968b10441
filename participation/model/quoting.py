"""Names and words found in ideas, kept from repeating texts that were taken back and that nobody else says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from participation.questions.choosing import same_word

NAMELESS = "…"
"""The name of a theme whose name had to go, until the next grouping gives it another."""
WORDS_IN_A_NAME = 3
ENDING = 3
"""Letters by which two forms of one word differ at most (« réparons », « réparer »)."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Texts that are no longer said: withdrawn, erased, or rewritten."""

    texts: Sequence[str]

    def name_without(self, label: str, words: Sequence[str], left: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """A name and words that `left`, the texts still said, can bear. A name that must go makes way for words."""
        kept = tuple(word for word in words if not self.are_quoted_by(word, left))
        if not self.are_quoted_by(label, left):
            return label, kept
        name = ", ".join(kept[:WORDS_IN_A_NAME]) or NAMELESS
        return name[:1].upper() + name[1:], kept

    def are_quoted_by(self, phrase: str, left: Sequence[str]) -> bool:
        """Whether a phrase holds a word of these texts that `left` does not hold, or is cut from them only."""
        gone, looked_for = _aloud(self.texts), same_word(phrase).split()
        theirs = [word for word in looked_for if any(_is_form_of(word, other) for other in set(gone.split()))]
        if not theirs:
            return False
        said = _aloud(left)
        run = f" {' '.join(looked_for)} "
        return any(f" {word} " not in said for word in theirs) or (run in gone and run not in said)


def _aloud(texts: Iterable[str]) -> str:
    """Texts as one compares them aloud, in one piece where whole words and runs of words can be looked up."""
    return f" {' | '.join(same_word(text) for text in texts)} "


def _is_form_of(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return one == other or shared >= max(ENDING, max(len(one), len(other)) - ENDING)
