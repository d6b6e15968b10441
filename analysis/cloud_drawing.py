"""A layout turned into pixels by wordcloud, at any size."""

from collections.abc import Callable, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from analysis.cloud_fonts import Face
from analysis.cloud_words import CloudLayout, PlacedWord
from analysis.palette import Palette, Rgb, rgb

Colouring = Callable[[PlacedWord], str]

_DrawnEntry = tuple[tuple[str, float], int, tuple[int, int], None, str]
"""One row of `WordCloud.layout_`: (word, frequency), font size, (row, column), orientation, colour."""


def draw_png(layout: CloudLayout, size: tuple[int, int], palette: Palette, colouring: Colouring) -> bytes:
    """Render with wordcloud in one grey pass per font, colour the ink, encode. `size` is width and height in pixels.

    A picture of indexed colours (about twenty shades from the background to each colour) is encoded eight times
    faster than the same one in RGB, and weighs half.
    """
    colours = sorted({colouring(word) for word in layout.words})
    shades = 255 // max(1, len(colours))
    ink = _ink(layout.words, size).astype(np.uint16)
    indices = _owners(layout.words, size, [1 + shades * colours.index(colouring(word)) for word in layout.words])
    indices += (ink * (shades - 1) // 255).astype(np.uint8)
    indices[ink == 0] = 0
    picture = Image.fromarray(indices, mode="P")
    picture.putpalette(_ramps(rgb(palette.background), [rgb(colour) for colour in colours], shades))
    file = BytesIO()
    picture.save(file, format="PNG", compress_level=1)
    return file.getvalue()


def pixels_of(word: PlacedWord, size: tuple[int, int]) -> int:
    """Font size in pixels."""
    return max(1, round(word.size * min(size)))


def box_of(word: PlacedWord, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the ink, in pixels."""
    left, top, right, bottom = word.face.box(word.text, pixels_of(word, size))
    width, height = round(right - left), round(bottom - top)
    x, y = round(word.x * size[0] - width / 2), round(word.y * size[1] - height / 2)
    return x, y, x + width, y + height


def _ink(words: Sequence[PlacedWord], size: tuple[int, int]) -> NDArray[np.uint8]:
    """How much ink covers each pixel, 0 to 255; shape (height, width)."""
    ink = np.zeros((size[1], size[0]), dtype=np.uint8)
    for face in dict.fromkeys(word.face for word in words):
        np.maximum(ink, _rendered([word for word in words if word.face == face], face, size), out=ink)
    return ink


def _rendered(words: Sequence[PlacedWord], face: Face, size: tuple[int, int]) -> NDArray[np.uint8]:
    from wordcloud import WordCloud

    cloud = WordCloud(
        font_path=face.path, width=size[0], height=size[1], mode="L", background_color="black", colormap="gray"
    )
    cloud.layout_ = [_entry(word, size) for word in words]
    return np.asarray(cloud.to_image(), dtype=np.uint8)


def _entry(word: PlacedWord, size: tuple[int, int]) -> _DrawnEntry:
    """wordcloud's position is the corner of the ink: its fonts are « transposed », Pillow draws those from there."""
    left, top, _, _ = box_of(word, size)
    return (word.text, float(word.count)), pixels_of(word, size), (top, left), None, "white"


def _owners(words: Sequence[PlacedWord], size: tuple[int, int], firsts: Sequence[int]) -> NDArray[np.uint8]:
    """For each pixel, the first palette index of the word whose box covers it; the layout's order settles overlaps.

    A box may overlap the box of a word placed before it, never its letters: the last word painted is the right one.
    """
    owners = np.zeros((size[1], size[0]), dtype=np.uint8)
    for word, first in zip(words, firsts, strict=True):
        left, top, right, bottom = box_of(word, size)
        owners[max(0, top - 1) : bottom + 2, max(0, left - 1) : right + 2] = first
    return owners


def _ramps(background: Rgb, colours: Sequence[Rgb], shades: int) -> list[int]:
    """A palette of 256 colours at most: the background, then `shades` steps from it to each colour, both included."""
    steps = np.linspace(0, 1, shades)[:, None]
    ramps = [np.array(background) + steps * (np.array(colour) - np.array(background)) for colour in colours]
    return [int(v) for v in np.rint(np.vstack([np.array([background]), *ramps])).astype(int).ravel()]
