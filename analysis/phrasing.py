"""Choose the phrase a theme is called by: several of its ideas speak of it, few of the others do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from analysis.lemmas import stem
from analysis.merging import Labels
from analysis.phrases import LONGEST_PHRASE, Phrase, find_phrases
from analysis.stopwords import FRENCH_RUDE
from analysis.support import Support
from analysis.text import fold
from analysis.words import Reading

MOST_CUT = 300
"""Ideas of a theme that phrases are cut from; of more, every second or third is enough."""

SHARE = 0.2
LEAST_HOLDERS = 2
ENOUGH_HOLDERS = 8
"""A word is shown when this share of the ideas hold it, at least two; in a large theme eight may be enough."""

AKIN = 0.25
NEXT_WORD = (1.0, 0.55, 0.35)
SECOND_FROM = 0.25
COVERED = 0.7
MOST_PHRASES = 3
LENGTH = {1: 0.9, 2: 1.25, 3: 1.25, 4: 1.15, 5: 1.0}

_RUDE = frozenset(map(stem, FRENCH_RUDE))

Ranked = list[tuple[float, Phrase]]


@dataclass(frozen=True)
class _Inside:
    """The ideas of one theme, by row and as a mask over all the ideas."""

    rows: NDArray[np.int64]
    mask: NDArray[np.bool_]

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def needed(self) -> int:
        """Ideas that must hold a word for it to be shown."""
        return min(ENOUGH_HOLDERS, max(LEAST_HOLDERS, ceil(SHARE * self.size)))

    def count(self, rows: NDArray[np.int64]) -> int:
        return int(np.count_nonzero(self.mask[rows]))


@dataclass
class Labeller:
    """Gives each theme its label; `asked` are the stems of the question's words."""

    readings: Sequence[Reading]
    labels: Labels
    support: Support
    asked: frozenset[str]
    languages: NDArray[np.str_]
    """Language of each idea: a label is in one."""
    central: Sequence[Sequence[int]] = ()
    """Of each theme, the ideas that speak best for it, if known: an example is taken from them."""

    def label(self, theme: int, taken: Iterable[str]) -> str:
        """At most five words, unlike every label of `taken`; « Thème 3 » when the ideas have no word to show.

        A phrase whose words several ideas hold, and others for the ideas it leaves out; failing that the words of one
        idea that others speak of in words akin to them. Never a verb, nor a word of no dictionary that is no name.
        """
        language = self._spoken_in(self.labels == theme)
        mask = (self.labels == theme) & (self.languages == language)
        inside = _Inside(np.flatnonzero(mask), mask)
        phrases = find_phrases([self.readings[m] for m in inside.rows[:: 1 + inside.size // MOST_CUT]], language)
        scores = {s: self._telling(s, inside) for s in {s for phrase in phrases for s in phrase.stems}}
        seen = {_plain(label) for label in taken}
        held = self._ranked(phrases, scores, inside, strict=True)
        akin = self._ranked(phrases, scores, inside, strict=False)
        for score, best in held:
            for label in (self._whole(best, score, held, akin, inside), best.surface):
                if _plain(label) not in seen:
                    return _capital(label)
        whole = [pair for pair in akin if len(pair[1].stems) > 1]
        best_ideas = [self.readings[m] for m in (self.central[theme] if self.central else ()) if mask[m]]
        examples = [
            p for said in (best_ideas[:1], best_ideas) for p in self._near(find_phrases(said, language), inside)
        ]
        said = [pair for pair in examples if len(pair[1].stems) > 1]
        # A word of an idea that speaks for the theme comes before two words of one that does not: those may be off it.
        for _, best in [*said, *whole, *examples, *self._near(phrases, inside)]:
            if _plain(best.surface) not in seen:
                return _capital(best.surface)
        return f"Thème {theme + 1}"

    def _spoken_in(self, mask: NDArray[np.bool_]) -> str:
        """The language most ideas are in, when a sixth of the theme’s are, two at least; else the theme's own."""
        main, here = _commonest(self.languages), self.languages[mask]
        return main if np.count_nonzero(here == main) >= max(2, len(here) / 6) else _commonest(here)

    def _ranked(self, phrases: Sequence[Phrase], scores: dict[str, float], inside: _Inside, *, strict: bool) -> Ranked:
        fit = [p for p in phrases if self._fits(p, inside, strict)]
        return sorted(((self._score(p, scores, inside), p) for p in fit), key=lambda pair: (-pair[0], pair[1].name))

    def _telling(self, name: str, inside: _Inside) -> float:
        """F½ of « speaks of this word » as a guess of « is in the theme », times the rarity of the word."""
        held, akin = self.support.holding(name), self.support.akin(name)
        found = (1 - AKIN) * inside.count(held) + AKIN * inside.count(akin)
        total = (1 - AKIN) * len(held) + AKIN * len(akin)
        if not found:
            return 0.0
        precision, recall = found / total, found / inside.size
        return 1.25 * precision * recall / (0.25 * precision + recall) * log(1 + len(self.labels) / max(len(held), 1))

    def _fits(self, phrase: Phrase, inside: _Inside, strict: bool) -> bool:
        """Whether enough of the ideas hold each word (strict), or speak of it in words akin to it."""
        stems = set(phrase.stems)
        if not stems or (stems & self.asked and (phrase.count < inside.needed or stems <= self.asked)):
            return False
        if stems & _RUDE or phrase.slip or (phrase.loose and phrase.count < LEAST_HOLDERS):
            return False
        sets = self.support.holding if strict else self.support.akin
        enough = all(inside.count(sets(name)) >= inside.needed for name in stems)
        return enough and (not phrase.vague or self._usual(phrase, inside))

    def _usual(self, phrase: Phrase, inside: _Inside) -> bool:
        """Whether people mostly say the vague word with the others: « première nécessité », not « grande école »."""
        held = min(inside.count(self.support.holding(name)) for name in phrase.stems)
        return phrase.count >= max(LEAST_HOLDERS, held / 2)

    def _score(self, phrase: Phrase, scores: dict[str, float], inside: _Inside) -> float:
        telling = sorted((scores[name] for name in set(phrase.stems)), reverse=True)
        total = sum(score * weight for score, weight in zip(telling, NEXT_WORD, strict=False))
        together = phrase.count / max(inside.count(self.support.holding(phrase.stems[0])), 1)
        whole = 0.8 + 0.2 * min(1.0, together)
        return total * whole * LENGTH[min(5, phrase.length)]

    def _whole(self, best: Phrase, score: float, held: Ranked, akin: Ranked, inside: _Inside) -> str:
        """The phrase, made longer when it is one word, and others for ideas that the first leaves out."""
        if best.length == 1:
            longer = next((p for _, p in (*held, *akin) if p.name != best.name and best.stems[0] in p.stems), None)
            if longer is not None:
                return longer.surface
        said = (pair for pair in akin if all(inside.count(self.support.holding(s)) > 1 for s in pair[1].stems))
        chosen, pool = [best], [*held, *said]
        while len(chosen) < MOST_PHRASES:
            second = self._other(chosen, score, pool, inside)
            if second is None:
                break
            chosen.append(second)
        return _listed([phrase.surface for phrase in chosen])

    def _other(self, chosen: Sequence[Phrase], score: float, pool: Ranked, inside: _Inside) -> Phrase | None:
        """The telling phrase that speaks for most of the ideas those chosen leave out; none when they speak for enough."""
        spoken = np.concatenate([self._spoken(phrase, inside) for phrase in chosen])
        words = sum(phrase.length for phrase in chosen) + 1
        if words > 2 and len(np.unique(spoken)) >= COVERED * inside.size:
            return None
        said = {name for phrase in chosen for name in phrase.stems}
        best, found = 0.0, None
        for other, phrase in pool:
            fits = words + phrase.length <= LONGEST_PHRASE
            if other < SECOND_FROM * score or not fits or said & set(phrase.stems):
                continue
            fresh = len(np.setdiff1d(self._spoken(phrase, inside), spoken)) / inside.size
            if other * fresh > best:
                best, found = other * fresh, phrase
        return found

    def _spoken(self, phrase: Phrase, inside: _Inside) -> NDArray[np.int64]:
        rows: NDArray[np.int64] = np.concatenate([self.support.holding(name) for name in phrase.stems])
        own: NDArray[np.int64] = rows[inside.mask[rows]]
        return own

    def _near(self, phrases: Sequence[Phrase], inside: _Inside) -> Ranked:
        """Phrases of single ideas, those that the other ideas come nearest to first."""
        found = []
        for phrase in phrases:
            stems = set(phrase.stems)
            if stems and not (phrase.vague or phrase.loose or phrase.slip or stems & self.asked or stems & _RUDE):
                near = sum(inside.count(self.support.akin(name)) for name in phrase.stems) / len(phrase.stems)
                found.append((near * LENGTH[min(5, phrase.length)], phrase))
        return sorted(found, key=lambda pair: (len(pair[1].stems) == 1, -pair[0], pair[1].name))


def _commonest(languages: NDArray[np.str_]) -> str:
    found, counts = np.unique(languages, return_counts=True)
    counts = 2 * counts + (found == "fr")  # of two as common, French
    return str(found[counts.argmax()]) if len(found) else "fr"


def _listed(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return ", ".join(parts[:-1]) + " et " + parts[-1]


def _plain(label: str) -> str:
    return " ".join(sorted(fold(label).replace(",", " ").split()))


def _capital(text: str) -> str:
    """As it is shown: a capital, and the apostrophes of print."""
    return text[:1].upper() + text[1:].replace("'", "’")
