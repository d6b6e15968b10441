"""Calibrate « is it the same idea? » on pairs that people coded alike, and check copies, in one run.

    python -m benchmarks.analysis.train_sameness

Pairs are each coded answer with its ten nearest by the encoder, inside its question: English arguments sharing a key
point (CDLA-Sharing 1.0) and French answers sharing a code (annotations CC BY-SA 4.0). Logistic regression of « same »
on `sameness.SIGNALS`, one for French and one for other languages; prints the weights to copy in analysis/sameness.py
and, on questions left out, average precision (of all pairs, and the mean inside a question), Brier score and expected
calibration error. The chatbot consultation (no licence) is scored with the French weights, never learned from. Copies:
600 answers retyped with slips are looked for among 5 000 by `closest` itself.
"""

from __future__ import annotations

import csv
import gzip
import random
import time
from statistics import mean, median

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import GroupKFold, cross_val_predict

from analysis.encoders import UniversalEncoder
from analysis.sameness import NEAREST, SIGNALS, given, nearness, signals
from analysis.text import fold
from benchmarks.analysis.labelled import data_folder, rows_of

CACHE: dict[str, bytes] = {}
GIVEN, RETYPED = 5_000, 600

FRENCH = [("fr_annotated_answers", "question_id"), ("fr_annotated_striking", "question_id")]
Pairs = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_]]
"""(pairs, cosine then signals), whether they share a code, and the question of each pair."""


def pairs_of(name: str, column: str, language: str) -> Pairs:
    """Every answer of a coded set with its ten nearest."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(name):
        if row["label"]:
            groups.setdefault(row[column], []).append(row)
    found, same, of = [], [], []
    for question, rows in sorted(groups.items()):
        rows = list({fold.__wrapped__(row["text"]): row for row in rows}.values())[:400]
        if len(rows) <= NEAREST:
            continue
        texts = [row["text"] for row in rows]
        known = given(texts, UniversalEncoder(), CACHE, [language] * len(texts))
        likeness = known.vectors @ known.vectors.T
        np.fill_diagonal(likeness, -1)
        codes = [set(row["labels"].split(" | ")) for row in rows]
        for one in range(len(rows)):
            near = nearness(likeness[one])
            for other in np.argsort(-likeness[one], kind="stable")[:NEAREST].tolist():
                told = signals(known.heard[one], known.heard[other], known.rarity, near)
                found.append((float(likeness[one, other]), *told))
                same.append(bool(codes[one] & codes[other]))
                of.append(f"{name}:{question}")
    return np.array(found), np.array(same), np.array(of)


def report(title: str, chance: NDArray[np.float64], same: NDArray[np.bool_], of: NDArray[np.str_]) -> None:
    """One line of figures."""
    inside = mean(average_precision_score(same[of == q], chance[of == q]) for q in sorted(set(of.tolist())))
    base = same.mean() * (1 - same.mean())
    print(
        f"  {title:<28} average precision {average_precision_score(same, chance):.3f}, inside a question {inside:.3f}, "
        f"Brier {brier_score_loss(same, chance.clip(0, 1)):.3f} (base rate {base:.3f}), "
        f"calibration error {calibration_error(same, chance):.3f}"
    )


def calibration_error(same: NDArray[np.bool_], chance: NDArray[np.float64], bins: int = 10) -> float:
    """Mean gap between the chance told and the share observed, over ten bins of chance weighted by their size."""
    place = np.minimum((chance.clip(0, 1) * bins).astype(int), bins - 1)
    gaps = [abs(chance[place == b].mean() - same[place == b].mean()) * (place == b).mean() for b in set(place.tolist())]
    return float(sum(gaps))


def learn(title: str, parts: list[Pairs]) -> LogisticRegression:
    """Cross-validated figures over questions left out, then the weights learned on all."""
    x, same, of = (np.concatenate([part[i] for part in parts]) for i in range(3))
    x[:, 2] *= title == "fr"  # the civic words are French
    print(f"{title}: {len(same)} pairs of {len(set(of.tolist()))} questions, {same.mean():.3f} the same")
    report("encoder's cosine alone", x[:, 0], same, of)
    model = LogisticRegression(C=10, max_iter=1_000)
    folds = GroupKFold(5)
    chance = cross_val_predict(model, x[:, 1:], same, groups=of, cv=folds, method="predict_proba")[:, 1]
    report("together, questions left out", chance, same, of)
    fitted = model.fit(x[:, 1:], same)
    weights = [*fitted.coef_[0].round(2).tolist(), round(float(fitted.intercept_[0]), 2)]
    print("  weights", dict(zip((*SIGNALS, "constant"), weights, strict=True)))
    return fitted


def retyped(text: str, draw: random.Random) -> str:
    """The text as somebody else would type it: two slips, no accents, capitals, a word dropped or halves swapped."""
    words = text.split()
    kind = draw.randrange(4)
    if kind == 0:
        return fold.__wrapped__(text).upper()
    if kind == 1 and len(words) > 5:
        words.pop(draw.randrange(len(words)))
    if kind == 2:
        words = words[len(words) // 2 :] + words[: len(words) // 2]
    letters = list(" ".join(words))
    for _ in range(2):
        place = draw.randrange(len(letters))
        letters[place] = draw.choice(["", letters[place] * 2, "e"])
    return "".join(letters)


def copies() -> None:
    """Are retyped answers found among 5 000, at what precision, and in how many milliseconds?"""
    draw, texts = random.Random(0), []
    with gzip.open(data_folder() / "scale/fr_gdn_answers.csv.gz", "rt", encoding="utf-8") as file:
        kept = {fold.__wrapped__(r["text"]): r["text"] for r in csv.DictReader(file) if 15 < len(r["text"]) < 400}
    texts = draw.sample(list(kept.values()), GIVEN + RETYPED)
    known, strangers = given(texts[:GIVEN], UniversalEncoder(), CACHE), texts[GIVEN:]
    found, scores, truth, seconds = 0, [], [], []
    for row in range(RETYPED):
        for text, real in ((retyped(known.texts[row], draw), True), (strangers[row], False)):
            begun = time.process_time()
            best = known.closest(text, 1)[0]
            seconds.append(time.process_time() - begun)
            scores.append(known.spellings.likeness(text, best.row))
            truth.append(real and best.row == row)
            found += real and best.copy and best.row == row
    wrong = sum(score >= 0.86 and not real for score, real in zip(scores, truth, strict=True))
    print(f"copies: {RETYPED} answers retyped and {RETYPED} others, looked for among {GIVEN}")
    print(
        f"  average precision {average_precision_score(truth, scores):.3f}, found {found / RETYPED:.3f}, {wrong} wrong"
    )
    print(f"  one new idea: median {1000 * median(seconds):.0f} ms of CPU, worst {1000 * max(seconds):.0f}")


def main() -> None:
    learn("other", [pairs_of("en_key_points", "topic", "en")])
    french = learn("fr", [pairs_of(name, column, "fr") for name, column in FRENCH])
    x, same, of = pairs_of("fr_chatbot_answers", "question_id", "fr")
    print(f"chatbot consultation, never learned from: {len(same)} pairs, {same.mean():.3f} the same")
    report("encoder's cosine alone", x[:, 0], same, of)
    report("French weights", french.predict_proba(x[:, 1:])[:, 1], same, of)
    copies()


if __name__ == "__main__":
    main()
