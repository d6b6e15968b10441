"""Make a grouping obey people: pinned ideas stay, merged ideas stay together, split ideas stay apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.adapting import followed
from analysis.features import Matrix
from analysis.grouping import Grouping
from analysis.lineage import Constraints, inherit_ids
from analysis.merging import Labels, by_size, centres
from analysis.neighbours import Links


def localised(constraints: Constraints, rows: Sequence[int]) -> Constraints:
    """The same decisions told in places among `rows`; those about other rows are left out."""
    place = {int(row): spot for spot, row in enumerate(rows)}

    def pairs(found: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((place[a], place[b]) for a, b in found if a in place and b in place and a != b)

    pinned = {place[row]: theme for row, theme in constraints.pinned.items() if row in place}
    return Constraints(pinned, pairs(constraints.together), pairs(constraints.apart), constraints.named)


def among(constraints: Constraints, copy_of: Labels) -> Constraints:
    """The same decisions about distinct texts; two copies of one text kept apart say nothing there."""

    def pairs(found: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        moved = ((int(copy_of[a]), int(copy_of[b])) for a, b in found)
        return tuple((a, b) for a, b in moved if a != b)

    pinned = {int(copy_of[row]): theme for row, theme in constraints.pinned.items()}
    return Constraints(pinned, pairs(constraints.together), pairs(constraints.apart), constraints.named)


def bind(links: Links, constraints: Constraints) -> Links:
    """Links in which ideas that people put together are one another's closest, and those kept apart are cut.

    Ideas pinned in one theme count as together, in two themes as apart.
    """
    together, apart = _pairs(constraints)
    if not together and not apart:
        return links
    size = links.size
    codes = links.low * size + links.high
    cut = np.isin(codes, [a * size + b for a, b in apart | together])
    added = sorted(together)
    likeness = np.vstack([links.likeness[~cut], np.ones((len(added), links.likeness.shape[1]), np.float32)])
    low = np.concatenate([links.low[~cut], np.array([a for a, _ in added], np.int64)])
    high = np.concatenate([links.high[~cut], np.array([b for _, b in added], np.int64)])
    abroad = None if links.abroad is None else np.concatenate([links.abroad[~cut], np.zeros(len(added), np.bool_)])
    return replace(links, low=low, high=high, likeness=likeness, abroad=abroad)


def obey(
    grouping: Grouping,
    rows: Matrix,
    constraints: Constraints,
    before: Sequence[int | None],
    last_id: int,
) -> tuple[Grouping, dict[int, int]]:
    """The grouping after people's decisions, and the lasting id of each of its groups.

    Pins come first, then the ideas that follow them (see `adapting`), then « together », then « apart », each moving
    as few ideas as it can.
    """
    highest = max([last_id, *constraints.pinned.values(), *constraints.named], default=0)
    ids = inherit_ids(grouping.labels, _pinned_before(before, constraints), highest)
    labels, ids = _pin(grouping.labels.copy(), constraints.pinned, ids)
    labels = followed(rows, labels, {row: int(labels[row]) for row in constraints.pinned}).copy()
    for one, other in constraints.together:
        if other not in constraints.pinned:
            labels[other] = labels[one]
        elif one not in constraints.pinned:
            labels[one] = labels[other]
    _separate(labels, rows, constraints)
    return _without_gaps(replace(grouping, labels=labels), ids)


def _pairs(constraints: Constraints) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    together = {(min(pair), max(pair)) for pair in constraints.together}
    apart = {(min(pair), max(pair)) for pair in constraints.apart}
    pinned = sorted(constraints.pinned.items())
    for spot, (one, theme) in enumerate(pinned):
        for other, its_theme in pinned[spot + 1 :]:
            (together if theme == its_theme else apart).add((one, other))
    return together - apart, apart


def _pinned_before(before: Sequence[int | None], constraints: Constraints) -> list[int | None]:
    return [constraints.pinned.get(row, theme) for row, theme in enumerate(before)]


def _pin(labels: Labels, pinned: Mapping[int, int], ids: dict[int, int]) -> tuple[Labels, dict[int, int]]:
    number_of = {theme: number for number, theme in ids.items()}
    for row, theme in pinned.items():
        if theme not in number_of:
            number_of[theme] = max([*number_of.values(), -1]) + 1
        labels[row] = number_of[theme]
    return labels, {number: theme for theme, number in number_of.items()}


def _separate(labels: Labels, rows: Matrix, constraints: Constraints) -> None:
    """Send one of two ideas that must be apart to its next best group, in place."""
    for one, other in constraints.apart:
        if labels[one] < 0 or labels[one] != labels[other]:
            continue
        moved = one if other in constraints.pinned else other
        groups = np.unique(labels[(labels >= 0) & (labels != labels[moved])])
        if len(groups):
            labels[moved] = groups[int((centres(rows, labels, groups) @ rows[moved]).argmax())]
        else:
            labels[moved] = -1


def _without_gaps(grouping: Grouping, ids: dict[int, int]) -> tuple[Grouping, dict[int, int]]:
    """Groups renumbered by decreasing size without those left empty; groups made by people held in no redrawing."""
    labels = by_size(grouping.labels)
    old_of = {int(new): int(old) for new, old in zip(labels, grouping.labels, strict=True) if new >= 0}
    stability = tuple(
        grouping.stability[old_of[new]] if old_of[new] < len(grouping.stability) else 1.0 for new in sorted(old_of)
    )
    return replace(grouping, labels=labels, stability=stability), {new: ids[old] for new, old in old_of.items()}
