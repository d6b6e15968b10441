"""Words do not overlap, stay where the room saw them, and can be read by everybody."""

import itertools
import math
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from analysis.cloud import draw_cloud
from analysis.cloud_drawing import box_of
from analysis.cloud_terms import CloudTerm
from analysis.cloud_words import ON_A_WALL, CloudLayout, PlacedWord
from analysis.palette import DARK, ENOUGH_CONTRAST, LIGHT, Palette, contrast, palette_for, readable, rgb
from rehearsal.scenario import load_scenario

STAYS_WITHIN = 0.02
ASKED = 0.85


def ideas() -> list[str]:
    """What simulated councillors say, in an order that mixes themes."""
    texts = [idea.text for theme in load_scenario().themes for idea in theme.ideas]
    return [text for start in range(7) for text in texts[start::7]]


def moved(before: CloudLayout, after: CloudLayout) -> list[float]:
    """How far each word of both layouts went, as a share of the diagonal."""
    places = {word.key: word for word in before.words}
    diagonal = math.hypot(after.aspect, 1)
    return [
        math.hypot((word.x - places[word.key].x) * after.aspect, word.y - places[word.key].y) / diagonal
        for word in after.words
        if word.key in places
    ]


def test_from_one_answer_to_the_next_words_stay_where_they_were() -> None:
    texts, layout, stays = ideas(), None, []
    for number in range(8, 140, 6):
        after = draw_cloud(texts[:number], previous=layout, size=(320, 180)).layout
        if layout is not None:
            distances = moved(layout, after)
            stays.append(np.mean([distance < STAYS_WITHIN for distance in distances]))
        layout = after
    assert min(stays) >= ASKED


def test_the_same_words_again_do_not_move_at_all() -> None:
    first = draw_cloud(ideas()[:60], size=(320, 180)).layout
    again = draw_cloud(ideas()[:60], size=(320, 180), previous=first).layout
    assert moved(first, again) == [0.0] * len(first.words)


def test_what_matters_most_glides_to_the_middle() -> None:
    terms = [CloudTerm(f"mot{n}", f"mot{n}", 5) for n in range(30)]
    layout = draw_cloud(terms, size=(320, 180)).layout
    edge = max(layout.words, key=lambda word: abs(word.x - 0.5) + abs(word.y - 0.5))
    for count in range(6, 66, 2):
        grown = [CloudTerm(edge.key, edge.text, count), *(term for term in terms if term.key != edge.key)]
        layout = draw_cloud(grown, size=(320, 180), previous=layout).layout
    now = next(word for word in layout.words if word.key == edge.key)
    assert math.hypot(now.x - 0.5, now.y - 0.5) < math.hypot(edge.x - 0.5, edge.y - 0.5) / 2


def test_without_the_previous_frame_words_do_move() -> None:
    """The claim above can fail: it does when frames are laid out one by one."""
    texts, stays = ideas(), []
    for number in range(20, 140, 40):
        before, after = (draw_cloud(texts[:n], size=(320, 180)).layout for n in (number, number + 3))
        stays.append(np.mean([distance < STAYS_WITHIN for distance in moved(before, after)]))
    assert np.mean(stays) < ASKED


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1350), (640, 360)])
def test_words_are_inside_the_picture_and_no_ink_is_drawn_over_another(size: tuple[int, int]) -> None:
    words = draw_cloud(ideas(), size=size).layout.words
    assert len(words) > 25
    everything = np.zeros((size[1], size[0]), dtype=int)
    for word in words:
        left, top, right, bottom = box_of(word, size)
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
        everything += _ink_of(word, size) > 128
    assert everything.max() == 1


def _ink_of(word: PlacedWord, size: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    from analysis.cloud_drawing import _ink

    return _ink([word], size)


def test_the_smallest_word_is_readable_from_the_back_and_the_biggest_stands_out() -> None:
    sizes = [word.size for word in draw_cloud(ideas()).layout.words]
    assert min(sizes) >= ON_A_WALL.smallest == 0.030
    assert max(sizes) >= 0.080


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_colour_has_enough_contrast(palette: Palette) -> None:
    assert readable([*palette.colours, palette.ink, palette.muted], palette.background)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("themed", [False, True])
def test_the_heart_of_every_letter_drawn_has_enough_contrast(dark: bool, themed: bool) -> None:
    texts, size = ideas(), (960, 540)
    themes = [number % 9 for number in range(len(texts))] if themed else None
    cloud = draw_cloud(texts, size=size, dark=dark, themes=themes)
    pixels = np.asarray(Image.open(BytesIO(cloud.image)).convert("RGB"))
    background = rgb(palette_for(dark).background)
    for word in cloud.layout.words:
        heart = _ink_of(word, size) == 255
        colours = {tuple(int(channel) for channel in pixel) for pixel in pixels[heart]}
        assert len(colours) == 1
        red, green, blue = colours.pop()
        assert contrast((red, green, blue), background) >= ENOUGH_CONTRAST


# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB: no red cones, no green cones, no blue cones.
DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("deficiency", sorted(DEFICIENCIES))
def test_colour_blind_people_tell_any_two_theme_colours_apart(palette: Palette, deficiency: str) -> None:
    """Ten CIELAB units: about four times the difference that is just seen side by side."""
    seen = [_lab(np.array(DEFICIENCIES[deficiency]) @ _linear(colour)) for colour in palette.colours]
    assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) >= 10


def _linear(colour: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    channels = np.array(rgb(colour)) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _lab(
    linear: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.clip(to_xyz @ np.clip(linear, 0, 1), 1e-9, None) / np.array([0.95047, 1, 1.08883]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
