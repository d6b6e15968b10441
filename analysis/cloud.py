"""The word cloud of a room: draw it, draw it again after the next answer, and say the same words in text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, get_args

from analysis.cloud_drawing import Colouring, draw_png
from analysis.cloud_fonts import drawable
from analysis.cloud_layout import lay_out
from analysis.cloud_svg import draw_svg
from analysis.cloud_terms import CloudTerm, Source, cloud_terms
from analysis.cloud_words import IN_A_HAND, ON_A_WALL, CloudLayout, Legibility, PlacedWord, Word
from analysis.palette import Palette, palette_for

Form = Literal["png", "svg"]

SIDES = range(160, 7681)
"""Pixels that a side of the picture may have: from a watch to 8K."""

LISTED = 20
"""Words repeated as text beside the picture, for who does not see it."""

_PLAIN_COLOURS = 5
"""Colours used where colour means nothing: fewer make a calmer picture."""


class CannotDraw(ValueError):
    """The picture asked for cannot be drawn; the message is a French sentence."""


@dataclass(frozen=True)
class Cloud:
    """A drawn cloud. `lines` are the 20 commonest words and their counts in French; `left_out` words found no room."""

    image: bytes
    media_type: str
    layout: CloudLayout
    lines: tuple[str, ...]
    title: str
    left_out: int


def draw_cloud(
    source: Source,
    *,
    size: tuple[int, int] = (1920, 1080),
    dark: bool = False,
    hidden: Iterable[str] = (),
    stop: Iterable[str] = (),
    question: str = "",
    themes: Sequence[int | None] | None = None,
    previous: CloudLayout | None = None,
    seed: int = 0,
    form: Form = "png",
    limit: int = 120,
) -> Cloud:
    """Draw texts (or terms already counted) as a cloud of at most `limit` words; same arguments, same bytes.

    A word's area goes like the number of answers that hold it. `size` is in pixels. Hand the `layout` of one frame
    to the next as `previous` and words stay where they are. `themes`, one number from 0 per text, makes colour mean
    theme. Raises CannotDraw for a size out of bounds or an unknown form. No words: the background alone, no lines.
    Complexity: linear in the texts, then that of `lay_out`.
    """
    check_picture(size, form)
    laid = lay_cloud(
        source,
        size=size,
        hidden=hidden,
        stop=stop,
        question=question,
        themes=themes,
        previous=previous,
        seed=seed,
        limit=limit,
    )
    palette, title = palette_for(dark), titled(laid.terms)
    image = rendered(laid.layout, size, palette, lambda word: palette.colour(tone_of(word, laid, seed)), title, form)
    left_out = len(laid.terms) - len(laid.layout.words)
    return Cloud(image, MEDIA_TYPES[form], laid.layout, listed(laid.terms), title, left_out)


@dataclass(frozen=True)
class Laid:
    """A cloud before it is drawn: every term, the commonest first, and the place of those that found room."""

    terms: tuple[CloudTerm, ...]
    layout: CloudLayout

    @property
    def has_themes(self) -> bool:
        """Whether colour means theme."""
        return any(term.theme is not None for term in self.terms)


def lay_cloud(
    source: Source,
    *,
    size: tuple[int, int],
    hidden: Iterable[str] = (),
    stop: Iterable[str] = (),
    question: str = "",
    themes: Sequence[int | None] | None = None,
    previous: CloudLayout | None = None,
    seed: int = 0,
    limit: int = 120,
    legible: Legibility | None = None,
) -> Laid:
    """The layout alone, for who draws it otherwise (a live page); arguments as in `draw_cloud`.

    `legible` replaces what the shape of the picture says of the smallest word.
    """
    terms = cloud_terms(source, hidden=hidden, stop=stop, question=question, themes=themes)
    words = measured(terms[:limit])
    chosen = legible or legibility(size)
    return Laid(terms, lay_out(words, size[0] / size[1], previous=previous, legible=chosen, seed=seed))


def tone_of(word: PlacedWord, laid: Laid, seed: int = 0) -> int | None:
    """Number of the word's colour: its theme's where colour means theme, else one drawn from the word, which it keeps."""
    if laid.has_themes:
        return word.theme
    digest = blake2b(f"{seed}|{word.key}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) % _PLAIN_COLOURS


MEDIA_TYPES: dict[Form, str] = {"png": "image/png", "svg": "image/svg+xml"}


def check_picture(size: tuple[int, int], form: str) -> None:
    """Raise CannotDraw for a picture that cannot be drawn."""
    if size[0] not in SIDES or size[1] not in SIDES:
        raise CannotDraw(
            f"Une image de {size[0]} × {size[1]} pixels ne peut pas être dessinée : "
            f"chaque côté doit compter entre {SIDES.start} et {SIDES.stop - 1} pixels."
        )
    if form not in get_args(Form):
        raise CannotDraw(f"Forme d’image inconnue : « {form} ». Choisissez « png » ou « svg ».")


def legibility(size: tuple[int, int]) -> Legibility:
    """How big words have to be, on a wall or in a hand."""
    return ON_A_WALL if size[0] >= size[1] else IN_A_HAND


def measured(terms: Sequence[CloudTerm]) -> list[Word]:
    """Words ready to be placed, in the order of the terms; a term that no font can draw is left to the text list."""
    most = max((term.count for term in terms), default=1)
    return [word for term in terms if (word := _measured(term, most))]


def rendered(
    layout: CloudLayout, size: tuple[int, int], palette: Palette, colouring: Colouring, title: str, form: Form
) -> bytes:
    """The layout as the bytes of an image file."""
    if form == "svg":
        return draw_svg(layout, size, palette, colouring, title)
    return draw_png(layout, size, palette, colouring)


def listed(terms: Sequence[CloudTerm]) -> tuple[str, ...]:
    """The commonest words with their counts, as French lines."""
    return tuple(f"{term.text} : {answers(term.count)}" for term in terms[:LISTED])


def answers(count: int) -> str:
    """« 1 réponse », « 12 réponses »."""
    return f"{count} réponse" if count < 2 else f"{count} réponses"


def titled(terms: Sequence[CloudTerm]) -> str:
    """One sentence for a screen reader."""
    if not terms:
        return "Nuage de mots vide"
    return "Nuage de mots. Les plus cités : " + ", ".join(f"{t.text} ({t.count})" for t in terms[:5])


def _measured(term: CloudTerm, most: int) -> Word | None:
    found = drawable(term.text)
    if found is None:
        return None
    text, face = found
    return Word(
        key=term.key,
        text=text,
        count=term.count,
        weight=term.count / most,
        theme=term.theme,
        face=face,
        ink=face.ink(text),
        letters=face.letters(text),
    )
