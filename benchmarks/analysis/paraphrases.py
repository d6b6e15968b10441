"""Of the pairs that the review page proposes as the same idea in other words, how many did people code alike?

    python -m benchmarks.analysis.paraphrases

The chatbot consultation's coded answers (never learned from), question by question, at most 600 each: the pairs of
`Given.paraphrases`, as many pairs of the greatest cosine alone, and all pairs; then the CPU time of the comparison
beside that of the themes of the same answers, vectors cached for both.
"""

from __future__ import annotations

import time

import numpy as np

from analysis.duplicates import SAME_FROM
from analysis.encoders import UniversalEncoder
from analysis.sameness import Given, given
from analysis.text import fold
from analysis.themes import find_themes
from benchmarks.analysis.labelled import rows_of

MOST = 600
FEWEST = 100

Codes = list[set[str]]


def nearest(known: Given, most: int) -> list[tuple[int, int]]:
    """The pairs of greatest cosine that are no copies, each answer in one pair: what the encoder alone would propose."""
    likeness = np.triu(known.vectors @ known.vectors.T, 1)
    taken: set[int] = set()
    found: list[tuple[int, int]] = []
    for place in np.argsort(-likeness, axis=None, kind="stable").tolist():
        low, high = divmod(place, len(known.texts))
        if len(found) == most:
            break
        if taken.isdisjoint((low, high)) and known.spellings.likeness(known.texts[low], high) < SAME_FROM:
            taken |= {low, high}
            found.append((low, high))
    return found


def alike(codes: Codes, pairs: list[tuple[int, int]]) -> int:
    """How many of the pairs share a code."""
    return sum(bool(codes[low] & codes[high]) for low, high in pairs)


def main() -> None:
    groups: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows_of("fr_chatbot_answers"):
        if row["label"]:
            groups.setdefault(row["question_id"], {}).setdefault(fold.__wrapped__(row["text"]), row)
    found, bases, seconds, beside = np.zeros(3, int), [], 0.0, 0.0
    for question, answers in sorted(groups.items()):
        rows = list(answers.values())[:MOST]
        if len(rows) < FEWEST:
            continue
        texts, codes = [row["text"] for row in rows], [set(row["labels"].split(" | ")) for row in rows]
        cache: dict[str, bytes] = {}
        find_themes(texts, cache=cache)
        begun = time.process_time()
        find_themes(texts, cache=cache)
        grouped = time.process_time()
        known = given(texts, UniversalEncoder(), cache, ["fr"] * len(texts))
        pairs = [pair[:2] for pair in known.paraphrases()]
        compared = time.process_time()
        beside, seconds = beside + grouped - begun, seconds + compared - grouped
        ours, cosine = alike(codes, pairs), alike(codes, nearest(known, len(pairs)))
        found += (len(pairs), ours, cosine)
        every = [(a, b) for a in range(len(rows)) for b in range(a)]
        bases.append(alike(codes, every) / len(every))
        print(
            f"{question:<6} {len(rows)} answers, {len(pairs)} pairs: ours {ours}, cosine {cosine}, any {bases[-1]:.3f}"
        )
    proposed, ours, cosine = found.tolist()
    print(
        f"coded alike, of {proposed}: ours {ours / proposed:.3f}, cosine {cosine / proposed:.3f}, any {np.mean(bases):.3f}"
    )
    print(f"CPU beside the themes of the same answers, vectors cached: {seconds / beside:.2f}")


if __name__ == "__main__":
    main()
