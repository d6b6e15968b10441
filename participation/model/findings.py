"""What a theme finder saw beside the themes: copies, messages of several ideas, ideas alone, a map."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from participation.model.quoting import Said, TakenBack


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
    paraphrases: tuple[tuple[int, int, float], ...] = ()
    """(idea, later idea, chance from 0 to 1 that people would say they are one), likeliest first; copies are not there."""
    splits: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Messages that seem to hold several ideas, with those."""
    subthemes: tuple[Subtheme, ...] = ()
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Where each idea stands on the map, from 0 to 1: two ideas near each other are alike."""

    reworded: Mapping[str, str] = field(default_factory=dict)
    """Names of themes that a language model worded → the names found without it."""

    def without(self, gone: Mapping[int, str], texts: Mapping[int, str], labels: Container[str]) -> "Findings":
        """The same, as if the ideas of `gone` had never said what they said: their words are quoted nowhere any more.

        `texts` is what every idea that is left says today, `labels` the names that themes have today.
        """

        def stays(idea_id: int) -> bool:
            return idea_id in texts and idea_id not in gone

        old = TakenBack(gone.values())
        parts = [replace(sub, idea_ids=tuple(i for i in sub.idea_ids if i in texts)) for sub in self.subthemes]
        said = Said(texts.values())
        return replace(
            self,
            alone=tuple(filter(stays, self.alone)),
            hollow=tuple(filter(stays, self.hollow)),
            copies=tuple(pair for pair in self.copies if stays(pair[0]) and stays(pair[1])),
            paraphrases=tuple(pair for pair in self.paraphrases if stays(pair[0]) and stays(pair[1])),
            splits={i: cut for i, cut in self.splits.items() if stays(i)},
            subthemes=tuple(
                part
                for part in parts
                if part.idea_ids and not old.are_quoted_by(part.label, Said(texts[i] for i in part.idea_ids))
            ),
            places={i: place for i, place in self.places.items() if stays(i)},
            reworded={
                label: label if old.are_quoted_by(found, said) else found
                for label, found in self.reworded.items()
                if label in labels
            },
        )
