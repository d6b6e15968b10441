"""Where each word of a cloud goes: the biggest in the middle, and every word where the room saw it last."""

import math
from collections.abc import Mapping, Sequence

from analysis.cloud_canvas import Canvas
from analysis.cloud_words import (
    EVERYWHERE,
    ON_A_WALL,
    CloudLayout,
    Legibility,
    PlacedWord,
    Plan,
    Word,
    Zone,
    wished_place,
)

WIDEST = 0.72
"""A word never takes more than this share of the canvas's width, nor TALLEST of its height."""
TALLEST = 0.26

FILL = 0.60
"""Share of the canvas that the boxes of the words aim at; beyond it a cloud is hard to read."""

SHRINK = 0.94
LEAST_FILL = 0.36
"""A cloud whose words have shrunk below this share grows again; between the two nothing changes its scale."""


def lay_out(
    words: Sequence[Word],
    aspect: float,
    *,
    previous: CloudLayout | None = None,
    zone: Zone = EVERYWHERE,
    across: Mapping[str, float] | None = None,
    legible: Legibility = ON_A_WALL,
    seed: int = 0,
) -> CloudLayout:
    """Place words (biggest weight first) on a canvas of the given aspect; the last ones may find no room.

    Words of `previous` keep their place unless they have outgrown it. `across` says, for some keys, how far to the
    right the word would like to be (a share of the width). Deterministic in its arguments.
    Complexity: O(words x cells) for words that are new or must move, O(words) for the others, times the number of
    scales tried (rarely more than four).
    """
    plan = Plan(aspect, zone, across or {}, legible, seed, {w.key: w for w in previous.words} if previous else {})
    words = _few_enough(words, plan)
    scale = _first_scale(words, plan, previous)
    while True:
        placed, refused = _place_all(words, scale, plan)
        if not refused or scale <= legible.smallest:
            return CloudLayout(aspect, scale, tuple(placed))
        scale = max(legible.smallest, scale * SHRINK)


def size_of(weight: float, scale: float, smallest: float) -> float:
    """Font size of a weight: a square root, so that the *area* of a word goes like its count; at least the smallest."""
    return max(smallest, scale * math.sqrt(weight))


def _first_scale(words: Sequence[Word], plan: Plan, previous: CloudLayout | None) -> float:
    """The previous scale while it still suits, else the greatest that the widest word and the total area allow."""
    greatest = _greatest_scale(words, plan)
    if previous is None or previous.aspect != plan.aspect or not previous.words:
        return greatest
    if previous.scale <= greatest and _fill(words, previous.scale, plan) >= min(
        LEAST_FILL, _fill(words, greatest, plan)
    ):
        return previous.scale
    return greatest


def _few_enough(words: Sequence[Word], plan: Plan) -> Sequence[Word]:
    """As many words, from the first, as leave room for the biggest to be `span` times the smallest."""
    scale, room = min(plan.legible.span * plan.smallest, _bound(words, plan)), FILL * plan.area
    for number, word in enumerate(words):
        room -= _area(word, scale, plan)
        if room < 0:
            return words[: max(1, number)]
    return words


def _greatest_scale(words: Sequence[Word], plan: Plan) -> float:
    scale = max(plan.smallest, _bound(words, plan))
    while scale > plan.smallest and _fill(words, scale, plan) > FILL:
        scale *= SHRINK
    return max(scale, plan.smallest)


def _bound(words: Sequence[Word], plan: Plan) -> float:
    """The scale at which the first word touches a limit of width or height."""
    width, height = plan.sides
    bounds = (min(WIDEST * width / w.width, TALLEST * height / w.height) / math.sqrt(w.weight) for w in words)
    return min(bounds, default=plan.smallest)


def _fill(words: Sequence[Word], scale: float, plan: Plan) -> float:
    """Share of the zone that the words and the air around them would cover."""
    return sum(_area(word, scale, plan) for word in words) / plan.area


def _area(word: Word, scale: float, plan: Plan) -> float:
    return (word.width + 0.3) * (word.height + 0.3) * size_of(word.weight, scale, plan.smallest) ** 2


def _place_all(words: Sequence[Word], scale: float, plan: Plan) -> tuple[list[PlacedWord], bool]:
    """Words that have not moved first, then the ones that must, then the new ones; tells if a big one found no room."""
    canvas = Canvas(plan)
    placed: dict[str, PlacedWord] = {}
    still = {(w.key, w.count) for w in words} == {(w.key, w.count) for w in plan.known.values()}
    for word in words:
        known = plan.known.get(word.key)
        if known and (kept := canvas.keep(word, known, size_of(word.weight, scale, plan.smallest), still)):
            placed[word.key] = kept
    for word in words:
        if word.key in placed:
            continue
        size, known = size_of(word.weight, scale, plan.smallest), plan.known.get(word.key)
        wish = (known.x, known.y) if known else wished_place(word, plan)
        if found := canvas.nearest(word, size, wish):
            placed[word.key] = found
        elif size > plan.smallest:
            return list(placed.values()), True
    return list(placed.values()), False
