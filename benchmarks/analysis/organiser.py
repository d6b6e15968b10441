"""Simulate an organiser who corrects twenty ideas from gold labels: do the others follow?

    python -m benchmarks.analysis.organiser

For each question: themes are found, twenty misplaced ideas drawn at random are moved to the theme where their
label is most at home (a new one when there is none), themes are found again. Accuracy is the share of the ideas
nobody moved whose label is the commonest of their theme; ARI is over the same ideas. The control pins the same
ideas without learning from them.
"""

from __future__ import annotations

import random
from collections import Counter
from statistics import mean

from sklearn.metrics import adjusted_rand_score

from analysis import constraining
from analysis.encoders import Encoder, NoEncoder, UniversalEncoder
from analysis.lineage import Constraints, Previous
from analysis.result import Themes
from analysis.themes import find_themes
from benchmarks.analysis.labelled import Question, questions

MOVES = 20


def corrected(question: Question, found: Themes, moves: int = MOVES) -> dict[int, int]:
    """Row → theme id of the moves an organiser who knows the labels would make."""
    home: dict[str, Counter[int]] = {}
    main: dict[int, str] = {}
    for theme in found.themes:
        labels = Counter(q for q, a in zip(question.labels, found.assignments, strict=True) if a == theme.id)
        main[theme.id] = labels.most_common(1)[0][0]
        for label, count in labels.items():
            home.setdefault(label, Counter())[theme.id] += count
    named = {label: theme for theme, label in reversed(main.items())}
    fresh = max(main, default=0)
    misplaced = [r for r, a in enumerate(found.assignments) if a is not None and main[a] != question.labels[r]]
    pins: dict[int, int] = {}
    for row in random.Random(0).sample(misplaced, min(moves, len(misplaced))):
        label = question.labels[row]
        if label not in named:
            fresh += 1
            named[label] = fresh
        pins[row] = named[label]
    return pins


def score(question: Question, found: Themes, rows: list[int]) -> tuple[float, float]:
    """(ARI, accuracy) over some rows."""
    gold = [question.labels[r] for r in rows]
    ours = [found.assignments[r] or 0 for r in rows]
    right = sum(max(Counter(g for g, o in zip(gold, ours, strict=True) if o == t).values()) for t in set(ours))
    return adjusted_rand_score(gold, ours), right / len(rows)


def measure(question: Question, encoder: Encoder) -> list[tuple[float, float]]:
    """Scores of the ideas nobody moved: before, pinned without learning, pinned and learned."""
    cache: dict[str, bytes] = {}
    settings = {"encoder": encoder, "cache": cache, "question": question.question}
    first = find_themes(question.texts, **settings)
    pins = corrected(question, first)
    rest = [r for r in range(len(question.texts)) if r not in pins]
    before = Previous(first.assignments, places=first.map)
    learning, constraining.followed = constraining.followed, lambda _rows, labels, _pinned: labels
    try:
        pinned = find_themes(question.texts, previous=before, constraints=Constraints(pins), **settings)
    finally:
        constraining.followed = learning
    learned = find_themes(question.texts, previous=before, constraints=Constraints(pins), **settings)
    return [score(question, found, rest) for found in (first, pinned, learned)]


def main() -> None:
    chosen = questions("french")
    for encoder in (UniversalEncoder(), NoEncoder()):
        scores = [measure(question, encoder) for question in chosen]
        print(f"encoder {encoder.name}, {len(scores)} questions, {MOVES} moves; ARI / accuracy of the ideas not moved")
        for name, column in zip(("before", "pinned only", "pinned, learned"), zip(*scores, strict=True), strict=True):
            print(f"  {name:<16} {mean(s[0] for s in column):.3f} / {mean(s[1] for s in column):.3f}")


if __name__ == "__main__":
    main()
