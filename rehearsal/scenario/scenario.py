"""Everything a simulated workshop needs, read once from the data files that stand beside this module."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rehearsal.scenario.behaviour import Behaviour, read_behaviour
from rehearsal.scenario.ideas import Idea, Theme, read_theme
from rehearsal.scenario.matching import hits
from rehearsal.scenario.votes import Leanings, read_leanings
from rehearsal.scenario.words import WordGroup, read_words

THEMES = ("education", "training", "employment")


@dataclass(frozen=True)
class Scenario:
    """A workshop on three themes: what its people would say, choose and do."""

    themes: tuple[Theme, ...]
    words: tuple[WordGroup, ...]
    leanings: Leanings
    behaviour: Behaviour
    names: tuple[str, ...]

    @property
    def ideas(self) -> tuple[Idea, ...]:
        return tuple(idea for theme in self.themes for idea in theme.ideas)

    def ideas_for(self, question: str) -> tuple[Idea, ...]:
        """The ideas on the theme the question speaks of; all of them when it speaks of none."""
        scores = [hits(theme.keywords, question) for theme in self.themes]
        best = max(scores)
        return self.themes[scores.index(best)].ideas if best else self.ideas

    def words_for(self, question: str) -> WordGroup:
        """The words that answer the question; the group that answers anything when none is nearer."""
        scores = [hits(group.keywords, question) for group in self.words]
        return self.words[scores.index(max(scores))] if any(scores) else self.words[-1]


@cache
def load_scenario() -> Scenario:
    """Read the scenario shipped with the program (a third of a second the first time)."""
    names = tuple(name for row in _read("names") for name in row)
    return Scenario(
        tuple(read_theme(_read(theme)) for theme in THEMES),
        read_words(_read("words")),
        read_leanings(_read("votes")),
        read_behaviour(_read("behaviour")),
        names,
    )


def _read(name: str) -> Any:
    return yaml.safe_load(files("rehearsal.scenario").joinpath("data", f"{name}.yaml").read_text("utf-8"))
