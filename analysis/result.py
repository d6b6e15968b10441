"""What a grouping gives: themes, where each idea went, and one sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

VERSION = "2"
"""Changes whenever the same input could give other themes."""

READING_GUARD = "Ces groupes aident à lire, ils ne votent pas."
"""To be shown wherever themes are."""

FRAGILE_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of ideas. `quotes` and `dissent` are rows; `stability` is the share of redrawings it held in (0 to 1).

    `within` is the id of the theme it details, None for a theme of the first level.
    """

    id: int
    label: str
    words: tuple[str, ...]
    size: int
    stability: float
    quotes: tuple[int, ...]
    dissent: tuple[int, ...]
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Themes:
    """One grouping of n texts; every tuple « per row » has n entries, in the order of the texts.

    `assignments`: theme id, or None for an orphan or an answer set aside. `second`: another theme the idea also
    clearly belongs to. `details`: id of its sub-theme in `subthemes`. `map`: place between 0 and 1, None when set
    aside. `duplicates`: (row, later row, likeness). `splits`: messages that seem to hold several ideas, with those.
    """

    themes: tuple[Theme, ...]
    assignments: tuple[int | None, ...]
    second: tuple[int | None, ...]
    set_aside: tuple[int, ...]
    orphans: tuple[int, ...]
    duplicates: tuple[tuple[int, int, float], ...]
    map: tuple[tuple[float, float] | None, ...]
    languages: tuple[str, ...]
    subthemes: tuple[Theme, ...] = ()
    details: tuple[int | None, ...] = ()
    splits: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    coherence: float = 0.0
    encoder: str = ""
    seconds: float = 0.0
    seed: int = 0
    version: str = VERSION

    @property
    def coverage(self) -> float:
        """Share of the ideas that say something which are in a theme, 0 to 1."""
        said = len(self.assignments) - len(self.set_aside)
        return round((said - len(self.orphans)) / said, 4) if said else 0.0

    @property
    def sentence(self) -> str:
        """The grouping in one French sentence: « 9 thèmes, 84 % des idées, groupe 3 à relire »."""
        return _sentence(self)

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, as `palabre themes --json` writes them."""
        plain = asdict(self)
        plain["splits"] = {str(row): list(parts) for row, parts in self.splits.items()}
        return plain | {"coverage": self.coverage, "sentence": self.sentence, "guard": READING_GUARD}


def _sentence(result: Themes) -> str:
    aside = _aside(len(result.set_aside))
    if not result.themes:
        said = len(result.assignments) - len(result.set_aside)
        if said < 8:
            return f"Trop peu d’idées pour former des thèmes ({said}, il en faut 8){aside}"
        return f"Aucun thème ne se dégage de ces {said} idées{aside}"
    count = len(result.themes)
    head = f"{count} thème{'s' if count > 1 else ''}, {round(100 * result.coverage)}\u00a0% des idées"
    fragile = [place for place, theme in enumerate(result.themes, 1) if theme.stability < FRAGILE_BELOW]
    return head + _fragile(fragile, count) + aside


def _fragile(places: list[int], count: int) -> str:
    if not places:
        return ""
    if len(places) == count and count > 1:
        return ", tous à relire"
    if len(places) == 1:
        return f", groupe {places[0]} à relire"
    named = ", ".join(str(place) for place in places[:-1])
    return f", groupes {named} et {places[-1]} à relire"


def _aside(count: int) -> str:
    if not count:
        return ""
    return f"\u00a0; {count} réponse{'s' if count > 1 else ''} sans contenu mise{'s' if count > 1 else ''} de côté"
