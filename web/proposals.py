"""What the machine proposes on the review page and people decide: ideas that look the same, messages of several ideas."""

from collections.abc import Mapping

from i18n import Voice
from participation.actions.viewing import Board
from participation.model.idea import Idea
from participation.model.text import calm

MOST_SHOWN = 20


def proposals(whole: Board, voice: Voice) -> dict[str, object]:
    """Copies and paraphrases to be shown as one, surest first; messages to be read as two. Only of ideas shown today.

    The title counts the pairs, which one press unites; messages of several ideas are told and ask nothing.
    """
    shown = {i.id: i for i in (*whole.loose, *(i for view in whole.themes for i in view.ideas)) if i.is_visible}
    copies = [pair for pair in whole.findings.copies if pair[0] in shown and pair[1] in shown]
    copies.sort(key=lambda pair: -pair[2])
    alike = [pair[:2] for pair in whole.findings.paraphrases if pair[0] in shown and pair[1] in shown]
    splits = [(shown[i], parts) for i, parts in whole.findings.splits.items() if i in shown]
    several = voice("web-splits-proposed", n=len(splits))
    pairs = len(copies) + len(alike)
    return {
        "title": voice("web-proposals", n=pairs) if pairs else several,
        "count": pairs + len(splits),
        "copiesTitle": voice("web-copies-proposed", n=len(copies)),
        "copies": [_copy(shown, *pair, voice) for pair in copies[:MOST_SHOWN]],
        "paraphrasesTitle": voice("web-paraphrases-proposed", n=len(alike)),
        "paraphrases": [_pair(shown, *pair) for pair in alike[:MOST_SHOWN]],
        "splitsTitle": several,
        "splitsHow": voice("web-splits-how") if splits else "",
        "splits": [{**_quoted(idea), "parts": [calm(part) for part in parts]} for idea, parts in splits[:MOST_SHOWN]],
    }


def _copy(shown: Mapping[int, Idea], kept: int, copy: int, likeness: float, voice: Voice) -> dict[str, object]:
    return {**_pair(shown, kept, copy), "likeness": voice("web-likeness", n=int(100 * likeness))}


def _pair(shown: Mapping[int, Idea], kept: int, copy: int) -> dict[str, object]:
    """The chance that two ideas are one is an order to read in, not a figure to show."""
    return {"kept": _quoted(shown[kept]), "copy": _quoted(shown[copy])}


def _quoted(idea: Idea) -> dict[str, object]:
    return {"id": idea.id, "number": idea.number, "text": calm(idea.text)}
