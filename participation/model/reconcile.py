"""Fitting a fresh grouping to the themes people already know: names, places and corrections survive."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participation.model.idea import Group, Idea, Theme

SAME = 0.3
"""A group continues a theme when they share at least this part of their union (Jaccard)."""
FOLLOWS = 0.3
"""A group goes where people pinned at least this part of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new grouping changes: which theme each group continues (None: a new one), where ideas go, what retires."""

    themes: tuple[int | None, ...]
    """For each group, in order."""
    placements: Mapping[int, int | None]
    """Idea id → index of its group (None: in no theme). Neither pinned ideas nor those behind another are in it."""
    retired: tuple[int, ...]
    """Ids of standing themes that nothing holds any more."""


def reconcile(themes: Sequence[Theme], ideas: Sequence[Idea], groups: Sequence[Group]) -> Plan:
    """Match groups to standing themes; a given name, a pinned idea or a theme made by people is never lost.

    1. A group goes where people pinned a large part of it (so that merged themes stay merged).
    2. The others are matched by overlap, the closest pair first, each theme once.
    3. Pinned ideas stay; the others follow their group. Named or pinned themes stand even when empty.
    """
    standing = [theme for theme in themes if theme.is_standing]
    by_id = {idea.id: idea for idea in ideas}
    chosen = [_continued(group, standing) or _pinned_to(group, by_id, standing) for group in groups]
    _match(chosen, groups, standing, by_id)
    placements: dict[int, int | None] = {
        i.id: None for i in ideas if not i.is_pinned and i.withdrawn_at is None and i.merged_into is None
    }
    for index, group in enumerate(groups):
        placements.update({i: index for i in group.idea_ids if i in placements})
    held = {idea.theme_id for idea in ideas if idea.is_pinned}
    kept = held | {theme_id for theme_id in chosen if theme_id is not None}
    retired = tuple(t.id for t in standing if t.id not in kept and t.given_label is None)
    return Plan(tuple(chosen), placements, retired)


def _continued(group: Group, standing: Sequence[Theme]) -> int | None:
    return group.theme_id if any(theme.id == group.theme_id for theme in standing) else None


def _pinned_to(group: Group, ideas: Mapping[int, Idea], standing: Sequence[Theme]) -> int | None:
    ids = {theme.id for theme in standing}
    pinned = Counter(
        ideas[i].theme_id for i in group.idea_ids if i in ideas and ideas[i].is_pinned and ideas[i].theme_id in ids
    )
    for theme_id, count in pinned.most_common(1):
        if count >= FOLLOWS * len(group.idea_ids):
            return theme_id
    return None


def _match(
    chosen: list[int | None], groups: Sequence[Group], standing: Sequence[Theme], ideas: Mapping[int, Idea]
) -> None:
    shown = [idea for idea in ideas.values() if idea.merged_into is None]
    held = {theme.id: {i.id for i in shown if i.theme_id == theme.id} for theme in standing}
    pairs = sorted(
        (
            (_jaccard(set(group.idea_ids), held[theme.id]), -index, -theme.id)
            for index, group in enumerate(groups)
            for theme in standing
        ),
        reverse=True,
    )
    for closeness, index, theme_id in pairs:
        if closeness >= SAME and chosen[-index] is None and -theme_id not in chosen:
            chosen[-index] = -theme_id


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
