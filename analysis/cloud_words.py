"""What is laid out: words measured, words placed, and the frame they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from analysis.cloud_fonts import Box, Face


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


@dataclass(frozen=True)
class Plan:
    """What a layout is asked for: the canvas, where words may go and would like to, and where they were."""

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


def wished_place(word: Word, plan: Plan) -> tuple[float, float]:
    """Where a word would like to be: near the middle, to a side drawn from its key."""
    x, y = plan.zone.middle
    spread = 0.10 * (1 - word.weight)
    dx, dy = _drawn(word.key, plan.seed)
    return plan.across.get(word.key, x + dx * spread), y + dy * spread


def _drawn(key: str, seed: int) -> tuple[float, float]:
    """Two numbers from -1 to 1 that depend on the word and the seed alone, so that order of arrival changes nothing."""
    digest = blake2b(f"{seed}:{key}".encode(), digest_size=8).digest()
    return tuple(int.from_bytes(part) / 0x7FFFFFFF - 1 for part in (digest[:4], digest[4:]))  # type: ignore[return-value] # two by construction
