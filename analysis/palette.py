"""Colours that people tell apart and can read, on a light wall and on a dark one, whatever their eyes."""

from collections.abc import Sequence
from dataclasses import dataclass

Rgb = tuple[int, int, int]

ENOUGH_CONTRAST = 4.5
"""Ratio asked by WCAG 2.2, success criterion 1.4.3 (level AA), for text of any size."""


@dataclass(frozen=True)
class Palette:
    """A background, an ink for what has no colour of its own, and eight colours in the order they are given."""

    background: str
    ink: str
    muted: str
    colours: tuple[str, ...]

    def colour(self, number: int | None) -> str:
        """The colour of theme `number`; themes beyond the last colour, and no theme, share the muted ink."""
        if number is None or not 0 <= number < len(self.colours):
            return self.muted
        return self.colours[number]


# Eight hues moved by hill climbing, as little as possible, until each keeps 4.8:1 against its background and any two
# stay 13 CIELAB units apart for people who see no red, no green or no blue (Machado et al. 2009, severity 1).
LIGHT = Palette(
    background="#fffdf8",
    ink="#1d2733",
    muted="#5c6670",
    colours=("#1b4f9f", "#c7430a", "#00695b", "#a53882", "#1c2b45", "#654400", "#7151ca", "#990d2d"),
)
DARK = Palette(
    background="#10151d",
    ink="#f2f4f7",
    muted="#a5b0bd",
    colours=("#76b7ff", "#fe9c55", "#2fc79c", "#f076b9", "#f4f1e6", "#f6d743", "#a18bff", "#ff5d5d"),
)


def palette_for(dark: bool) -> Palette:
    """The palette of a dark wall or of a light one."""
    return DARK if dark else LIGHT


def rgb(colour: str) -> Rgb:
    """Read « #rrggbb »."""
    digits = colour.removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(colour: Rgb) -> float:
    """Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it from sRGB."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two colours, from 1 (the same) to 21 (black on white); symmetric."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colours: Sequence[str], background: str) -> bool:
    """Whether every colour can be read on the background by the level AA of WCAG."""
    return all(contrast(rgb(colour), rgb(background)) >= ENOUGH_CONTRAST for colour in colours)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
