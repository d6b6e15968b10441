"""For, against, pass: the groups of opinion in a room if there are any, what sets them apart and what unites them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from time import perf_counter

import numpy as np

from analysis.opinion_groups import LEAST_GROUP, MOST_GROUPS, Grouping, enough, find_groups
from analysis.opinion_map import map_opinions
from analysis.opinion_sentences import tell
from analysis.opinion_statistics import (
    AGAINST,
    FOR,
    LEAST_VOTES,
    PASS,
    Counts,
    contrasts,
    divisive,
    puzzling,
    shared,
)
from analysis.opinion_views import GroupView, Opinions, StatementView, Verdict
from analysis.opinion_votes import CannotStudy, Floats, Ints, Vote, VoteTable, vote_table

NAMES = "ABCDE"


def study_opinions(
    votes: Iterable[Vote], *, texts: Mapping[str, str] | None = None, groups: int | None = None, seed: int = 0
) -> Opinions:
    """Study votes (participant, statement, 1, 0 or -1). `texts` gives the words of statements by id, for the sentences;
    `groups` forces a number of groups. Raises BadVote for another value, CannotStudy for no vote at all or a number of
    groups that cannot be.

    Groups are latent classes, their number learned by foretelling votes put aside, and none is shown when none helps
    (`find_groups`); the map is a principal component analysis (`map_opinions`). Deterministic. Linear in votes.
    """
    started = perf_counter()
    table = vote_table(votes)
    _check(table, groups)
    grouping, foretellings = find_groups(table, wanted=groups, seed=seed) if enough(table) else (None, ())
    room = table.counts(np.zeros(len(table.people), dtype=np.int64), 1)
    counts = table.counts(grouping.labels, len(grouping.classes.weights)) if grouping else room
    positions = _two_wide(map_opinions(table).positions)
    none = np.zeros((len(table.statements), 0))
    opinions = Opinions(
        verdict=Verdict.GROUPS if grouping else Verdict.NONE if foretellings else Verdict.TOO_FEW,
        groups=_group_views(grouping, counts, positions) if grouping else (),
        statements=_statement_views(table, room, counts if grouping else room[:0]),
        consensus=tuple(shared(counts)),
        divisive=tuple(int(place) for place in divisive(room)),
        puzzling=tuple(int(place) for place in puzzling(room)),
        sentences=(),
        foretellings=foretellings,
        votes=len(table.values),
        people=table.people,
        labels=_labels(grouping, len(table.people)),
        sureness=tuple(grouping.sureness.tolist()) if grouping else (0.0,) * len(table.people),
        fidelity=tuple(grouping.fidelity.tolist()) if grouping else (0.0,) * len(table.people),
        positions=positions,
        support=grouping.classes.support if grouping else none,
        weights=grouping.classes.weights if grouping else none[0],
        seconds=perf_counter() - started,
        seed=seed,
    )
    return replace(opinions, sentences=tell(opinions, texts or {}))


def _check(table: VoteTable, groups: int | None) -> None:
    if not len(table.values):
        raise CannotStudy("Il n’y a aucun vote à étudier.")
    if groups is None:
        return
    if not 2 <= groups <= MOST_GROUPS:
        raise CannotStudy(f"On peut demander de 2 à {MOST_GROUPS} groupes, pas {groups}.")
    placed = int(table.placeable.sum())
    if not enough(table) or placed < groups * LEAST_GROUP:
        raise CannotStudy(
            f"{groups} groupes d’au moins {LEAST_GROUP} personnes demandent {groups * LEAST_GROUP} personnes "
            f"qui aient assez voté : il y en a {placed}."
        )


def _labels(grouping: Grouping | None, people: int) -> tuple[int | None, ...]:
    if grouping is None:
        return (None,) * people
    return tuple(int(label) if label >= 0 else None for label in grouping.labels)


def _group_views(grouping: Grouping, counts: Counts, positions: Floats) -> tuple[GroupView, ...]:
    sizes = np.bincount(grouping.labels[grouping.labels >= 0], minlength=len(counts))
    apart = grouping.apart.table.counts_of_votes(grouping.apart.labels_of_votes, len(counts))
    said = contrasts(counts, apart)
    return tuple(
        GroupView(
            name=NAMES[group],
            size=int(size),
            share=float(size / sizes.sum()),
            centre=_centre(positions, grouping.labels == group),
            contrasts=tuple(contrast for contrast in said if contrast.group == group),
        )
        for group, size in enumerate(sizes)
    )


def _centre(positions: Floats, members: Ints) -> tuple[float, float]:
    x, y = positions[members].mean(axis=0) if members.any() else (0.0, 0.0)
    return float(x), float(y)


def _statement_views(table: VoteTable, room: Counts, groups: Counts) -> tuple[StatementView, ...]:
    return tuple(
        StatementView(
            statement=name,
            votes=int(cast.sum()),
            agree=float(cast[FOR] / cast.sum()),
            disagree=float(cast[AGAINST] / cast.sum()),
            passed=float(cast[PASS] / cast.sum()),
            leans=tuple(_lean(votes) for votes in groups[:, place]),
        )
        for place, (name, cast) in enumerate(zip(table.statements, room[0], strict=True))
    )


def _lean(cast: Counts) -> float | None:
    votes = int(cast.sum())
    return float((cast[FOR] - cast[AGAINST]) / votes) if votes >= LEAST_VOTES else None


def _two_wide(positions: Floats) -> Floats:
    """A single statement makes a map of one dimension: give it a second, flat."""
    return np.pad(positions, ((0, 0), (0, 2 - positions.shape[1])))
