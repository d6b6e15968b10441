"""What one councillor says, chooses and does: the same for the same seed, in whatever order questions come."""

from collections.abc import Sequence
from random import Random
from typing import Any

from rehearsal.scenario.behaviour import Behaviour, Pace, draw_from, rewrite
from rehearsal.scenario.ideas import Idea
from rehearsal.scenario.scenario import Scenario


class Voice:
    """The councillor of a given rank in a crowd of a given size.

    Each draw depends on the seed, the rank and what is decided, never on the order or the moment of the decision:
    that is what makes a crowd repeatable although its people act at the same time.
    """

    def __init__(self, scenario: Scenario, rank: int, size: int, seed: int) -> None:
        self._scenario = scenario
        self._rank = rank
        self._size = max(size, rank + 1)
        self._seed = seed
        self.silent = self.happens("silent_share", "for good")
        self.late = self.happens("late_share", "for good")

    @property
    def manners(self) -> Behaviour:
        return self._scenario.behaviour

    def happens(self, share: str, occasion: str) -> bool:
        """Whether what a share of people do happens with this person on this occasion."""
        return self._rng(share, occasion).random() < float(getattr(self.manners, share))

    def delay(self, pace: str, occasion: str) -> float:
        """Seconds, at ordinary speed, this person takes on this occasion."""
        drawn: Pace = getattr(self.manners, pace)
        return drawn.draw(self._rng(pace, occasion))

    def ideas(self, question: str) -> list[str]:
        """One to three messages; two people say the same thing only when the scenario has run out of ideas."""
        pool = list(self._scenario.ideas_for(question))
        self._shared_rng("ideas", question).shuffle(pool)
        rng = self._rng("ideas", question)
        count = draw_from(self.manners.ideas_each, rng)
        return [self._say(pool, self._rank + turn * self._size, rng) for turn in range(count)]

    def words(self, question: str) -> list[str]:
        """One to three different words."""
        rng = self._rng("words", question)
        count = draw_from(self.manners.words_each, rng)
        return self._scenario.words_for(question).draw(count, rng)

    def choices(self, question: str, options: Sequence[str], most: int | None) -> list[int]:
        """Positions of the options this person would press, in order; `most` None means as many as they like."""
        rng = self._rng("choices", question)
        count = 1 if most == 1 else draw_from(self.manners.multiple_presses, rng)
        if most is not None and most > 1:
            count = min(count, most) + self.happens("one_too_many_share", question)
        return self._scenario.leanings.choose(options, count, rng)

    def another(self, question: str, options: Sequence[str], given: Sequence[int]) -> int | None:
        """The option pressed after thinking again: one that was not given, if there is any."""
        rng = self._rng("another", question)
        ranked = self._scenario.leanings.choose(options, len(options), rng)
        return next((position for position in ranked if position not in given), None)

    def thanks(self, occasion: str) -> str:
        return self._rng("thanks", occasion).choice(self.manners.thanks)

    def sticker(self, occasion: str) -> str:
        return self._rng("sticker", occasion).choice(self.manners.stickers)

    def slip(self, text: str) -> str:
        """The same text with one letter forgotten, as a thumb does; a very short text is left alone."""
        if len(text) < 8:
            return text
        place = self._rng("slip", text).randrange(3, len(text) - 2)
        return text[:place] + text[place + 1 :]

    def _say(self, pool: Sequence[Idea], place: int, rng: Random) -> str:
        text = pool[place % len(pool)].text
        return text if place < len(pool) else rewrite(text, draw_from(self.manners.pens, rng))

    def _rng(self, *occasion: Any) -> Random:
        return self._shared_rng(self._rank, *occasion)

    def _shared_rng(self, *occasion: Any) -> Random:
        key = "/".join(str(part) for part in (self._seed, *occasion))
        return Random(key)  # noqa: S311 - repeatable on purpose, nothing secret
