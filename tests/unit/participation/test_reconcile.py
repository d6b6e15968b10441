"""A new grouping is fitted to what people know: their names, their moves and their merges always win."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from participation.model.idea import Group, Idea, Source, Theme
from participation.model.reconcile import Plan, reconcile

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def idea(number: int, theme: int | None = None, *, pinned: bool = False) -> Idea:
    return Idea(number, 1, 1, number, "…", Source("t", number), NOW, theme_id=theme, is_pinned=pinned)


def theme(number: int, given: str | None = None) -> Theme:
    return Theme(number, 1, number, f"found {number}", NOW, given_label=given)


def group(*ids: int, continues: int | None = None) -> Group:
    return Group("label", ids, theme_id=continues)


def test_a_group_continues_the_theme_it_overlaps_most() -> None:
    ideas = [idea(n, 1) for n in (1, 2, 3)] + [idea(n, 2) for n in (4, 5)] + [idea(6)]
    plan = reconcile([theme(1), theme(2)], ideas, [group(4, 5, 6), group(1, 2, 3)])
    assert plan.themes == (2, 1)
    assert plan.retired == ()


def test_a_theme_nobody_continues_retires_unless_people_named_it() -> None:
    ideas = [idea(1, 1), idea(2, 2), idea(3)]
    plan = reconcile([theme(1), theme(2, "Notre thème")], ideas, [group(3)])
    assert plan == Plan((None,), {1: None, 2: None, 3: 0}, (1,))


def test_a_pinned_idea_is_never_moved_and_its_theme_never_retires() -> None:
    ideas = [idea(1, 1, pinned=True), idea(2), idea(3)]
    plan = reconcile([theme(1)], ideas, [group(1, 2, 3)])
    assert 1 not in plan.placements
    assert plan.retired == ()


def test_merged_themes_stay_merged() -> None:
    """People poured theme 2 into theme 1; the machine finds the two again."""
    ideas = [idea(n, 1, pinned=True) for n in range(1, 7)]
    gone = replace(theme(2), retired_at=NOW, merged_into=1)
    plan = reconcile([theme(1), gone], ideas, [group(1, 2, 3), group(4, 5, 6)])
    assert plan.themes == (1, 1)


@given(
    placed=st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.booleans()), max_size=12),
    cut=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    named=st.sets(st.sampled_from([1, 2, 3])),
)
def test_what_people_did_survives_any_grouping(
    placed: list[tuple[int | None, bool]], cut: list[int], named: set[int]
) -> None:
    themes = [theme(n, "nom" if n in named else None) for n in (1, 2, 3)]
    ideas = [idea(n, where, pinned=pinned and where is not None) for n, (where, pinned) in enumerate(placed, 1)]
    groups = [group(*(i.id for i in ideas if cut[i.id - 1] == g)) for g in range(3)]
    groups = [g for g in groups if g.idea_ids]
    plan = reconcile(themes, ideas, groups)
    pinned_ideas = {i.id: i.theme_id for i in ideas if i.is_pinned}
    assert plan.placements.keys() == {i.id for i in ideas} - pinned_ideas.keys()
    assert not set(plan.retired) & (named | set(pinned_ideas.values()))
    assert len(plan.themes) == len(groups)
    grouped = {i for g in groups for i in g.idea_ids}
    assert all((index is None) == (i not in grouped) for i, index in plan.placements.items())
