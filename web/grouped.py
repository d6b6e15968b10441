"""What goes with themes on every page: how stable each is, and why ideas are in none."""

from i18n import Voice
from participation.actions.viewing import Board, ThemeView
from participation.model.text import calm

FRAGILE_UNDER = 0.5
"""A theme found in less than half of the repeated groupings is shown as fragile."""


def is_fragile(view: ThemeView) -> bool:
    """Whether another draw of the same ideas would often not find this theme."""
    return view.theme.stability is not None and view.theme.stability < FRAGILE_UNDER


def stability(view: ThemeView, voice: Voice) -> str:
    """« stable à 84 % »; nothing of a theme made by people."""
    return "" if view.theme.stability is None else voice("web-stability", n=round(view.theme.stability * 100))


def coverage(whole: Board, voice: Voice) -> str:
    """« 9 thèmes, 84 % des idées », as people have corrected them."""
    return voice("web-coverage", n=len(whole.themes), percent=int(100 * whole.covered)) if whole.themes else ""


def guard(whole: Board, voice: Voice) -> str:
    """How to read themes, and which of their names a language model worded."""
    labels = ", ".join(f"«\u00a0{calm(theme.label)}\u00a0»" for theme in whole.reworded)
    told = [voice("web-themes-guard"), voice("web-themes-reworded", labels=labels) if labels else ""]
    return " ".join(filter(None, told)) if whole.themes else ""


def loose_parts(whole: Board, voice: Voice) -> list[tuple[str, tuple[int, ...]]]:
    """Why ideas are in no theme (« seules », « sans contenu », « nouvelles »), each with the ids of those ideas."""
    kinds = whole.loose_kinds
    parts = [("alone", kinds.alone), ("hollow", kinds.hollow), ("fresh", kinds.fresh)]
    return [(voice(f"web-loose-{name}", n=len(ideas)), tuple(i.id for i in ideas)) for name, ideas in parts if ideas]


def loose_sentence(whole: Board, voice: Voice) -> str:
    """« Hors des thèmes : 2 seules, 3 sans contenu, non comptées »: those three are not in the share of ideas covered."""
    parts = ", ".join(f"{len(ids)} {label}" for label, ids in loose_parts(whole, voice))
    return voice("web-loose-why", parts=parts)
