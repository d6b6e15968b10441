"""Are the labels of themes good? Against the words people gave their own groups, and against plain TF-IDF words.

    python -m benchmarks.analysis.labels [--rooms]

On the groups people coded (so that only naming is measured), question by question: share of labels that hold a word
of the human label (by stem); F1 of « holds a word of the label » as a guess of « is in the group »; NPMI of the pairs
of words of a label over the question's answers; share of one-word labels, of labels given twice, of labels without any
word. Rivals show their three best words: TF-IDF, class-based TF-IDF (the formula of BERTopic), frequency. `--rooms`
prints the labels of small rooms, twelve to forty ideas, to be read by a person.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from statistics import mean

import numpy as np

from analysis.encoders import Cache
from analysis.expressions import join_expressions
from analysis.lemmas import stem
from analysis.naming import name_themes
from analysis.terms import stop_keys
from analysis.text import tokens
from analysis.themes import find_themes
from analysis.words import Reading, keys, read, read_word
from benchmarks.analysis.labelled import Question, questions
from rehearsal.scenario.scenario import load_scenario

SHOWN = 3
ROOMS = (12, 20, 40)

Namer = Callable[[Sequence[Reading], np.ndarray, str], list[str]]


def ours(readings: Sequence[Reading], labels: np.ndarray, question: str) -> list[str]:
    """The product's labels."""
    named = name_themes(join_expressions(readings), labels, question=question, least=2)
    return [name.label for name in named]


def weighted(weigh: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> Namer:
    """Labels made of the three lemmas of most weight, words of the question left out as ours do."""

    def name(readings: Sequence[Reading], labels: np.ndarray, question: str) -> list[str]:
        held = [Counter(keys(reading)) for reading in readings]
        asked = stop_keys([question])
        vocabulary = sorted({key for counts in held for key in counts} - asked)
        place = {key: i for i, key in enumerate(vocabulary)}
        counted = np.zeros((int(labels.max()) + 1, len(vocabulary)))
        for counts, label in zip(held, labels, strict=True):
            for key, count in counts.items():
                if key in place:
                    counted[label, place[key]] += count
        spread = np.bincount([place[key] for counts in held for key in counts if key in place], minlength=len(place))
        weights = weigh(counted, spread, np.array([len(held)]))
        return [", ".join(vocabulary[i] for i in np.argsort(-row, kind="stable")[:SHOWN]) for row in weights]

    return name


NAMERS: dict[str, Namer] = {
    "ours": ours,
    "c-TF-IDF": weighted(lambda c, _s, _n: c / c.sum(1, keepdims=True) * np.log(1 + c.sum() / len(c) / c.sum(0))),
    "TF-IDF": weighted(lambda c, s, n: c * np.log(n / s)),
    "frequency": weighted(lambda c, _s, _n: c),
}


def stems(text: str) -> set[str]:
    """Stems of the content words of a text, weak words included."""
    return {stem(word.key) for word in map(read_word, tokens(text)) if not word.function}


def measure(question: Question, namer: Namer) -> dict[str, float]:
    """Every measure of one namer on the groups of one question."""
    readings = [read(text) for text in question.texts]
    held = [{stem(key) for key in keys(reading)} for reading in readings]
    order = sorted(set(question.labels))
    labels = np.array([order.index(label) for label in question.labels])
    named = namer(readings, labels, question.question)
    words = [stems(label) for label in named]
    groups = [[h for h, label in zip(held, labels, strict=True) if label == g] for g in range(len(order))]
    hits = [bool(w & stems(gold)) for w, gold in zip(words, order, strict=True)]
    return {
        "human word": mean(hits),
        "F1": mean(_f1(w, group, held) for w, group in zip(words, groups, strict=True)),
        "NPMI": mean(_npmi(w, held) for w in words),
        "one word": mean(len(label.split()) == 1 for label in named),
        "twice": 1 - len(set(named)) / len(named),
        "words": mean(len(label.split()) for label in named),
    }


def _f1(words: set[str], group: list[set[str]], everyone: list[set[str]]) -> float:
    right = sum(bool(words & held) for held in group)
    found = sum(bool(words & held) for held in everyone)
    return 2 * right / (found + len(group))


def _npmi(words: set[str], held: list[set[str]]) -> float:
    """Mean normalised PMI of the pairs of words over the answers; 0 for a single word, -1 when they never meet."""
    total, scores = len(held), []
    for one in words:
        for other in words:
            if one < other:
                both = sum(one in h and other in h for h in held)
                single = sum(one in h for h in held) * sum(other in h for h in held)
                scores.append(log(both * total / single) / -log(both / total) if both else -1.0)
    return mean(scores) if scores else 0.0


def rooms() -> list[tuple[str, str, list[str]]]:
    """(name, question, ideas) of small rooms: the rehearsal's three workshops, then samples of the coded questions."""
    found = []
    for theme in load_scenario().themes:
        for size in ROOMS:
            drawn = random.Random(size).sample(theme.ideas, size)
            found.append((f"{theme.key} {size}", theme.question, [idea.text for idea in drawn]))
    for place, question in enumerate(questions("french")):
        for size in ROOMS:
            drawn_texts = random.Random(size + place).sample(question.texts, size)
            found.append((f"{question.name} {size}", question.question, list(drawn_texts)))
    return found


def show_rooms() -> None:
    """Print every label of the small rooms, with the ideas it stands for."""
    cache: Cache = {}
    labels: list[str] = []
    for name, question, texts in rooms():
        found = find_themes(texts, question=question, cache=cache)
        print(f"\n{name}: {question[:90]}")
        for theme in found.themes:
            labels.append(theme.label)
            print(f"  [{theme.label}] ({theme.size})")
            for row, assigned in enumerate(found.assignments):
                if assigned == theme.id:
                    print("      -", " ".join(texts[row].split())[:110])
    one, example = (sum(test(label) for label in labels) for test in (lambda n: " " not in n, lambda n: n[-1] == "…"))
    numbered = sum(label.startswith("Thème ") for label in labels)
    print(f"{len(labels)} labels, {one} of one word, {example} examples « … », {numbered} numbered")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rooms", action="store_true")
    if parser.parse_args().rooms:
        show_rooms()
        return
    chosen = questions("french")
    print(f"{len(chosen)} questions, {sum(len(set(q.labels)) for q in chosen)} groups that people made")
    for name, namer in NAMERS.items():
        rows = [measure(question, namer) for question in chosen]
        print(f"{name:<10}", "  ".join(f"{key} {mean(row[key] for row in rows):.3f}" for key in rows[0]))


if __name__ == "__main__":
    main()
