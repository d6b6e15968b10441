"""What the review page shows: the themes of an ideas activity as columns of post-its, hidden ones included."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from i18n import Voice
from participation.actions.viewing import Board, ThemeView, board
from participation.model.findings import Subtheme
from participation.model.idea import Idea
from participation.model.text import calm
from participation.ports import Transaction
from web.grouped import coverage, guard, is_fragile, loose_parts, stability
from web.live import Drawn
from web.proposals import proposals
from web.site import Site

SHOWN_AT_FIRST = 150
"""Post-its of one column sent at first; the rest on request."""


@dataclass(frozen=True, slots=True)
class DrawBoard:
    """Draws the review page of an activity for those who steer it."""

    site: Site
    voice: Voice
    activity_id: int
    most: int | None = SHOWN_AT_FIRST
    """Post-its a column (None: all of them)."""

    def __call__(self, tx: Transaction) -> Drawn:
        whole = board(tx, self.activity_id, with_hidden=True)
        last = tx.corrections.last(self.activity_id)
        say = replace(self.voice, now=self.site.clock.now())
        enough = whole.count >= self.site.policy.ideas_for_themes
        state = {
            "version": self.site.pages.version,
            "count": say("web-ideas", n=whole.count),
            "coverage": coverage(whole, say),
            "grouped": say("web-grouped-at", at=whole.grouped_at) if whole.grouped_at else say("web-not-grouped"),
            "canGroup": enough,
            "tooFew": "" if enough else say("web-too-few", needed=self.site.policy.ideas_for_themes),
            "undo": say(f"web-undo-{last.kind.value}") if last else "",
            "working": say("web-grouping-now") if whole.is_grouping else "",
            "guard": guard(whole, say),
            "proposals": proposals(whole, say),
            "themes": [self._column(view, whole) for view in whole.themes],
            "loose": self._loose(whole),
        }
        return Drawn(state, frozenset({self.activity_id}))

    def _column(self, view: ThemeView, whole: Board) -> dict[str, object]:
        theme = view.theme
        is_reworded = theme in whole.reworded
        marks = [stability(view, self.voice), self.voice("web-reworded") if is_reworded else ""]
        return {
            "id": theme.id,
            "position": theme.position,
            "label": calm(theme.label),
            "found": calm(whole.findings.reworded.get(theme.found_label, theme.found_label)),
            "isGiven": theme.given_label is not None,
            "isFragile": is_fragile(view),
            "isReworded": is_reworded,
            "stability": " · ".join(filter(None, marks)),
            **self._ideas(view.ideas, whole, _parts(view, whole.findings.subthemes)),
        }

    def _loose(self, whole: Board) -> dict[str, object]:
        """The last column: its parts say why an idea is in no theme."""
        return {
            "id": None,
            "position": None,
            "label": self.voice("web-to-sort"),
            **self._ideas(whole.loose, whole, loose_parts(whole, self.voice) if whole.grouped_at else []),
        }

    def _ideas(
        self, ideas: Sequence[Idea], whole: Board, parts: Sequence[tuple[str, Sequence[int]]]
    ) -> dict[str, object]:
        part_of = {idea_id: place for place, (_, inside) in enumerate(parts) for idea_id in inside}
        shown = ideas if self.most is None else ideas[: self.most]
        visible = sum(idea.is_visible for idea in ideas)
        left = len(ideas) - len(shown)
        return {
            "count": visible,
            "countSentence": self.voice("web-ideas", n=visible),
            "more": self.voice("web-more-ideas", n=left) if left else "",
            "parts": [{"label": calm(label), "count": len(inside)} for label, inside in parts],
            "ideas": [self._post_it(idea, whole.copies.get(idea.id, 0), part_of.get(idea.id)) for idea in shown],
        }

    def _post_it(self, idea: Idea, copies: int, part: int | None) -> dict[str, object]:
        return {
            "id": idea.id,
            "number": idea.number,
            "text": calm(idea.text),
            "isHidden": idea.hidden_at is not None,
            "isPinned": idea.is_pinned,
            "part": part,
            "said": self.voice("web-said-times", n=copies + 1) if copies else "",
        }


def _parts(view: ThemeView, subthemes: Sequence[Subtheme]) -> list[tuple[str, list[int]]]:
    """The sub-themes that fall in this theme, two or more of them, the largest first."""
    found = []
    for sub in subthemes:
        inside = set(sub.idea_ids)
        ideas = [idea.id for idea in view.ideas if idea.id in inside]
        if ideas and 2 * len(ideas) >= len(inside):
            found.append((sub.label, ideas))
    found.sort(key=lambda part: -len(part[1]))
    return found if len(found) > 1 else []
