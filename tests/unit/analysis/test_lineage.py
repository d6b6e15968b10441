"""What people did to the themes survives the next grouping."""

import numpy as np

from analysis.encoders import NoEncoder
from analysis.lineage import Constraints, Previous, inherit_ids
from analysis.result import Themes
from analysis.themes import find_themes


def again(texts: list[str], found: Themes, constraints: Constraints | None = None, new: int = 0) -> Themes:
    nobody = [None] * new
    previous = Previous(
        [*found.assignments, *nobody], places=[*found.map, *nobody], last_id=max(t.id for t in found.themes)
    )
    return find_themes(texts, encoder=NoEncoder(), k=4, previous=previous, constraints=constraints)


def first(texts: list[str]) -> Themes:
    return find_themes(texts, encoder=NoEncoder(), k=4)


def test_a_group_inherits_the_id_of_the_theme_it_continues() -> None:
    labels = np.array([0, 0, 0, 1, 1, 2, 2, -1])
    assert inherit_ids(labels, [7, 7, 4, 4, 4, None, None, 7], last_id=9) == {0: 7, 1: 4, 2: 10}


def test_ids_of_vanished_themes_are_not_given_again() -> None:
    assert inherit_ids(np.array([0, 0]), [None, None], last_id=12) == {0: 13}


def test_themes_keep_their_ids_when_ideas_arrive(ideas: list[str]) -> None:
    before = first(ideas)
    after = again([*ideas, "Un bus pour aller à la piscine", "Des loyers plus bas"], before, new=2)
    kept = [one == other for one, other in zip(before.assignments, after.assignments, strict=False)]
    assert sum(kept) >= 36


def test_ideas_already_on_the_map_stay_where_they_were(ideas: list[str]) -> None:
    before = first(ideas)
    after = again([*ideas, "Un bus pour aller à la piscine"], before, new=1)
    moved = [np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in zip(before.map, after.map, strict=False) if a and b]
    assert np.median(moved) < 0.05


def test_a_pinned_idea_stays_where_a_person_put_it(ideas: list[str]) -> None:
    before = first(ideas)
    elsewhere = next(t.id for t in before.themes if t.id != before.assignments[0])
    after = again(ideas, before, Constraints(pinned={0: elsewhere}))
    assert after.assignments[0] == elsewhere


def test_a_theme_made_by_a_person_exists_with_one_idea_and_its_name(ideas: list[str]) -> None:
    before = first(ideas)
    after = again(ideas, before, Constraints(pinned={5: 42}, named={42: "Ponctualité"}))
    made = next(theme for theme in after.themes if theme.id == 42)
    assert (made.label, after.assignments[5]) == ("Ponctualité", 42)


def test_a_name_given_by_a_person_is_never_overwritten(ideas: list[str]) -> None:
    before = first(ideas)
    named = before.themes[0].id
    after = again(ideas, before, Constraints(named={named: "Se déplacer"}))
    assert [theme.label for theme in after.themes if theme.id == named] == ["Se déplacer"]


def test_merged_ideas_stay_together_and_split_ones_apart(ideas: list[str]) -> None:
    before = first(ideas)
    far = next(row for row, theme in enumerate(before.assignments) if theme not in (None, before.assignments[0]))
    near = next(row for row in range(1, 40) if before.assignments[row] == before.assignments[0])
    after = again(ideas, before, Constraints(together=[(0, far)], apart=[(0, near)]))
    assert after.assignments[0] == after.assignments[far]
    assert after.assignments[0] != after.assignments[near]


def test_copies_of_a_text_may_be_pinned_in_two_themes(ideas: list[str]) -> None:
    texts = [*ideas, ideas[0]]
    before = first(texts)
    one, other = before.themes[0].id, before.themes[1].id
    after = again(texts, before, Constraints(pinned={0: one, 40: other}))
    assert (after.assignments[0], after.assignments[40]) == (one, other)


def test_ideas_like_those_a_person_moved_follow_them(ideas: list[str]) -> None:
    """Someone gathers football and swimming apart from the rest of sport; the idea on the pool nobody moved follows."""
    before = first(ideas)
    pools = [row for row, text in enumerate(ideas) if "piscine" in text]
    others = [
        "La piscine le dimanche",
        "Des leçons de natation à la piscine",
        "Une piscine découverte",
        "La piscine en été",
    ]
    texts = [*ideas, *others]
    pins = {40: 50, 41: 50, 42: 50, 43: 50}
    after = again(texts, before, Constraints(pinned=pins), new=4)
    assert [after.assignments[row] for row in pools] == [50, 50]
