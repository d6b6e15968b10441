"""Themes: a grouping arrives from the machine; people rename, move, merge, hide, and take it back."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from participation.actions.unquoting import as_said_now
from participation.errors import Empty, NothingToUndo, TooFewIdeas, TooLong, UnknownIdea, UnknownTheme
from participation.model.activity import Activity
from participation.model.idea import Correction, CorrectionKind, Group, Grouping, Idea, Theme
from participation.model.journal import Fact
from participation.model.people import Person
from participation.model.policy import Policy
from participation.model.reconcile import Plan, reconcile
from participation.model.text import clean
from participation.ports import Transaction

LABEL_LENGTH = 80


def ask_for_themes(tx: Transaction, activity: Activity, asked_by: int | None, policy: Policy, now: datetime) -> None:
    """Queue a grouping, unless there are too few ideas for themes to mean anything. `asked_by` is told when it is there."""
    count = tx.ideas.count(activity.id)
    if count < policy.ideas_for_themes:
        raise TooFewIdeas(count=count, needed=policy.ideas_for_themes)
    tx.jobs.add("themes", activity.id, asked_by, {}, now)
    tx.touch(activity.id)


def stop_grouping(tx: Transaction, activity: Activity) -> bool:
    """Forget the grouping asked for, waiting or under way; the last one stands. Whether there was one."""
    tx.touch(activity.id)
    return tx.jobs.stop(activity.id, "themes") > 0


def regroup(tx: Transaction, activity_id: int, grouping: Grouping, now: datetime) -> list[Theme]:
    """Fit a grouping made from a slightly older state to what stands now.

    Ideas that came meanwhile wait in none; what was taken back or rewritten meanwhile is quoted nowhere. One that found
    no theme, too much having been taken back before it read, leaves those that stand.
    """
    ideas = tx.ideas.of_activity(activity_id)
    grouping = as_said_now(grouping, ideas)
    groups = grouping.groups
    themes = tx.themes.of_activity(activity_id)
    if not groups and any(theme.is_standing for theme in themes):
        return []
    plan = reconcile(themes, ideas, groups)
    places = _free_places(themes, plan)
    standing = [
        _settle(tx, activity_id, group, theme_id, next(places) if theme_id is None else 0, now)
        for group, theme_id in zip(groups, plan.themes, strict=True)
    ]
    tx.ideas.place(_moves(ideas, plan.placements, standing), now, None)
    for theme_id in plan.retired:
        _retire(tx, theme_id, None, now)
    tx.themes.set_grouped(activity_id, now, grouping.sentence, grouping.findings)
    tx.journal.write(_fact(tx, "ideas-grouped", activity_id, now, themes=len(standing), ideas=len(ideas)))
    tx.touch(activity_id)
    return standing


def rename_theme(tx: Transaction, person: Person, theme_id: int, label: str, now: datetime) -> Theme:
    """Name a theme; an empty name gives it back the one found."""
    theme = _standing(tx, theme_id)
    label = clean(label).replace("\n", " ")
    if len(label) > LABEL_LENGTH:
        raise TooLong(length=len(label), limit=LABEL_LENGTH)
    named = replace(theme, given_label=label or None)
    tx.themes.save(named)
    before = {"theme": theme.id, "label": theme.given_label}
    _record(tx, theme.activity_id, CorrectionKind.RENAME, before, person, now)
    return named


def create_theme(tx: Transaction, person: Person, activity_id: int, label: str, now: datetime) -> Theme:
    """A theme made by people, to move ideas into."""
    label = clean(label).replace("\n", " ")
    if not label:
        raise Empty()
    if len(label) > LABEL_LENGTH:
        raise TooLong(length=len(label), limit=LABEL_LENGTH)
    themes = tx.themes.of_activity(activity_id)
    position = next(_free_places(themes, Plan((), {}, ())))
    theme = tx.themes.add(Theme(0, activity_id, position, label, now, given_label=label))
    _record(tx, activity_id, CorrectionKind.CREATE, {"theme": theme.id}, person, now)
    return theme


def move_idea(tx: Transaction, person: Person, idea_id: int, theme_id: int | None, now: datetime) -> Idea:
    """Put an idea in a theme (None: in none) and keep it there whatever the machine finds later."""
    idea = _known(tx, idea_id)
    if theme_id is not None and _standing(tx, theme_id).activity_id != idea.activity_id:
        raise UnknownTheme()
    tx.ideas.place({idea.id: theme_id}, now, person.id)
    _record(tx, idea.activity_id, CorrectionKind.MOVE, {"ideas": _places([idea])}, person, now)
    return replace(idea, theme_id=theme_id, is_pinned=True)


def merge_themes(tx: Transaction, person: Person, kept_id: int, merged_id: int, now: datetime) -> Theme:
    """Pour one theme into another; both were one idea in people's minds."""
    kept, merged = _standing(tx, kept_id), _standing(tx, merged_id)
    if kept.id == merged.id or kept.activity_id != merged.activity_id:
        raise UnknownTheme()
    ideas = [i for i in tx.ideas.of_activity(kept.activity_id) if i.theme_id in (kept.id, merged.id)]
    tx.ideas.place({i.id: kept.id for i in ideas}, now, person.id)
    _retire(tx, merged.id, kept.id, now)
    before = {"theme": merged.id, "ideas": _places(ideas)}
    _record(tx, kept.activity_id, CorrectionKind.MERGE, before, person, now)
    return kept


def hide_idea(tx: Transaction, person: Person, idea_id: int, is_hidden: bool, now: datetime) -> Idea:
    """Set an idea aside from every screen, or bring it back; it is kept either way."""
    idea = _known(tx, idea_id)
    changed = replace(idea, hidden_at=now if is_hidden else None)
    tx.ideas.save(changed)
    kind = CorrectionKind.HIDE if is_hidden else CorrectionKind.SHOW
    _record(tx, idea.activity_id, kind, {"idea": idea.id, "hidden": idea.hidden_at is not None}, person, now)
    return changed


def merge_ideas(tx: Transaction, person: Person, kept_id: int, copy_id: int, now: datetime) -> Idea:
    """Show two ideas that say the same as one: `kept`, which is shown, stands for both; the other is kept behind it."""
    kept, copy = _known(tx, kept_id), _known(tx, copy_id)
    if kept.id == copy.id or kept.activity_id != copy.activity_id or not kept.is_visible or copy.merged_into:
        raise UnknownIdea()
    behind = [copy, *tx.ideas.copies(copy.id)]
    for idea in behind:
        tx.ideas.save(replace(idea, merged_into=kept.id))
    before = {"merged": {str(idea.id): idea.merged_into for idea in behind}}
    _record(tx, kept.activity_id, CorrectionKind.SAME, before, person, now)
    return kept


def undo(tx: Transaction, person: Person, activity_id: int, now: datetime) -> Correction:
    """Take back the last correction that stands, whoever made it."""
    last = tx.corrections.last(activity_id)
    if last is None:
        raise NothingToUndo()
    _take_back(tx, last, now)
    tx.corrections.undone(last.id, now)
    tx.journal.write(_fact(tx, "correction-undone", activity_id, now, correction=last.id, person=person.id))
    tx.touch(activity_id)
    return last


def _take_back(tx: Transaction, last: Correction, now: datetime) -> None:
    before = last.before
    match last.kind:
        case CorrectionKind.RENAME:
            label = before["label"]
            tx.themes.save(replace(_theme(tx, before["theme"]), given_label=str(label) if label else None))
        case CorrectionKind.CREATE:
            _empty_and_retire(tx, _theme(tx, before["theme"]), now)
        case CorrectionKind.MOVE:
            _put_back(tx, before["ideas"], now)
        case CorrectionKind.MERGE:
            tx.themes.save(replace(_theme(tx, before["theme"]), merged_into=None, retired_at=None))
            _put_back(tx, before["ideas"], now)
        case CorrectionKind.SAME:
            _part(tx, before["merged"], last.at)
        case CorrectionKind.HIDE | CorrectionKind.SHOW:
            idea = _known(tx, _number(before["idea"]))
            tx.ideas.save(replace(idea, hidden_at=now if before["hidden"] else None))


def _put_back(tx: Transaction, places: object, now: datetime) -> None:
    """Put ideas where they were, pinned only if they were: the machine may move the others again."""
    if not isinstance(places, Mapping):
        raise TypeError(f"places of ideas expected, not {places!r}")
    for idea_id, (theme_id, is_pinned) in places.items():
        idea = tx.ideas.get(int(idea_id))
        if idea is None:
            continue
        tx.ideas.place({idea.id: theme_id}, now, None)
        tx.ideas.pin(idea.id, bool(is_pinned))


def _part(tx: Transaction, merged: object, since: datetime) -> None:
    """Show again the ideas that stood behind another, as they stood before; none behind one that is gone or rewritten."""
    if not isinstance(merged, Mapping):
        raise TypeError(f"ideas and what they were merged into expected, not {merged!r}")
    for idea_id, kept_id in merged.items():
        idea = tx.ideas.get(int(idea_id))
        if idea is None or idea.merged_into is None:
            continue
        kept = tx.ideas.get(kept_id) if kept_id is not None else None
        is_there = kept is not None and kept.withdrawn_at is None and (kept.edited_at is None or kept.edited_at < since)
        tx.ideas.save(replace(idea, merged_into=kept_id if is_there else None))


def _empty_and_retire(tx: Transaction, theme: Theme, now: datetime) -> None:
    inside = [i.id for i in tx.ideas.of_activity(theme.activity_id) if i.theme_id == theme.id]
    tx.ideas.place(dict.fromkeys(inside, None), now, None)
    for idea_id in inside:
        tx.ideas.pin(idea_id, False)
    _retire(tx, theme.id, None, now)


def _free_places(themes: Sequence[Theme], plan: Plan) -> Iterator[int]:
    """Columns and colours that no theme left standing has, the first ones first: neighbours rarely look alike."""
    taken = {theme.position for theme in themes if theme.is_standing and theme.id not in plan.retired}
    return (place for place in itertools.count() if place not in taken)


def _settle(
    tx: Transaction, activity_id: int, group: Group, theme_id: int | None, position: int, now: datetime
) -> Theme:
    known = tx.themes.get(theme_id) if theme_id is not None else None
    if known is None:
        found = Theme(0, activity_id, position, group.label, now, None, group.stability, group.words, group.quotes)
        return tx.themes.add(found)
    fresh = replace(known, found_label=group.label, stability=group.stability, words=group.words, quotes=group.quotes)
    tx.themes.save(fresh)
    return fresh


def _moves(
    ideas: Sequence[Idea], placements: Mapping[int, int | None], standing: Sequence[Theme]
) -> dict[int, int | None]:
    """Only the ideas that change theme: the history is not filled with what stays. Copies follow what stands for them."""
    now_in = {idea.id: idea.theme_id for idea in ideas}
    wanted = {i: None if index is None else standing[index].id for i, index in placements.items()}
    behind = {i.id: i.merged_into for i in ideas if i.merged_into is not None and not i.is_pinned}
    wanted |= {i: wanted.get(kept, now_in.get(kept)) for i, kept in behind.items()}
    return {i: theme_id for i, theme_id in wanted.items() if now_in[i] != theme_id}


def _places(ideas: Sequence[Idea]) -> dict[str, list[int | bool | None]]:
    return {str(idea.id): [idea.theme_id, idea.is_pinned] for idea in ideas}


def _retire(tx: Transaction, theme_id: int, merged_into: int | None, now: datetime) -> None:
    theme = tx.themes.get(theme_id)
    if theme is not None:
        tx.themes.save(replace(theme, retired_at=now, merged_into=merged_into))


def _record(
    tx: Transaction,
    activity_id: int,
    kind: CorrectionKind,
    before: Mapping[str, object],
    person: Person,
    now: datetime,
) -> None:
    tx.corrections.add(activity_id, kind, before, person.id, now)
    tx.journal.write(_fact(tx, f"correction-{kind.value}", activity_id, now, person=person.id))
    tx.touch(activity_id)


def _fact(tx: Transaction, name: str, activity_id: int, now: datetime, **details: int) -> Fact:
    activity = tx.activities.get(activity_id)
    return Fact(name, now, activity.workshop_id if activity else None, activity_id, details=details)


def _standing(tx: Transaction, theme_id: int) -> Theme:
    theme = tx.themes.get(theme_id)
    if theme is None or not theme.is_standing:
        raise UnknownTheme()
    return theme


def _theme(tx: Transaction, theme_id: object) -> Theme:
    theme = tx.themes.get(_number(theme_id))
    if theme is None:
        raise UnknownTheme()
    return theme


def _known(tx: Transaction, idea_id: int) -> Idea:
    idea = tx.ideas.get(idea_id)
    if idea is None or idea.withdrawn_at is not None:
        raise UnknownIdea()
    return idea


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"an id expected, not {value!r}")
    return value
