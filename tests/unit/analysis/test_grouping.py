"""Graph, cuts and stability: groups are the ones drawn, numbered by size, and their stability says what it means."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from analysis.adapting import followed
from analysis.features import Space, centred, unit
from analysis.grouping import group
from analysis.merging import by_size, fuse, gather, loosen, merge_down, settle
from analysis.neighbours import EXACT_UP_TO, evenly, link, nearest, reach


def clouds(sizes: list[int], spread: float = 0.1, seed: int = 0) -> tuple[Space, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    rows = unit((np.eye(8)[truth] + rng.normal(0, spread, (len(truth), 8))).astype(np.float32))
    blank = np.zeros((len(truth), 1), np.float32)
    return Space(centred(rows), blank, blank, np.zeros(len(truth), np.int64)), truth


def test_well_separated_groups_are_found_whole_and_steady() -> None:
    space, truth = clouds([30, 20, 15])
    found = group(link(space), space.joined())
    assert found.labels.tolist() == truth.tolist()
    assert min(found.stability) > 0.7


def test_noise_is_less_stable_than_groups() -> None:
    rng = np.random.default_rng(0)
    blank = np.zeros((60, 1), np.float32)
    noise = Space(unit(rng.normal(size=(60, 40)).astype(np.float32)), blank, blank, np.zeros(60, np.int64))
    assert np.mean(group(link(noise), noise.joined()).stability) < 0.7


@pytest.mark.parametrize("k", [1, 2, 3, 4, 7])
def test_as_many_groups_as_asked(k: int) -> None:
    space, _ = clouds([30, 20, 15])
    assert len(set(group(link(space), space.joined(), k=k).labels.tolist())) == k


def test_groups_are_numbered_by_size_and_orphans_stay() -> None:
    assert by_size(np.array([5, 9, 9, -1, 9, 5, 7])).tolist() == [1, 0, 0, -1, 0, 1, 2]


def test_a_small_group_joins_the_one_it_is_like_or_becomes_an_orphan() -> None:
    rows = unit(np.array([[1, 0], [1, 0.1], [1, 0], [1, 0.2], [-1, 0]], np.float32))
    assert settle(np.array([0, 0, 0, 1, 2]), rows, 3).tolist() == [0, 0, 0, 0, -1]


def test_the_closest_groups_are_merged_first() -> None:
    rows = unit(np.array([[1, 0], [1, 0.2], [0, 1]], np.float32))
    assert merge_down(np.array([0, 1, 2]), rows, 2).tolist() == [0, 0, 2]


def test_a_dense_group_cut_in_two_is_one_again_and_distinct_ones_stay() -> None:
    space, truth = clouds([30, 20, 15])
    halves = np.where(np.arange(65) % 2 == 0, truth, truth + 3)
    assert len(np.unique(fuse(halves, space.joined()))) == 3


def test_an_idea_on_the_edge_goes_to_the_group_it_is_most_like() -> None:
    space, truth = clouds([30, 20, 15])
    strayed = truth.copy()
    strayed[[0, 31, 64]] = [1, 2, 0]
    assert gather(strayed, space.joined()).tolist() == truth.tolist()


def test_gathering_loses_no_group_that_was_asked_for() -> None:
    rows = unit(np.array([[1, 0], [1, 0.05], [1, 0.1], [0.9, 0.2]], np.float32))
    assert len(np.unique(gather(np.array([0, 0, 0, 1]), rows, least=1))) == 2


def test_neighbours_grow_with_the_ideas_within_bounds() -> None:
    assert [reach(n) for n in (2, 4, 20, 60, 90, 5_000)] == [1, 3, 5, 10, 15, 15]


def test_nearest_by_cells_mostly_agrees_with_the_exact_search() -> None:
    rng = np.random.default_rng(0)
    rows = unit((rng.normal(size=(40, 16))[rng.integers(0, 40, EXACT_UP_TO + 1)]
                 + rng.normal(0, 0.3, (EXACT_UP_TO + 1, 16))).astype(np.float32))  # fmt: skip
    with threadpool_limits(1):  # as in the product
        found = nearest(rows, 5)
    some = np.arange(0, len(rows), 400)
    exact = rows[some] @ rows.T
    exact[np.arange(len(some)), some] = -1
    best = np.argsort(-exact, axis=1)[:, :5]
    assert np.mean([len(set(a) & set(b)) / 5 for a, b in zip(best.tolist(), found[some].tolist(), strict=True)]) > 0.9


def test_the_graph_is_symmetric_without_loops() -> None:
    space, _ = clouds([10, 10])
    adjacency = evenly(link(space))
    assert (adjacency != adjacency.T).nnz == 0
    assert adjacency.diagonal().sum() == 0


def test_two_languages_with_the_same_meanings_are_grouped_by_meaning() -> None:
    """Words differ between the languages; only the encoder's view may link them."""
    space, truth = clouds([20, 20])
    tongue = np.tile([0, 1], 20)
    words = unit(np.eye(4)[truth * 2 + tongue].astype(np.float32))
    mixed = Space(space.meaning, words, np.zeros((40, 1), np.float32), tongue)
    found = group(link(mixed), mixed.joined(), k=2).labels
    assert [set(truth[found == g].tolist()) for g in (0, 1)] in ([{0}, {1}], [{1}, {0}])


def test_the_few_ideas_of_a_small_language_are_not_neighbours_of_everybody() -> None:
    space, _ = clouds([30, 30])
    tongue = np.where(np.arange(60) % 10 == 0, 1, 0)
    links = link(Space(space.meaning, space.lexical, space.civic, tongue))
    degrees = np.diff(evenly(links).indptr)
    assert degrees[tongue == 1].mean() < 2 * degrees[tongue == 0].mean()


def test_a_whole_group_follows_the_three_ideas_a_person_took_out_of_another() -> None:
    space, truth = clouds([30, 20])
    mixed = np.zeros(50, np.int64)
    moved = {31: 1, 35: 1, 40: 1}
    mixed[list(moved)] = 1
    assert followed(space.joined(), mixed, moved).tolist() == truth.tolist()


def test_an_idea_a_person_placed_stays_even_among_strangers_and_an_orphan_stays_one() -> None:
    space, truth = clouds([30, 20])
    placed = truth.copy()
    placed[[0, 7]] = [1, -1]
    found = followed(space.joined(), placed, {0: 1, 31: 1, 5: 0})
    assert (found[0], found[7], found[1:7].tolist()) == (1, -1, [0] * 6)


def test_an_idea_like_none_of_its_group_stays_alone() -> None:
    rng = np.random.default_rng(1)
    alike = unit(np.eye(8)[0] + 0.1 * rng.normal(size=(6, 8)))
    rows = np.vstack([alike, np.eye(8)[5], np.eye(8)[6:8].repeat(2, axis=0)]).astype(np.float32)
    assert loosen(np.array([0] * 7 + [1] * 4), rows).tolist() == [0] * 6 + [-1] + [1] * 4


def test_a_group_all_of_whose_ideas_are_a_little_alike_keeps_them_and_never_fewer_than_three() -> None:
    rows = unit(1 + 3 * np.eye(5)).astype(np.float32)
    assert loosen(np.zeros(5, np.int64), rows).tolist() == [0] * 5
    apart = np.eye(4, dtype=np.float32)
    apart[1] = apart[0]
    assert (loosen(np.zeros(4, np.int64), apart) == 0).sum() == 3
