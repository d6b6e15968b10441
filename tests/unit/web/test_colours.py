"""Every text colour of the design can be read on what it stands on, in light and in dark, also by the colour-blind."""

import re
from itertools import combinations
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[3] / "web" / "static" / "palabre.css").read_text(encoding="utf-8")
READABLE = 4.5
TEXTS = ["ink", "soft", "accent", "warm", *(f"theme-{n}" for n in range(8))]
GROUNDS = ["paper", "card"]
THEMES = [f"theme-{n}" for n in range(8)]
# Machado, Oliveira and Fernandes (2009), severity 1: linear RGB as a protanope and a deuteranope see it.
SEEN_AS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(CSS.split("@media")[0])
DARK = {**LIGHT, **tokens(CSS.split(':root[data-theme="dark"] {')[1].split("}")[0])}
AUTO_DARK = {**LIGHT, **tokens(CSS.split("@media (prefers-color-scheme: dark) {")[1].split("}")[0])}
MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, c)) for c in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, eyes: str) -> float:
    seen = [
        lab(tuple(sum(a * b for a, b in zip(row, linear(c), strict=True)) for row in SEEN_AS[eyes]))
        for c in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_the_dark_of_the_device_is_the_dark_of_the_address() -> None:
    assert AUTO_DARK == DARK


@MODES
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_colour_is_readable(colours: dict[str, str], ground: str) -> None:
    weak = {text: contrast(colours[text], colours[ground]) for text in TEXTS}
    assert {text: ratio for text, ratio in weak.items() if ratio < READABLE} == {}


@MODES
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "accent-soft"),
        ("soft", "accent-soft"),
        ("on-accent", "accent"),
        ("warm", "warm-soft"),
        ("paper", "ink"),
        ("paper", "warm"),
        *[("ink", f"note-{n}") for n in range(4)],
    ],
)
def test_text_on_a_coloured_ground_is_readable(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= READABLE


@MODES
def test_a_bar_stands_out_from_its_track(colours: dict[str, str]) -> None:
    assert contrast(colours["accent"], colours["accent-soft"]) >= 3


@MODES
@pytest.mark.parametrize("eyes", SEEN_AS)
def test_the_first_six_themes_differ_for_the_colour_blind(colours: dict[str, str], eyes: str) -> None:
    close = {
        (one, other): round(distance(colours[one], colours[other], eyes), 1)
        for one, other in combinations(THEMES[:6], 2)
        if distance(colours[one], colours[other], eyes) < 8
    }
    assert close == {}
