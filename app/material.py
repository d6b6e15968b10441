"""What an activity gathered, read once for a piece of slow work, and the grouping that comes back put into the rules' words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.engine import Found, Said, Seen, Standing
from participation.actions.viewing import result_of
from participation.model.activity import Activity
from participation.model.findings import Findings, Subtheme
from participation.model.idea import Group, Grouping, Idea, Theme
from participation.ports import Transaction
from participation.questions.kit import Words


@dataclass(frozen=True, slots=True)
class Material:
    """Texts in order, with the idea each came from (none for words) and the position of its theme, if any."""

    activity: Activity
    texts: tuple[str, ...]
    idea_ids: tuple[int, ...] = ()
    themes: tuple[int | None, ...] | None = None
    standing: Standing = field(default_factory=Standing)
    """How the ideas are grouped today."""
    hidden: tuple[str, ...] = ()
    """Words that no screen of the workshop shows."""
    given: tuple[tuple[str, int], ...] = ()
    """Of a question that asks for words: those given, each with how many gave it."""

    @property
    def said(self) -> Said:
        """What a cloud is made of."""
        return self.given or self.texts


def gather(tx: Transaction, activity: Activity) -> Material:
    """The words people gave, or the ideas the room may see."""
    workshop = tx.workshops.get(activity.workshop_id)
    hidden = workshop.hidden_words if workshop else ()
    result = result_of(tx, activity)
    if isinstance(result, Words):
        return Material(activity, (), hidden=hidden, given=result.counts)
    ideas = [idea for idea in tx.ideas.of_activity(activity.id) if idea.is_visible]
    positions = {t.id: t.position for t in tx.themes.of_activity(activity.id) if t.is_standing}
    themes = tuple(positions.get(idea.theme_id) if idea.theme_id else None for idea in ideas)
    coloured = themes if any(position is not None for position in themes) else None
    texts, ids = tuple(i.text for i in ideas), tuple(i.id for i in ideas)
    standing = _standing(ideas, tx.themes.of_activity(activity.id), tx.themes.findings(activity.id).places)
    return Material(activity, texts, ids, coloured, standing, hidden)


def answers_of(tx: Transaction, activity: Activity) -> tuple[str, ...]:
    """A text an answer: each idea the room may see, or all the words one member gave."""
    if isinstance(result_of(tx, activity), Words):
        counted = tx.answers.tally(activity.id).items()
        return tuple(", ".join(map(str, words)) for words, n in counted for _ in range(n))
    return tuple(idea.text for idea in tx.ideas.of_activity(activity.id) if idea.is_visible)


def _standing(ideas: Sequence[Idea], themes: Sequence[Theme], places: Mapping[int, tuple[float, float]]) -> Standing:
    here = {theme.id: theme for theme in themes if theme.is_standing}
    return Standing(
        themes=tuple(idea.theme_id if idea.theme_id in here else None for idea in ideas),
        labels={theme.id: theme.label for theme in here.values()},
        named={theme.id: theme.given_label for theme in here.values() if theme.given_label},
        pinned={row: i.theme_id for row, i in enumerate(ideas) if i.is_pinned and i.theme_id in here},
        last_id=max((theme.id for theme in themes), default=0),
        places=tuple(places.get(idea.id) for idea in ideas),
    )


def as_grouping(found: Found, material: Material) -> Grouping:
    """Rows of the texts become ids of the ideas."""
    ids = material.idea_ids
    groups = tuple(
        Group(
            label=theme.label,
            idea_ids=tuple(ids[row] for row in theme.rows),
            stability=theme.stability,
            words=theme.words,
            quotes=tuple(ids[row] for row in theme.quotes),
            theme_id=theme.id if theme.id in material.standing.labels else None,
        )
        for theme in found.themes
    )
    findings = replace(_findings(found.seen, ids), reworded=_reworded(found))
    read = dict(zip(ids, material.texts, strict=True))
    return Grouping(groups, found.sentence, found.seconds, findings, read)


def _reworded(found: Found) -> dict[str, str]:
    return {theme.label: theme.reworded_from for theme in found.themes if theme.reworded_from}


def _findings(seen: Seen, ids: Sequence[int]) -> Findings:
    return Findings(
        alone=tuple(ids[row] for row in seen.alone),
        hollow=tuple(ids[row] for row in seen.hollow),
        copies=tuple((ids[low], ids[high], score) for low, high, score in seen.copies),
        paraphrases=tuple((ids[low], ids[high], chance) for low, high, chance in seen.paraphrases),
        splits={ids[row]: tuple(parts) for row, parts in seen.splits.items()},
        subthemes=tuple(Subtheme(label, tuple(ids[row] for row in rows)) for label, rows in seen.subthemes),
        places={idea_id: place for idea_id, place in zip(ids, seen.places, strict=False) if place is not None},
    )
