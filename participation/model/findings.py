"""What a theme finder saw beside the themes: copies, messages of several ideas, ideas alone, a map."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Subtheme:
    """A part of a theme that holds together, where there are many ideas."""

    label: str
    idea_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All by ids of ideas, as they stood when the grouping began. Proposals for people: nothing here moves by itself."""

    alone: tuple[int, ...] = ()
    """Ideas like no other."""
    hollow: tuple[int, ...] = ()
    """Answers that say nothing (« RAS »), set aside."""
    copies: tuple[tuple[int, int, float], ...] = ()
    """(idea, later idea, likeness from 0 to 1), surest first."""
    splits: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Messages that seem to hold several ideas, with those."""
    subthemes: tuple[Subtheme, ...] = ()
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Where each idea stands on the map, from 0 to 1: two ideas near each other are alike."""

    reworded: Mapping[str, str] = field(default_factory=dict)
    """Names of themes that a language model worded → the names found without it."""

    def without(self, idea_id: int) -> "Findings":
        """The same, as if this idea had never been read: its words are quoted nowhere any more."""
        return replace(
            self,
            alone=tuple(i for i in self.alone if i != idea_id),
            hollow=tuple(i for i in self.hollow if i != idea_id),
            copies=tuple(pair for pair in self.copies if idea_id not in pair[:2]),
            splits={i: parts for i, parts in self.splits.items() if i != idea_id},
            subthemes=tuple(
                replace(sub, idea_ids=tuple(i for i in sub.idea_ids if i != idea_id)) for sub in self.subthemes
            ),
            places={i: place for i, place in self.places.items() if i != idea_id},
        )
