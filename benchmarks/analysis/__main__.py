"""Score our themes and every peer on coded answers, question by question, in one run.

    python -m benchmarks.analysis [--families french city english catalan] [--questions N] [--bootstraps B] [--out FILE]

Rows with one label, repeated texts removed, labels of at least five rows. « french » is scored twice: with and
without the rows people coded « Autre / Passer », which is a remainder and not a theme. No parameter is set from a
question: those of the product are the same for all. Every answer left in no group counts as one more group.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from statistics import mean

import numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from benchmarks.analysis.labelled import Question, questions
from benchmarks.analysis.peers import Labels, Recipe, encoded, recipes

MEASURES = ("ARI", "NMI", "purity", "log2 k", "bootstrap", "seconds")
KEPT = 0.8


def without_remainder(question: Question) -> Question:
    """The question without the rows coded « Autre / Passer »."""
    kept = [i for i, label in enumerate(question.labels) if not label.lower().startswith("autre")]
    return replace(
        question,
        family=f"{question.family}, themes only",
        texts=tuple(question.texts[i] for i in kept),
        labels=tuple(question.labels[i] for i in kept),
        rows=tuple(question.rows[i] for i in kept),
    )


def score(question: Question, recipe: Recipe, bootstraps: int) -> dict[str, float]:
    """Every measure of one recipe on one question; seconds are those of one CPU, vectors being known."""
    begun = time.process_time()
    found = recipe(question.texts, question.question, 0)
    seconds = time.process_time() - begun
    groups = len(set(found[found >= 0].tolist()))
    return {
        "ARI": adjusted_rand_score(question.labels, found),
        "NMI": normalized_mutual_info_score(question.labels, found),
        "purity": purity(question.labels, found),
        "log2 k": abs(log2(max(groups, 1) / len(set(question.labels)))),
        "bootstrap": bootstrap(question, recipe, found, bootstraps),
        "seconds": seconds,
    }


def purity(labels: tuple[str, ...], found: Labels) -> float:
    """Share of the answers whose label is the commonest of their group."""
    gold = np.array(labels)
    return sum(np.unique(gold[found == g], return_counts=True)[1].max() for g in set(found.tolist())) / len(gold)


def bootstrap(question: Question, recipe: Recipe, found: Labels, times: int) -> float:
    """Mean ARI between the whole run and runs on 80 % of the answers, each with its own seed."""
    rng = np.random.default_rng(0)
    scores = []
    for seed in range(1, times + 1):
        drawn = np.sort(rng.choice(len(found), int(KEPT * len(found)), replace=False))
        again = recipe([question.texts[i] for i in drawn], question.question, seed)
        scores.append(adjusted_rand_score(found[drawn], again))
    return mean(scores) if scores else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--families", nargs="*", default=["french", "city"])
    parser.add_argument("--questions", type=int, default=100, help="at most so many of each family")
    parser.add_argument("--bootstraps", type=int, default=2)
    parser.add_argument("--only", nargs="*", help="names of recipes")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    chosen = [q for family in args.families for q in questions(family)[: args.questions]]
    chosen += [without_remainder(q) for q in chosen if q.family == "french"]
    for question in chosen:
        encoded(question.texts)
    results: dict[str, dict[str, dict[str, float]]] = {}
    for name, recipe in recipes().items():
        if args.only and name not in args.only:
            continue
        results[name] = {f"{q.name} ({q.family})": score(q, recipe, args.bootstraps) for q in chosen}
        for family in dict.fromkeys(q.family for q in chosen):
            rows = [results[name][f"{q.name} ({q.family})"] for q in chosen if q.family == family]
            figures = "  ".join(f"{measure} {mean(row[measure] for row in rows):.3f}" for measure in MEASURES)
            print(f"{name:<24} {family:<22} n={len(rows):<3} {figures}", flush=True)
    if args.out:
        about = {"date": datetime.now(UTC).date().isoformat(), "machine": platform.processor() or platform.machine()}
        args.out.write_text(json.dumps(about | {"results": results}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
