"""A correction as the review page posts it: read strictly, then made where its activity is the one of the address."""

from collections.abc import Mapping
from datetime import datetime

from aiohttp import web

from participation.actions import grouping
from participation.errors import UnknownIdea, UnknownTheme
from participation.model.idea import Theme
from participation.model.text import calm
from participation.ports import Transaction
from participation.questions.kit import Phrase
from web.gate import Visit

LONGEST_LABEL = 1000
"""Characters read at all; the rules say how many a label may have."""


def correct(tx: Transaction, visit: Visit, asked: Mapping[str, object], now: datetime) -> Phrase:
    """Make the correction `asked["do"]`; the sentence says what was done."""
    match asked.get("do"):
        case "rename":
            theme = grouping.rename_theme(tx, visit.person, _theme(tx, visit, asked), _label(asked), now)
            return Phrase("web-done-rename", {"label": calm(theme.label)})
        case "create":
            theme = grouping.create_theme(tx, visit.person, visit.of_activity().id, _label(asked), now)
            return Phrase("web-done-create", {"label": calm(theme.label)})
        case "move":
            return _move(tx, visit, asked, now)
        case "merge":
            merged = _theme(tx, visit, asked, "merged")
            theme = grouping.merge_themes(tx, visit.person, _theme(tx, visit, asked), merged, now)
            return Phrase("web-done-merge", {"label": calm(theme.label)})
        case "same":
            idea = grouping.merge_ideas(tx, visit.person, _idea(tx, visit, asked), _idea(tx, visit, asked, "copy"), now)
            return Phrase("web-done-same", {"number": idea.number})
        case "hide" | "show" as verb:
            idea = grouping.hide_idea(tx, visit.person, _idea(tx, visit, asked), verb == "hide", now)
            return Phrase(f"web-done-{verb}", {"number": idea.number})
        case _:
            raise web.HTTPBadRequest()


def undo(tx: Transaction, visit: Visit, now: datetime) -> Phrase:
    """Take back the last correction of this activity, whoever made it."""
    last = grouping.undo(tx, visit.person, visit.of_activity().id, now)
    return Phrase(f"web-undone-{last.kind.value}")


def _move(tx: Transaction, visit: Visit, asked: Mapping[str, object], now: datetime) -> Phrase:
    theme_id = None if asked.get("theme") is None else _theme(tx, visit, asked)
    idea = grouping.move_idea(tx, visit.person, _idea(tx, visit, asked), theme_id, now)
    theme = tx.themes.get(theme_id) if theme_id is not None else None
    if theme is None:
        return Phrase("web-done-loosen", {"number": idea.number})
    return Phrase("web-done-move", {"number": idea.number, "label": calm(theme.label)})


def _theme(tx: Transaction, visit: Visit, asked: Mapping[str, object], name: str = "theme") -> int:
    theme: Theme | None = tx.themes.get(_number(asked, name))
    if theme is None or theme.activity_id != visit.of_activity().id:
        raise UnknownTheme()
    return theme.id


def _idea(tx: Transaction, visit: Visit, asked: Mapping[str, object], name: str = "idea") -> int:
    idea = tx.ideas.get(_number(asked, name))
    if idea is None or idea.activity_id != visit.of_activity().id:
        raise UnknownIdea()
    return idea.id


def _number(asked: Mapping[str, object], name: str) -> int:
    value = asked.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 53:
        raise web.HTTPBadRequest()
    return value


def _label(asked: Mapping[str, object]) -> str:
    value = asked.get("label")
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        raise web.HTTPBadRequest()
    return value
