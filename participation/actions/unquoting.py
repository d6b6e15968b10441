"""Nothing found in ideas outlives what their authors took back: names, words, proposals, copies, places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from participation.model.idea import Grouping, Idea, Theme
from participation.model.policy import Policy
from participation.model.quoting import Said, TakenBack
from participation.ports import Transaction


def unquote(tx: Transaction, activity_id: int, gone: Mapping[int, str], policy: Policy, now: datetime) -> None:
    """After ideas were taken back or rewritten; `gone` is what each said. Those they stood for are shown again.

    A theme that has to lose its name, or a grouping under way that read the old words, calls for a fresh grouping.
    """
    for copy in (copy for idea_id in gone for copy in tx.ideas.copies(idea_id)):
        tx.ideas.save(replace(copy, merged_into=None))
    ideas = tx.ideas.of_activity(activity_id)
    themes = tx.themes.of_activity(activity_id)
    said, everything = _said_by_theme(ideas), Said([idea.text for idea in ideas])
    fresh = [_without(theme, gone, said.get(theme.id, everything)) for theme in themes]
    for before, after in zip(themes, fresh, strict=True):
        if before != after:
            tx.themes.save(after)
    findings = tx.themes.findings(activity_id)
    fewer = findings.without(gone, {i.id: i.text for i in ideas}, {theme.found_label for theme in fresh})
    if fewer != findings:
        tx.themes.keep_findings(activity_id, fewer)
    is_wanting = fresh != themes or tx.jobs.is_pending("themes", activity_id)
    if is_wanting and tx.ideas.count(activity_id) >= policy.ideas_for_themes:
        tx.jobs.add("themes", activity_id, None, {}, now)


def as_said_now(grouping: Grouping, ideas: Sequence[Idea]) -> Grouping:
    """A grouping made from a slightly older state, without what was taken back, rewritten or merged meanwhile."""
    texts = {idea.id: idea.text for idea in ideas}
    shown = {idea.id for idea in ideas if idea.merged_into is None}
    gone = {i: text for i, text in grouping.read.items() if texts.get(i) != text}
    old = TakenBack(gone.values())
    groups = []
    for group in grouping.groups:
        inside = tuple(i for i in group.idea_ids if i in shown)
        label, words = old.name_without(group.label, group.words, Said([texts[i] for i in inside]))
        quotes = tuple(i for i in group.quotes if i in inside and i not in gone)
        if inside:
            groups.append(replace(group, label=label, idea_ids=inside, words=words, quotes=quotes))
    findings = grouping.findings.without(gone, texts, {group.label for group in groups})
    return replace(grouping, groups=tuple(groups), findings=findings)


def _said_by_theme(ideas: Sequence[Idea]) -> dict[int | None, Said]:
    inside: dict[int | None, list[str]] = {}
    for idea in ideas:
        inside.setdefault(idea.theme_id, []).append(idea.text)
    return {theme_id: Said(texts) for theme_id, texts in inside.items()}


def _without(theme: Theme, gone: Mapping[int, str], left: Said) -> Theme:
    """A theme that nothing is left in is judged by all the ideas: people may take back what emptied it."""
    label, words = TakenBack(gone.values()).name_without(theme.found_label, theme.words, left)
    quotes = tuple(i for i in theme.quotes if i not in gone)
    return replace(theme, found_label=label, words=words, quotes=quotes)
