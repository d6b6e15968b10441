"""Write themes as one page to open offline: labels, stability, coverage, quotes, a map of the ideas."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.result import READING_GUARD, Theme, Themes

_COLOURS = ("#1b6ca8", "#b3541e", "#3f7d20", "#8a3b8f", "#9a6a00", "#00767a", "#b02a4a", "#555f6b")
_STYLE = """
body{font:1.05rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2126;background:#fffdf8}
h1,h2{line-height:1.2}h3{margin:0 0 .3rem}.theme{border-left:.5rem solid;padding:.4rem 1rem;margin:1.2rem 0}
.facts{color:#4a525b;margin:.2rem 0}blockquote{margin:.4rem 0;padding-left:.8rem;border-left:2px solid #ccc}
.guard{font-weight:600}svg{width:100%;height:auto;background:#fff;border:1px solid #ddd}
@media print{.theme{break-inside:avoid}}
"""

Part = tuple[str, Sequence[str], Themes]
"""Name of a group (empty when there is one), its texts, its themes."""


def themes_page(parts: Sequence[Part], source: str) -> str:
    """A whole HTML document, nothing fetched from anywhere; everything people typed is escaped."""
    body = "".join(_part(*part) for part in parts)
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Thèmes de {escape(source)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>Thèmes de {escape(source)}</h1>{body}</body></html>\n"
    )


def _part(name: str, texts: Sequence[str], result: Themes) -> str:
    title = f"<h2>{escape(name)}</h2>" if name else ""
    guard = f'<p class="guard">{READING_GUARD}</p>' if result.themes else ""
    themes = "".join(_theme(place, theme, texts, result) for place, theme in enumerate(result.themes))
    head = f"{title}<p>{escape(result.sentence)}.</p>{guard}"
    return f"<section>{head}{_map(texts, result)}{themes}{_apart(texts, result)}</section>"


def _theme(place: int, theme: Theme, texts: Sequence[str], result: Themes) -> str:
    colour = _COLOURS[place % len(_COLOURS)]
    within = [sub for sub in result.subthemes if sub.within == theme.id]
    details = "".join(f"<li>{escape(sub.label)} ({sub.size})</li>" for sub in within)
    return (
        f'<article class="theme" style="border-color:{colour}"><h3>{place + 1}. {escape(theme.label)}</h3>'
        f'<p class="facts">{theme.size} idées, stabilité {round(100 * theme.stability)}\u00a0% · '
        f"{escape(', '.join(theme.words))}</p>{_quoted(theme.quotes, texts)}"
        + (f"<p>D’autres voix\u00a0:</p>{_quoted(theme.dissent, texts)}" if theme.dissent else "")
        + (f"<p>Sous-thèmes\u00a0:</p><ul>{details}</ul>" if details else "")
        + "</article>"
    )


def _quoted(rows: Sequence[int], texts: Sequence[str]) -> str:
    return "".join(f"<blockquote>{escape(texts[row].strip())}</blockquote>" for row in rows)


def _apart(texts: Sequence[str], result: Themes) -> str:
    if not result.orphans:
        return ""
    items = "".join(f"<li>{escape(texts[row].strip())}</li>" for row in result.orphans[:200])
    return f"<h3>Idées seules ({len(result.orphans)})</h3><ul>{items}</ul>"


def _map(texts: Sequence[str], result: Themes) -> str:
    if not result.themes or len(texts) > 5_000:
        return ""
    order = {theme.id: place for place, theme in enumerate(result.themes)}
    dots = []
    for row, place in enumerate(result.map):
        if place is None:
            continue
        theme = result.assignments[row]
        colour = _COLOURS[order[theme] % len(_COLOURS)] if theme is not None else "#999"
        title = escape(texts[row].strip()[:200])
        where = f'cx="{place[0] * 1000:.0f}" cy="{place[1] * 600:.0f}"'
        dots.append(f'<circle {where} r="5" fill="{colour}"><title>{title}</title></circle>')
    label = "Carte des idées\u00a0: deux points proches sont deux idées proches"
    return f'<svg viewBox="-10 -10 1020 620" role="img" aria-label="{label}">{"".join(dots)}</svg>'
