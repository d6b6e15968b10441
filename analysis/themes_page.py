"""Write themes as one page to open offline: labels, stability, coverage, quotes, a map of the ideas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from statistics import median

from analysis.palette import DARK, LIGHT, Palette
from analysis.result import FRAGILE_BELOW, READING_GUARD, Theme, Themes

_STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:var(--ink);background:var(--paper)}
h1,h2{line-height:1.2}h1{overflow-wrap:anywhere}h3{margin:0 0 .3rem}
.theme{border-left:.5rem solid var(--tone);padding:.4rem 1rem;margin:1.2rem 0}
.facts,.key{color:var(--muted);margin:.2rem 0}.key{font-size:.9rem}
blockquote{margin:.4rem 0;padding-left:.8rem;border-left:2px solid var(--muted);overflow-wrap:anywhere}
.fragile{color:var(--ink);border:1px dashed;border-radius:1rem;padding:0 .5rem;margin-left:.5rem;font-size:.9rem}
.guard{font-weight:600}svg{width:100%;height:auto}circle{fill:var(--tone)}
text{font:700 26px system-ui,sans-serif;fill:var(--ink);stroke:var(--paper);stroke-width:6px;paint-order:stroke}
text{text-anchor:middle;dominant-baseline:central}
@media print{.theme{break-inside:avoid}}
"""


MOST_LISTED = 500
"""Ideas written under one title: a national debate would make a page that no browser opens."""


def _colours(palette: Palette) -> str:
    """The custom properties of one palette, and the tone of each theme."""
    tones = "".join(f".t{number}{{--tone:{colour}}}" for number, colour in enumerate(palette.colours))
    root = f":root{{--paper:{palette.background};--ink:{palette.ink};--muted:{palette.muted}}}"
    return f"{root}.alone{{--tone:{palette.muted}}}{tones}"


Part = tuple[str, Sequence[str], Themes]
"""Name of a group (empty when there is one), its texts, its themes."""


def themes_page(parts: Sequence[Part], source: str) -> str:
    """A whole HTML document, nothing fetched from anywhere; everything people typed is escaped."""
    style = f"{_STYLE}{_colours(LIGHT)}@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    body = "".join(_part(*part) for part in parts)
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Thèmes de {escape(source)}</title><style>{style}</style></head>"
        f"<body><h1>Thèmes de {escape(source)}</h1>{body}</body></html>\n"
    )


def _part(name: str, texts: Sequence[str], result: Themes) -> str:
    title = f"<h2>{escape(name)}</h2>" if name else ""
    guard = f'<p class="guard">{READING_GUARD}</p>' if result.themes else ""
    themes = "".join(_theme(place, theme, texts, result) for place, theme in enumerate(result.themes))
    head = f"{title}<p>{escape(result.sentence)}.</p>{guard}"
    return f"<section>{head}{_map(texts, result)}{themes}{_apart(texts, result)}</section>"


def _theme(place: int, theme: Theme, texts: Sequence[str], result: Themes) -> str:
    fragile = '<span class="fragile">à relire</span>' if theme.stability < FRAGILE_BELOW else ""
    within = [sub for sub in result.subthemes if sub.within == theme.id]
    details = "".join(f"<li>{escape(sub.label)} ({sub.size})</li>" for sub in within)
    return (
        f'<article class="theme {_tone(place)}"><h3>{place + 1}. {escape(theme.label)}{fragile}</h3>'
        f'<p class="facts">{_facts(theme)}</p>{_quoted(theme.quotes, texts)}'
        + (f"<p>D’autres voix\u00a0:</p>{_quoted(theme.dissent, texts)}" if theme.dissent else "")
        + (f"<p>Sous-thèmes\u00a0:</p><ul>{details}</ul>" if details else "")
        + f"{_whole(theme, texts, result)}</article>"
    )


def _facts(theme: Theme) -> str:
    known = f"{theme.size} idées, stabilité {round(100 * theme.stability)}\u00a0%"
    return " · ".join([known, escape(", ".join(theme.words))] if theme.words else [known])


def _whole(theme: Theme, texts: Sequence[str], result: Themes) -> str:
    """Every idea of a theme, folded away: the quotes are a choice, and a reader may want to check it."""
    rows = [row for row, owner in enumerate(result.assignments) if owner == theme.id]
    shown = "".join(f"<li>{escape(texts[row].strip())}</li>" for row in rows[:MOST_LISTED])
    more = f"<li>et {len(rows) - MOST_LISTED} autres</li>" if len(rows) > MOST_LISTED else ""
    return f"<details><summary>Toutes les idées</summary><ul>{shown}{more}</ul></details>"


def _quoted(rows: Sequence[int], texts: Sequence[str]) -> str:
    return "".join(f"<blockquote>{escape(texts[row].strip())}</blockquote>" for row in rows)


def _apart(texts: Sequence[str], result: Themes) -> str:
    if not result.orphans:
        return ""
    items = "".join(f"<li>{escape(texts[row].strip())}</li>" for row in result.orphans[:MOST_LISTED])
    return f"<h3>Idées seules ({len(result.orphans)})</h3><ul>{items}</ul>"


def _map(texts: Sequence[str], result: Themes) -> str:
    if not result.themes or len(texts) > 5_000:
        return ""
    order: dict[int | None, int] = {theme.id: place for place, theme in enumerate(result.themes)}
    dots, inside = [], defaultdict[int, list[tuple[float, float]]](list)
    for text, place, theme in zip(texts, result.map, result.assignments, strict=True):
        if place is None:
            continue
        x, y, rank = place[0] * 1000, place[1] * 600, order.get(theme)
        if rank is not None:
            inside[rank].append((x, y))
        tone, title = "alone" if rank is None else _tone(rank), escape(text.strip()[:200])
        dots.append(f'<circle class="{tone}" cx="{x:.0f}" cy="{y:.0f}" r="6"><title>{title}</title></circle>')
    numbers = [
        f'<text x="{median(x for x, _ in seen):.0f}" y="{median(y for _, y in seen):.0f}">{rank + 1}</text>'
        for rank, seen in sorted(inside.items())
    ]
    label = "Carte des idées\u00a0: deux points proches sont deux idées proches"
    return (
        f'<svg viewBox="-14 -14 1028 628" role="img" aria-label="{label}">{"".join(dots + numbers)}</svg>'
        f'<p class="key">{label}. Chaque numéro est au milieu de son thème.</p>'
    )


def _tone(place: int) -> str:
    return f"t{place % len(LIGHT.colours)}"
