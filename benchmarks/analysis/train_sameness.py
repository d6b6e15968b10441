"""Calibrate « is it the same idea? » on pairs that people coded alike, from sets with an open licence.

    python -m benchmarks.analysis.train_sameness

Pairs are each coded answer with its ten nearest by the encoder, inside its question: English arguments sharing a
key point (CDLA-Sharing 1.0) and French answers sharing a code (annotations CC BY-SA 4.0). Logistic regression of
« same » on the encoder's cosine, the share of stems in common and the edit likeness; prints the weights to copy in
analysis/sameness.py, the average precision of each signal, and Brier scores on topics left out.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import GroupKFold, cross_val_predict

from analysis.encoders import UniversalEncoder, encode_cached
from analysis.sameness import signals
from analysis.text import fold
from benchmarks.analysis.labelled import rows_of

NEAREST = 10
CACHE: dict[str, bytes] = {}


def pairs_of(name: str, column: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """(pairs, signals), whether they share a code, and the question of each pair."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(name):
        if row["label"]:
            groups.setdefault(row[column], []).append(row)
    found, same, of = [], [], []
    for question, rows in sorted(groups.items()):
        rows = list({fold.__wrapped__(row["text"]): row for row in rows}.values())[:400]
        if len(rows) <= NEAREST:
            continue
        vectors = encode_cached(UniversalEncoder(), [row["text"] for row in rows], CACHE)
        likeness = vectors @ vectors.T
        np.fill_diagonal(likeness, -1)
        for one, close in enumerate(np.argsort(-likeness, axis=1)[:, :NEAREST]):
            for other in close:
                found.append(signals(rows[one]["text"], rows[other]["text"], float(likeness[one, other])))
                same.append(bool(set(rows[one]["labels"].split(" | ")) & set(rows[other]["labels"].split(" | "))))
                of.append(f"{name}:{question}")
    return np.array(found), np.array(same), of


def main() -> None:
    for sets in (
        [("en_key_points", "topic")],
        [("fr_annotated_answers", "question_id"), ("fr_annotated_striking", "question_id")],
    ):
        parts = [pairs_of(*one) for one in sets]
        x, y = np.vstack([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
        groups = [g for p in parts for g in p[2]]
        model = LogisticRegression(C=10)
        folds = GroupKFold(min(5, len(set(groups))))
        chance = cross_val_predict(model, x, y, groups=groups, cv=folds, method="predict_proba")[:, 1]
        print(sets[0][0], f"{len(y)} pairs, {y.mean():.2f} the same")
        for name, column in zip(("encoder", "stems", "edit", "together"), [*x.T, chance], strict=True):
            print(f"  average precision, {name}: {average_precision_score(y, column):.3f}")
        print(f"  Brier {brier_score_loss(y, chance):.3f}, of the base rate {y.mean() * (1 - y.mean()):.3f}")
        fitted = model.fit(x, y)
        print("  weights", fitted.coef_[0].round(2).tolist(), "constant", round(float(fitted.intercept_[0]), 2))


if __name__ == "__main__":
    main()
