"""Which letters can be drawn, with which font, and how much room a word takes at any size."""

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from PIL import ImageFont

MEASURED_AT = 256
"""Pixels: words are measured once at this size and the measures scaled, so that no layout depends on the output."""

_SHIPPED = Path(__file__).parent / "fonts" / "AtkinsonHyperlegible-Bold.ttf"

Box = tuple[float, float, float, float]
"""Left, top, right, bottom of ink, in em, from the origin that Pillow calls « la » (pen start, ascender)."""


@dataclass(frozen=True)
class Face:
    """One font file; `shaped` says that its letters join, so that a word is one block."""

    path: str
    shaped: bool

    @cached_property
    def covered(self) -> frozenset[int]:
        """Code points that the font draws."""
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # it publishes no types

        with TTFont(self.path, lazy=True) as file:
            return frozenset(file.getBestCmap())

    @cached_property
    def family(self) -> str:
        """The name a style sheet calls it by."""
        return str(ImageFont.truetype(self.path, 16).getname()[0])

    def draws(self, text: str) -> bool:
        """Whether every character of the text has a glyph here."""
        return all(ord(character) in self.covered for character in text)

    def at(self, pixels: int) -> ImageFont.FreeTypeFont:
        """The font opened at a size."""
        return _opened(self.path, pixels)

    def ink(self, text: str) -> Box:
        """The smallest box around the word's ink, in em."""
        left, top, right, bottom = self.box(text, MEASURED_AT)
        return left / MEASURED_AT, top / MEASURED_AT, right / MEASURED_AT, bottom / MEASURED_AT

    def box(self, text: str, pixels: int) -> Box:
        """The same at a size, in pixels."""
        return _boxed(self.path, text, pixels)

    def letters(self, text: str) -> tuple[Box, ...]:
        """Boxes of the letters one by one, in em: what lets a small word sit under the bar of a « T »."""
        return (self.ink(text),) if self.shaped else _spelled(self.path, text)


@lru_cache(maxsize=64)
def _opened(path: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels)


@lru_cache(maxsize=8192)
def _boxed(path: str, text: str, pixels: int) -> Box:
    return _opened(path, pixels).getbbox(text)


@lru_cache(maxsize=8192)
def _spelled(path: str, text: str) -> tuple[Box, ...]:
    font, boxes = _opened(path, MEASURED_AT), []
    for end, character in enumerate(text, start=1):
        left, top, right, bottom = _boxed(path, character, MEASURED_AT)
        if right > left:
            pen = font.getlength(text[:end]) - font.getlength(character)
            boxes.append((pen + left, top, pen + right, bottom))
    return tuple((a / MEASURED_AT, b / MEASURED_AT, c / MEASURED_AT, d / MEASURED_AT) for a, b, c, d in boxes)


@cache
def faces() -> tuple[Face, ...]:
    """Ours first (Atkinson Hyperlegible, drawn for people who see badly), then one that knows far more scripts.

    DejaVu comes inside matplotlib, which wordcloud requires: it is always there and weighs nothing more.
    """
    from matplotlib import get_data_path

    wide = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans-Bold.ttf"
    return Face(str(_SHIPPED), shaped=False), Face(str(wide), shaped=True)


@lru_cache(maxsize=4096)
def drawable(text: str) -> tuple[str, Face] | None:
    """The text less what no font of ours draws (emoji, mostly), and the first face for it; None if nothing is left."""
    known = frozenset[int]().union(*(face.covered for face in faces()))
    kept = "".join(character for character in unicodedata.normalize("NFC", text) if _kept(character, known))
    kept = " ".join(kept.split())
    if not any(character.isalnum() for character in kept):
        return None
    return next(((kept, face) for face in faces() if face.draws(kept)), None) or _forced(kept)


def _kept(character: str, known: frozenset[int]) -> bool:
    return ord(character) in known and unicodedata.category(character) not in {"So", "Sk", "Cc", "Cf", "Cs", "Co", "Mn"}


def _forced(text: str) -> tuple[str, Face] | None:
    """No single face draws all of it: keep what the widest one draws."""
    face = faces()[-1]
    kept = "".join(character for character in text if ord(character) in face.covered).strip()
    return (kept, face) if kept else None
