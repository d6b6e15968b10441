"""What the machine proposes on the review page and people decide: ideas that look the same, messages of several ideas."""

from collections.abc import Mapping

from i18n import Voice
from participation.actions.viewing import Board
from participation.model.idea import Idea
from participation.model.text import calm

MOST_SHOWN = 20


def proposals(whole: Board, voice: Voice) -> dict[str, object]:
    """Copies to be shown as one, surest first; messages to be read as two. Only of ideas that are shown today.

    The title counts copies, which one press unites; messages of several ideas are told and ask nothing.
    """
    shown = {i.id: i for i in (*whole.loose, *(i for view in whole.themes for i in view.ideas)) if i.is_visible}
    copies = [pair for pair in whole.findings.copies if pair[0] in shown and pair[1] in shown]
    copies.sort(key=lambda pair: -pair[2])
    splits = [(shown[i], parts) for i, parts in whole.findings.splits.items() if i in shown]
    several = voice("web-splits-proposed", n=len(splits))
    return {
        "title": voice("web-proposals", n=len(copies)) if copies else several,
        "count": len(copies) + len(splits),
        "copiesTitle": voice("web-copies-proposed", n=len(copies)),
        "copies": [_copy(shown, *pair, voice) for pair in copies[:MOST_SHOWN]],
        "splitsTitle": several,
        "splitsHow": voice("web-splits-how") if splits else "",
        "splits": [{**_quoted(idea), "parts": [calm(part) for part in parts]} for idea, parts in splits[:MOST_SHOWN]],
    }


def _copy(shown: Mapping[int, Idea], kept: int, copy: int, likeness: float, voice: Voice) -> dict[str, object]:
    return {
        "kept": _quoted(shown[kept]),
        "copy": _quoted(shown[copy]),
        "likeness": voice("web-likeness", n=int(100 * likeness)),
    }


def _quoted(idea: Idea) -> dict[str, object]:
    return {"id": idea.id, "number": idea.number, "text": calm(idea.text)}
