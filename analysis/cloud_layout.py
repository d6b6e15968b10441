"""Where each word of a cloud goes: the biggest in the middle, and every word where the room saw it last."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from analysis.cloud_fonts import Box, Face

CELLS = 320
"""Cells along the longer side of the canvas on which the words are laid out, whatever the size of the picture."""


WIDEST = 0.72
"""A word never takes more than this share of the canvas's width, nor TALLEST of its height."""
TALLEST = 0.26

FILL = 0.60
"""Share of the canvas that the boxes of the words aim at; beyond it a cloud is hard to read."""

SHRINK = 0.94
LEAST_FILL = 0.36
"""A cloud whose words have shrunk below this share grows again; between the two nothing changes its scale."""

TOLERATED = 0.90
"""Rather than jump, a word already on the wall may be drawn this much smaller than its count says."""


@dataclass(frozen=True)
class Legibility:
    """Font size of the smallest word, as a share of the canvas's shorter side; and how many times bigger the biggest
    has to be at least: words that would flatten the cloud are left out of the picture."""

    smallest: float
    span: float


ON_A_WALL = Legibility(smallest=0.030, span=3.2)
"""32 pixels on a projector of 1080 lines, read from the back of a room."""

IN_A_HAND = Legibility(smallest=0.036, span=2.7)
"""A picture taller than wide is for a phone: its smallest word is bigger in proportion, its words are fewer."""


@dataclass(frozen=True)
class Word:
    """A word to place: its identity from frame to frame, how it is written, and its weight from 0 to 1."""

    key: str
    text: str
    count: int
    weight: float
    theme: int | None
    face: Face
    ink: Box
    letters: tuple[Box, ...]

    @property
    def width(self) -> float:
        """Width of the ink, in em."""
        return self.ink[2] - self.ink[0]

    @property
    def height(self) -> float:
        """Height of the ink, in em."""
        return self.ink[3] - self.ink[1]


@dataclass(frozen=True)
class PlacedWord:
    """A word placed: the centre of its ink as shares of width and height, its size as a share of the shorter side."""

    key: str
    text: str
    count: int
    theme: int | None
    face: Face
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class CloudLayout:
    """What a frame hands to the next one so that words stay where they are.

    `aspect` is width over height, `scale` the size of a word of weight 1. Words come in the order they were placed: the
    box of one may overlap the box of an earlier one, never its letters.
    """

    aspect: float
    scale: float
    words: tuple[PlacedWord, ...]


@dataclass(frozen=True)
class Zone:
    """The part of the canvas, as shares of its width and height, in which words may go."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    @property
    def middle(self) -> tuple[float, float]:
        """Where the biggest word goes."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


EVERYWHERE = Zone()


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
    plan = _Plan(aspect, zone, across or {}, legible, seed, {w.key: w for w in previous.words} if previous else {})
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


@dataclass(frozen=True)
class _Plan:
    aspect: float
    zone: Zone
    across: Mapping[str, float]
    legible: Legibility
    seed: int
    known: Mapping[str, PlacedWord]

    @property
    def smallest(self) -> float:
        """Font size of the smallest word."""
        return self.legible.smallest

    @property
    def sides(self) -> tuple[float, float]:
        """Width and height of the canvas in units of its shorter side."""
        return (self.aspect, 1.0) if self.aspect >= 1 else (1.0, 1 / self.aspect)

    @property
    def area(self) -> float:
        """Area of the zone, in squared shorter sides."""
        width, height = self.sides
        return width * height * (self.zone.right - self.zone.left) * (self.zone.bottom - self.zone.top)


def _first_scale(words: Sequence[Word], plan: _Plan, previous: CloudLayout | None) -> float:
    """The previous scale while it still suits, else the greatest that the widest word and the total area allow."""
    greatest = _greatest_scale(words, plan)
    if previous is None or previous.aspect != plan.aspect or not previous.words:
        return greatest
    if previous.scale <= greatest and _fill(words, previous.scale, plan) >= min(
        LEAST_FILL, _fill(words, greatest, plan)
    ):
        return previous.scale
    return greatest


def _few_enough(words: Sequence[Word], plan: _Plan) -> Sequence[Word]:
    """As many words, from the first, as leave room for the biggest to be `span` times the smallest."""
    scale, room = min(plan.legible.span * plan.smallest, _bound(words, plan)), FILL * plan.area
    for number, word in enumerate(words):
        room -= _area(word, scale, plan)
        if room < 0:
            return words[: max(1, number)]
    return words


def _greatest_scale(words: Sequence[Word], plan: _Plan) -> float:
    scale = max(plan.smallest, _bound(words, plan))
    while scale > plan.smallest and _fill(words, scale, plan) > FILL:
        scale *= SHRINK
    return max(scale, plan.smallest)


def _bound(words: Sequence[Word], plan: _Plan) -> float:
    """The scale at which the first word touches a limit of width or height."""
    width, height = plan.sides
    bounds = (min(WIDEST * width / w.width, TALLEST * height / w.height) / math.sqrt(w.weight) for w in words)
    return min(bounds, default=plan.smallest)


def _fill(words: Sequence[Word], scale: float, plan: _Plan) -> float:
    """Share of the zone that the words and the air around them would cover."""
    return sum(_area(word, scale, plan) for word in words) / plan.area


def _area(word: Word, scale: float, plan: _Plan) -> float:
    return (word.width + 0.3) * (word.height + 0.3) * size_of(word.weight, scale, plan.smallest) ** 2


def _place_all(words: Sequence[Word], scale: float, plan: _Plan) -> tuple[list[PlacedWord], bool]:
    """Words that have not moved first, then the ones that must, then the new ones; tells if a big one found no room."""
    canvas = _Canvas(plan)
    placed: dict[str, PlacedWord] = {}
    for word in words:
        known = plan.known.get(word.key)
        if known and (kept := canvas.keep(word, known, size_of(word.weight, scale, plan.smallest))):
            placed[word.key] = kept
    for word in words:
        if word.key in placed:
            continue
        size = size_of(word.weight, scale, plan.smallest)
        if found := canvas.nearest(word, size, _wish(word, plan)):
            placed[word.key] = found
        elif size > plan.smallest:
            return list(placed.values()), True
    return list(placed.values()), False


def _wish(word: Word, plan: _Plan) -> tuple[float, float]:
    """Where a word would like to be: where it was, else near the middle, to a side drawn from its key."""
    if known := plan.known.get(word.key):
        return known.x, known.y
    x, y = plan.zone.middle
    spread = 0.10 * (1 - word.weight)
    dx, dy = _drawn(word.key, plan.seed)
    return plan.across.get(word.key, x + dx * spread), y + dy * spread


def _drawn(key: str, seed: int) -> tuple[float, float]:
    """Two numbers from -1 to 1 that depend on the word and the seed alone, so that order of arrival changes nothing."""
    digest = blake2b(f"{seed}:{key}".encode(), digest_size=8).digest()
    return tuple(int.from_bytes(part) / 0x7FFFFFFF - 1 for part in (digest[:4], digest[4:]))  # type: ignore[return-value] # two by construction


class _Canvas:
    """A grid of taken cells, and the search for free rectangles by a summed-area table (Crow 1984)."""

    def __init__(self, plan: _Plan) -> None:
        self.plan = plan
        width, height = plan.sides
        self.unit = CELLS / max(width, height)
        self.columns, self.rows = round(width * self.unit), round(height * self.unit)
        self.taken = np.zeros((self.rows, self.columns), dtype=bool)
        self._sums: NDArray[np.int32] | None = None

    def keep(self, word: Word, known: PlacedWord, size: float) -> PlacedWord | None:
        """The word at the place it had, a little smaller if need be; None if it has outgrown it."""
        for smaller in (1.0, 0.95, TOLERATED):
            fitted = max(self.plan.smallest, size * smaller)
            width, height = self._cells(word, fitted)
            left = round(known.x * self.columns - width / 2)
            top = round(known.y * self.rows - height / 2)
            if self._free(left, top, width, height):
                return self._take(word, fitted, known.x, known.y)
        return None

    def nearest(self, word: Word, size: float, wish: tuple[float, float]) -> PlacedWord | None:
        """The word at the free place nearest to the wished centre, or None."""
        width, height = self._cells(word, size)
        zone = self.plan.zone
        first, last = math.ceil(zone.left * self.columns), math.floor(zone.right * self.columns) - width
        high, low = math.ceil(zone.top * self.rows), math.floor(zone.bottom * self.rows) - height
        if last < first or low < high:
            return None
        sums = self._summed()[high : low + height + 1, first : last + width + 1]
        inside = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
        across = ((np.arange(first, last + 1) + width / 2) / self.columns - wish[0]) ** 2
        down = ((np.arange(high, low + 1) + height / 2) / self.rows - wish[1]) ** 2
        cost = np.where(inside == 0, down[:, None] + across[None, :], np.inf)
        best = int(cost.argmin())
        if not np.isfinite(cost.flat[best]):
            return None
        row, column = divmod(best, cost.shape[1])
        x, y = (first + column + width / 2) / self.columns, (high + row + height / 2) / self.rows
        return self._take(word, size, x, y)

    def _cells(self, word: Word, size: float) -> tuple[int, int]:
        """Width and height of the word and of the air around it, in cells."""
        em, air = size * self.unit, 0.16 * size * self.unit + 1
        return math.ceil(word.width * em + 2 * air), math.ceil(word.height * em + 2 * air)

    def _free(self, left: int, top: int, width: int, height: int) -> bool:
        if left < 0 or top < 0 or left + width > self.columns or top + height > self.rows:
            return False
        return not self.taken[top : top + height, left : left + width].any()

    def _take(self, word: Word, size: float, x: float, y: float) -> PlacedWord:
        for left, top, right, bottom in self._letters(word, size, x, y):
            self.taken[max(0, top) : bottom, max(0, left) : right] = True
        self._sums = None
        return PlacedWord(word.key, word.text, word.count, word.theme, word.face, x, y, size)

    def _letters(self, word: Word, size: float, x: float, y: float) -> Iterator[tuple[int, int, int, int]]:
        em = size * self.unit
        left = x * self.columns - (word.ink[0] + word.width / 2) * em
        top = y * self.rows - (word.ink[1] + word.height / 2) * em
        for a, b, c, d in word.letters:
            yield (
                math.floor(left + a * em),
                math.floor(top + b * em),
                math.ceil(left + c * em),
                math.ceil(top + d * em),
            )

    def _summed(self) -> NDArray[np.int32]:
        if self._sums is None:
            sums = np.zeros((self.rows + 1, self.columns + 1), dtype=np.int32)
            np.cumsum(self.taken, axis=0, dtype=np.int32, out=sums[1:, 1:])
            np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
            self._sums = sums
        return self._sums
