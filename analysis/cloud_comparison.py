"""Two groups in one cloud: what each says more, what both say, and no more than the numbers allow."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import false_discovery_control, hypergeom

from analysis.answers import says_nothing
from analysis.cloud import MEDIA_TYPES, CannotDraw, Cloud, Form, check_picture, legibility, measured, rendered
from analysis.cloud_drawing import Colouring
from analysis.cloud_fonts import drawable
from analysis.cloud_layout import lay_out
from analysis.cloud_terms import CloudTerm, cloud_terms
from analysis.cloud_words import CloudLayout, Legibility, PlacedWord, Zone
from analysis.palette import Palette, palette_for
from analysis.terms import Term, count_terms

LEAST_GROUP = 10
"""Answers under which a group is not compared: at a smaller table one recognises who said what."""

LEAST_COUNT = 5
"""Under it, a group's count reads « moins de 5 »."""

FALSE_DISCOVERIES = 0.05
"""Share of wrongly coloured words accepted among the coloured ones (Benjamini and Hochberg 1995)."""

_LEFT, _RIGHT, _BOTH = 0, 1, None
_HEADER = Zone(top=0.14)
_HEADER_SIZE = 0.05
_HEADER_ROOM = 0.46
_TOLD = 10
_CAPITALS = 0.62
"""Height, in em below the ascender, of the middle of a capital letter."""


class TooFewAnswers(CannotDraw):
    """A group is too small to be compared without exposing people."""


@dataclass(frozen=True)
class Group:
    """The answers of one group and the name people give it."""

    name: str
    texts: Sequence[str]


@dataclass(frozen=True)
class _Contrast:
    """A term in both groups: shares from 0 to 1, log-odds (positive: said more on the right), two-sided p-value."""

    term: Term
    counts: tuple[int, int]
    shares: tuple[float, float]
    ratio: float
    p_value: float


def compare_clouds(
    left: Group,
    right: Group,
    *,
    size: tuple[int, int] = (1920, 1080),
    dark: bool = False,
    hidden: Iterable[str] = (),
    stop: Iterable[str] = (),
    question: str = "",
    previous: CloudLayout | None = None,
    seed: int = 0,
    form: Form = "png",
    limit: int = 120,
) -> Cloud:
    """Draw one cloud of two groups: a word sits towards the group that says it more, and has its colour only if the
    difference is more than chance after correction for the number of words; size is the mean of the two shares.

    Fisher's exact test, corrected after Benjamini and Hochberg; places from the log-odds ratio with Jeffreys' prior,
    as in Monroe, Colaresi and Quinn (2008, « Fightin' Words »). Raises TooFewAnswers under 10 answers in a group, and
    CannotDraw for a picture that cannot be drawn. Options as in `draw_cloud`.
    """
    check_picture(size, form)
    counted = _contrasts(left, right, question, tuple(stop))
    sides = _sides(counted)
    shown = [CloudTerm(c.term.key, c.term.surface, round(1e6 * sum(c.shares) / 2), sides[c.term.key]) for c in counted]
    shown = [term for term in cloud_terms(shown, hidden=hidden) if term.count]
    words = measured(shown[:limit])
    across = {c.term.key: 0.5 + 0.36 * math.tanh(c.ratio / 1.2) for c in counted}
    legible = legibility(size)
    layout = lay_out(
        words, size[0] / size[1], previous=previous, zone=_HEADER, across=across, legible=legible, seed=seed
    )
    layout = _headed(layout, left.name, right.name, legible)
    palette, title = palette_for(dark), f"Nuage de mots comparé : {left.name} et {right.name}"
    image = rendered(layout, size, palette, _colouring(palette), title, form)
    kept = {term.key for term in shown}
    lines = _lines([c for c in counted if c.term.key in kept], sides, left.name, right.name)
    return Cloud(image, MEDIA_TYPES[form], layout, lines, title, len(shown) - len(words))


def _contrasts(left: Group, right: Group, question: str, stop: tuple[str, ...]) -> list[_Contrast]:
    """Terms of both groups, counted together so that a word has one key and one form."""
    texts = [[text for text in group.texts if not says_nothing(text)] for group in (left, right)]
    for group, said in zip((left, right), texts, strict=True):
        if len(said) < LEAST_GROUP:
            raise TooFewAnswers(
                f"« {group.name} » compte moins de {LEAST_GROUP} réponses : "
                "trop peu pour comparer sans exposer personne."
            )
    people = (len(texts[0]), len(texts[1]))
    return [_contrast(term, people) for term in count_terms([*texts[0], *texts[1]], question=question, stop=stop)]


def _contrast(term: Term, people: tuple[int, int]) -> _Contrast:
    first = sum(row < people[0] for row in term.rows)
    counts = (first, term.count - first)
    odds = [math.log((c + 0.5) / (n - c + 0.5)) for c, n in zip(counts, people, strict=True)]
    chance = hypergeom(sum(people), term.count, people[0])
    p_value = min(1.0, 2 * float(min(chance.cdf(first), chance.sf(first - 1))))
    return _Contrast(term, counts, (counts[0] / people[0], counts[1] / people[1]), odds[1] - odds[0], p_value)


def _sides(counted: Sequence[_Contrast]) -> dict[str, int | None]:
    """The side of each term said often enough to be tested, None where chance explains the difference."""
    tested = [c for c in counted if c.term.count >= LEAST_COUNT]
    sides: dict[str, int | None] = {c.term.key: _BOTH for c in counted}
    if tested:
        for contrast, p_value in zip(tested, false_discovery_control([c.p_value for c in tested]), strict=True):
            if p_value <= FALSE_DISCOVERIES:
                sides[contrast.term.key] = _RIGHT if contrast.ratio > 0 else _LEFT
    return sides


def _headed(layout: CloudLayout, left: str, right: str, legible: Legibility) -> CloudLayout:
    """The layout with the names of the groups above it, each on its side."""
    wide, high = layout.aspect / min(layout.aspect, 1), 1 / min(layout.aspect, 1)
    names = []
    for key, name, x in (("\0left", left, 0.25), ("\0right", right, 0.75)):
        if found := drawable(name):
            text, face = found
            ink = face.ink(text)
            size = min(max(_HEADER_SIZE, legible.smallest), _HEADER_ROOM * wide / (ink[2] - ink[0]))
            # Both names on one line of writing, whatever their accents and tails.
            y = _HEADER.top / 2 + ((ink[1] + ink[3]) / 2 - _CAPITALS) * size / high
            names.append(PlacedWord(key, text, 0, _LEFT if x < 0.5 else _RIGHT, face, x, y, size))
    return CloudLayout(layout.aspect, layout.scale, (*layout.words, *names))


def _colouring(palette: Palette) -> Colouring:
    return lambda word: palette.colour(word.theme)


def _lines(counted: Sequence[_Contrast], sides: Mapping[str, int | None], left: str, right: str) -> tuple[str, ...]:
    """What each group says more, surest first, then what both say."""
    surest = sorted(counted, key=lambda c: c.p_value)
    told = []
    for side, name in ((_LEFT, left), (_RIGHT, right)):
        if more := [_told(c) for c in surest if sides[c.term.key] == side][:_TOLD]:
            told.append(f"Plutôt « {name} » : {', '.join(more)}")
    if not told:
        told.append(
            f"Aucun mot ne distingue nettement « {left} » de « {right} » : les écarts peuvent être dus au hasard."
        )
    both = [c.term.surface for c in counted if sides[c.term.key] is _BOTH and min(c.counts) >= LEAST_COUNT]
    if both:
        told.append("Dit des deux côtés : " + ", ".join(both[:_TOLD]))
    return tuple(told)


def _told(contrast: _Contrast) -> str:
    """« bus (14, contre moins de 5) »: how often on the side that says it more, then how often on the other."""
    counts = reversed(contrast.counts) if contrast.ratio > 0 else contrast.counts
    here, there = (f"{c}" if c >= LEAST_COUNT else f"moins de {LEAST_COUNT}" for c in counts)
    return f"{contrast.term.surface} ({here}, contre {there})"
