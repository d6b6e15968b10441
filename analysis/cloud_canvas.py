"""A canvas of taken cells: is there room for a word, and where is the nearest?"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.cloud_words import PlacedWord, Plan, Word, wished_place

CELLS = 320
"""Cells along the longer side of the canvas on which the words are laid out, whatever the size of the picture."""


TOLERATED = 0.90
"""Rather than jump, a word already on the wall may be drawn this much smaller than its count says."""


NUDGE = 0.018
"""Share of the diagonal by which a word whose place was taken may step aside before it goes elsewhere."""

DRIFT = 0.008
"""Share of the diagonal by which the biggest word may glide to the middle from one frame to the next: an eye follows
it, and after some tens of answers what matters most is no longer in a corner."""


class Canvas:
    """A grid of taken cells, and the search for free rectangles by a summed-area table (Crow 1984)."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        width, height = plan.sides
        self.unit = CELLS / max(width, height)
        self.columns, self.rows = round(width * self.unit), round(height * self.unit)
        self.taken = np.zeros((self.rows, self.columns), dtype=bool)
        self._sums: NDArray[np.int32] | None = None

    def keep(self, word: Word, known: PlacedWord, size: float, still: bool) -> PlacedWord | None:
        """The word a glide nearer to the middle (unless `still`: nothing was said since), or at the place it had, a
        little smaller if need be; None if it has outgrown it."""
        places = [(1.0, known.x, known.y), (0.95, known.x, known.y), (TOLERATED, known.x, known.y)]
        if not still:
            places.insert(0, (1.0, *self._nearer(word, known)))
        for smaller, x, y in places:
            fitted = max(self.plan.smallest, size * smaller)
            width, height = self._cells(word, fitted)
            left, top = round(x * self.columns - width / 2), round(y * self.rows - height / 2)
            if self._free(left, top, width, height):
                return self._take(word, fitted, x, y)
        return next((near for smaller in (1.0, TOLERATED) if (near := self._nudged(word, known, size * smaller))), None)

    def _nudged(self, word: Word, known: PlacedWord, size: float) -> PlacedWord | None:
        """The word a little aside of where it was, if there is room so near that an eye hardly sees it move."""
        return self.nearest(word, max(self.plan.smallest, size), (known.x, known.y), within=NUDGE)

    def _nearer(self, word: Word, known: PlacedWord) -> tuple[float, float]:
        """A glide towards the place the word would choose on an empty canvas, shorter for a smaller word."""
        x, y = wished_place(word, self.plan)
        width, height = self.plan.sides
        far = math.hypot((x - known.x) * width, (y - known.y) * height)
        glide = min(1.0, DRIFT * math.hypot(width, height) * word.weight / far) if far else 0.0
        return known.x + (x - known.x) * glide, known.y + (y - known.y) * glide

    def nearest(
        self, word: Word, size: float, wish: tuple[float, float], within: float | None = None
    ) -> PlacedWord | None:
        """The word at the free place nearest to the wished centre, or None; `within` a share of the diagonal of it."""
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
        if within is not None and self._far(wish, (x, y)) > within:
            return None
        return self._take(word, size, x, y)

    def _far(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        """Distance as a share of the diagonal."""
        width, height = self.plan.sides
        return math.hypot((one[0] - other[0]) * width, (one[1] - other[1]) * height) / math.hypot(width, height)

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
