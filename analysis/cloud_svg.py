"""The same layout as an SVG that carries its own letters, scales to any screen and can be read aloud."""

from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from analysis.cloud_drawing import Colouring
from analysis.cloud_fonts import MEASURED_AT, Face
from analysis.cloud_words import CloudLayout, PlacedWord
from analysis.palette import Palette


def draw_svg(layout: CloudLayout, size: tuple[int, int], palette: Palette, colouring: Colouring, title: str) -> bytes:
    """UTF-8 SVG whose `title` is what a screen reader says. The letters used are embedded: no font is fetched."""
    width, height = size
    families = {face: f"palabre-{number}" for number, face in enumerate(dict.fromkeys(w.face for w in layout.words))}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f" aria-label={quoteattr(title)}>",
        f"<title>{escape(title)}</title>",
        f"<style>{''.join(_font_face(face, families[face], layout) for face in families)}</style>",
        f'<rect width="{width}" height="{height}" fill="{palette.background}"/>',
        *(
            _text(word.text, x, baseline, em, length, colouring(word), families[word.face])
            for word, x, baseline, em, length in written(layout, size)
        ),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def written(layout: CloudLayout, size: tuple[int, int]) -> Iterator[tuple[PlacedWord, float, float, float, float]]:
    """Each word as SVG writes it, in pixels: where it begins, its baseline, its font size, the length of its writing."""
    for word in layout.words:
        em = word.size * min(size)
        left, top, right, bottom = word.face.ink(word.text)
        font = word.face.at(MEASURED_AT)
        x = word.x * size[0] - (left + right) / 2 * em
        baseline = word.y * size[1] + (font.getmetrics()[0] / MEASURED_AT - (top + bottom) / 2) * em
        yield word, x, baseline, em, font.getlength(word.text) / MEASURED_AT * em


def _text(text: str, x: float, baseline: float, em: float, length: float, colour: str, family: str) -> str:
    """`textLength` keeps words apart even where a viewer refuses embedded fonts."""
    return (
        f'<text x="{x:.1f}" y="{baseline:.1f}" font-family="{family}, sans-serif" font-size="{em:.1f}"'
        f' textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs" fill="{colour}">{escape(text)}</text>'
    )


def _font_face(face: Face, family: str, layout: CloudLayout) -> str:
    letters = "".join(sorted({letter for word in layout.words if word.face == face for letter in word.text}))
    data = b64encode(_subset(face.path, letters)).decode()
    return f"@font-face{{font-family:{family};src:url(data:font/woff;base64,{data}) format('woff')}}"


@lru_cache(maxsize=8)
def _subset(path: str, letters: str) -> bytes:
    """The font reduced to the letters, as WOFF."""
    from fontTools import subset  # type: ignore[import-untyped] # it publishes no types

    options = subset.Options(flavor="woff", hinting=False, notdef_outline=False, layout_features=["*"])
    file = BytesIO()
    with subset.load_font(path, options) as font:
        reducer = subset.Subsetter(options)
        reducer.populate(text=letters)
        reducer.subset(font)
        subset.save_font(font, file, options)
    return file.getvalue()
