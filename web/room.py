"""What the projected page shows, as plain data: nothing here names anybody, and masked figures are not in it at all."""

from dataclasses import dataclass
from datetime import datetime

from i18n import Voice
from participation.actions.viewing import ActivityView, Board, biggest_first, board, room
from participation.model.activity import Phase
from participation.model.idea import Idea
from participation.model.text import calm, excerpt
from participation.ports import Transaction
from participation.questions.kit import Ideas, Words
from web.clouds import Shape, cloud
from web.figures import epoch, figures, options, progress, said, times
from web.grouped import coverage, guard, is_fragile, loose_sentence
from web.live import Drawn
from web.site import Site

MOST_THEMES_SHOWN = 12
QUOTE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class DrawRoom:
    """Draws the projected page of the workshop with this code."""

    site: Site
    code: str
    shape: Shape = Shape.WIDE
    has_cloud: bool = False
    """Ideas too are shown as a cloud, in place of the post-its."""

    def __call__(self, tx: Transaction) -> Drawn:
        now = self.site.clock.now()
        view = room(tx, self.code, self.site.policy, now)
        voice = self.site.voice_of(view.workshop)
        front = view.front
        state = {
            "version": self.site.pages.version,
            "now": epoch(now),
            "title": calm(view.workshop.title),
            "code": view.workshop.code,
            "language": voice.language,
            "joined": view.members,
            "joinedSentence": voice("web-joined", n=view.members),
            "front": _front(tx, front, voice) | {"cloud": self._cloud(tx, front, voice)} if front else None,
            "status": _status(front, voice) if front else voice("web-joined", n=view.members),
        }
        activities = frozenset({front.activity.id} if front else ())
        return Drawn(state, activities, frozenset({view.workshop.id}), _wakes_at(front))

    def _cloud(self, tx: Transaction, view: ActivityView, voice: Voice) -> dict[str, object] | None:
        """The cloud of words that may be seen; ideas have one on request. None until the first is laid out."""
        has_words = isinstance(view.result, Words) and len(view.result.counts) > 0
        has_ideas = isinstance(view.result, Ideas) and self.has_cloud and view.idea_count > 0
        if not (has_words or has_ideas) or self.site.clouds is None:
            return None
        return cloud(self.site.clouds.frame(tx, view.activity, self.shape), voice)


def _front(tx: Transaction, view: ActivityView, voice: Voice) -> dict[str, object]:
    activity = view.activity
    is_wall = isinstance(view.result, Ideas)
    return {
        "id": activity.id,
        "number": activity.number,
        "heading": voice("web-question-number", n=activity.number),
        "question": calm(activity.question.text),
        "phase": view.phase.value,
        "phaseSentence": voice(f"web-phase-{view.phase.value}"),
        "options": options(activity.question.options),
        "progress": progress(view.attendance, voice),
        "times": times(activity, view.phase, voice),
        "isRevealed": view.result is not None,
        "masked": "" if view.result is not None else voice(f"web-masked-{view.phase.value}"),
        "figures": figures(view.result, voice),
        "wall": _wall(view, board(tx, activity.id), voice) if is_wall else None,
    }


def _wall(view: ActivityView, whole: Board, voice: Voice) -> dict[str, object]:
    """Post-its, newest first; and themes, the largest first, once there are some."""
    groups = biggest_first(whole.themes)
    return {
        "count": view.idea_count,
        "sentence": voice("web-ideas", n=view.idea_count),
        "empty": voice("web-no-idea"),
        "newest": [_post_it(idea) for idea in view.newest],
        "themes": [
            {
                "id": group.theme.id,
                "position": group.theme.position,
                "isReworded": group.theme in whole.reworded,
                "label": calm(group.theme.label),
                "count": len(group.ideas),
                "sentence": voice("web-ideas", n=len(group.ideas)),
                "fragile": voice("web-fragile") if is_fragile(group) else "",
                "share": round(len(group.ideas) / max(1, len(groups[0].ideas)), 4),
                "quotes": [_quote(idea) for idea in group.quotes],
            }
            for group in groups[:MOST_THEMES_SHOWN]
        ],
        "more": voice("web-more-themes", n=len(groups) - MOST_THEMES_SHOWN) if len(groups) > MOST_THEMES_SHOWN else "",
        "loose": loose_sentence(whole, voice) if groups and whole.loose else "",
        "coverage": coverage(whole, voice),
        "grouped": voice("web-grouped-at", at=whole.grouped_at) if whole.grouped_at else "",
        "working": voice("web-grouping-now") if whole.is_grouping else "",
        "guard": guard(whole, voice) or voice("web-themes-guard"),
    }


def _post_it(idea: Idea) -> dict[str, object]:
    return {"id": idea.id, "number": idea.number, "text": calm(idea.text)}


def _quote(idea: Idea) -> dict[str, object]:
    return {"id": idea.id, "text": excerpt(calm(idea.text), QUOTE_LENGTH)}


def _status(view: ActivityView, voice: Voice) -> str:
    """What a screen reader hears: one sentence."""
    figures_said = said(view.result, voice)
    answered = str(progress(view.attendance, voice)["sentence"])
    return f"{voice(f'web-phase-{view.phase.value}')}. {figures_said or answered}"


def _wakes_at(view: ActivityView | None) -> datetime | None:
    if view is None:
        return None
    return {Phase.SCHEDULED: view.activity.opens_at, Phase.OPEN: view.activity.closes_at}.get(view.phase)
