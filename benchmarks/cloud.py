"""Measure the word cloud against the stock layout of wordcloud: stability, speed, legibility.

Run `python -m benchmarks.cloud` from the project's root; reads `labelled/fr_chatbot_answers.csv` (see PALABRE_DATA).
"""

import csv
import math
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import numpy as np
from PIL import Image, ImageFont

from analysis.cloud import draw_cloud, measured
from analysis.cloud_layout import lay_out
from analysis.cloud_terms import CloudTerm, cloud_terms
from analysis.cloud_words import CloudLayout
from analysis.palette import contrast, palette_for, rgb

DATA = Path(os.environ.get("PALABRE_DATA") or Path(__file__).parents[2] / "shared" / "data")
WIDTH, HEIGHT = 1920, 1080
STAYS = 0.02
WORDS = 120


@dataclass(frozen=True)
class Question:
    """The answers to one open question, in the order they came."""

    text: str
    answers: tuple[str, ...]


Centres = dict[str, tuple[float, float]]
"""Centre of each word, as shares of the width and of the height."""


def questions() -> list[Question]:
    """The questions of the consultation, the most answered first."""
    with (DATA / "labelled" / "fr_chatbot_answers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    asked = dict.fromkeys(row["question"] for row in rows)
    found = [Question(q, tuple(row["text"] for row in rows if row["question"] == q)) for q in asked]
    return sorted(found, key=lambda question: -len(question.answers))


def moved(before: Centres, after: Centres) -> list[float]:
    """Distances of the words of both frames, as shares of the diagonal."""
    diagonal = math.hypot(WIDTH, HEIGHT)
    return [
        math.hypot((x - before[key][0]) * WIDTH, (y - before[key][1]) * HEIGHT) / diagonal
        for key, (x, y) in after.items()
        if key in before
    ]


def ours(terms: Sequence[CloudTerm], previous: CloudLayout | None) -> CloudLayout:
    return lay_out(measured(terms[:WORDS]), WIDTH / HEIGHT, previous=previous)


def stock(terms: Sequence[CloudTerm]) -> Centres:
    """The layout of wordcloud with its own defaults, at the size of the picture."""
    from wordcloud import WordCloud

    cloud = WordCloud(width=WIDTH, height=HEIGHT, max_words=WORDS, random_state=Random(0))
    cloud.generate_from_frequencies({term.text: term.count for term in terms[:WORDS]})
    centres = {}
    for (word, _), size, (row, column), orientation, _ in cloud.layout_:
        left, top, right, bottom = ImageFont.truetype(cloud.font_path, size).getbbox(word)
        wide, high = (right - left, bottom - top) if orientation is None else (bottom - top, right - left)
        centres[word] = ((column + wide / 2) / WIDTH, (row + high / 2) / HEIGHT)
    return centres


def follow(
    name: str, question: Question, counts: Sequence[int], frame: Callable[[Sequence[CloudTerm]], Centres]
) -> None:
    """Draw the cloud after each number of answers and tell how far words went."""
    before: Centres | None = None
    stays, jumps, seconds = [], [], []
    for count in counts:
        terms = cloud_terms(question.answers[:count], question=question.text)
        started = process_time()
        after = frame(terms)
        seconds.append(process_time() - started)
        if before is not None:
            distances = moved(before, after)
            stays.append(float(np.mean([d < STAYS for d in distances])))
            jumps.append(float(np.mean(distances)))
        before = after
    print(
        f"{name:28} {len(counts):4} images   restent {np.mean(stays):6.1%} (pire {min(stays):4.0%})   "
        f"saut moyen {np.mean(jumps):6.2%}   {np.mean(seconds) * 1000:7.1f} ms (max {max(seconds) * 1000:.0f})"
    )


def following_ours() -> Callable[[Sequence[CloudTerm]], Centres]:
    kept: list[CloudLayout] = []

    def frame(terms: Sequence[CloudTerm]) -> Centres:
        kept.append(ours(terms, kept[-1] if kept else None))
        return {word.key: (word.x, word.y) for word in kept[-1].words}

    return frame


def timed(question: Question) -> None:
    """The whole way from texts to bytes, and the picture alone."""
    started = process_time()
    terms = cloud_terms(question.answers, question=question.text)
    print(f"lire {len(question.answers)} réponses : {(process_time() - started) * 1000:.0f} ms")
    for size in ((1080, 1350), (1920, 1080), (3840, 2160)):
        for form in ("png", "svg"):
            started, wall = process_time(), perf_counter()
            cloud = draw_cloud(terms, size=size, form=form)  # type: ignore[arg-type] # one of the two literals
            print(
                f"{size[0]} × {size[1]} {form} : {(process_time() - started) * 1000:5.0f} ms CPU, "
                f"{(perf_counter() - wall) * 1000:5.0f} ms, {len(cloud.image) // 1024} Ko, "
                f"{len(cloud.layout.words)} mots, le plus petit {min(w.size for w in cloud.layout.words) * min(size):.0f} px"
            )


def contrasts(question: Question) -> None:
    """The weakest contrast measured on the pictures, over their most frequent colours."""
    for dark in (False, True):
        image = draw_cloud(question.answers, dark=dark).image
        picture = Image.open(BytesIO(image)).convert("RGB")
        counted = sorted(picture.getcolors(maxcolors=1 << 24) or (), reverse=True)
        background = rgb(palette_for(dark).background)
        inks = [pixel for _, pixel in counted if pixel in {rgb(c) for c in palette_for(dark).colours}]
        weakest = min(contrast((r, g, b), background) for r, g, b in inks)  # type: ignore[misc] # RGB pixels
        print(f"{'sombre' if dark else 'clair':7} contraste le plus faible {weakest:.1f}:1")


def main() -> int:
    if not DATA.is_dir():
        print("les données ne sont pas sur cette machine", file=sys.stderr)
        return 2
    found = questions()
    draw_cloud(["premier appel"])  # fonts, dictionary and wordcloud itself are loaded once
    for question in found[:3]:
        print(f"\n{len(question.answers)} réponses")
        follow("à chaque réponse, 10 à 150", question, range(10, 151), following_ours())
        follow("toutes les 10, 200 à 400", question, range(200, 401, 10), following_ours())
        follow("stock, toutes les 10", question, range(200, 261, 10), stock)
    print()
    timed(found[0])
    contrasts(found[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
