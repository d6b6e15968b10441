"""Do quotes speak for their theme and read well, and does « dissent » find the other side?

    python -m benchmarks.analysis.voices

Quotes: on our themes of each coded question, the share of quotes whose label is the commonest of their theme, against
that of all its ideas; and how they read, against all ideas (15 to 220 characters, not in capitals, words that the
dictionary knows). Dissent: pairs of codes that pull opposite ways in one question, twenty answers of one and five of the
other made one theme, fifty draws a pair: share of the « dissent » shown that is of the five, against one in five by
chance, with the distance to the centre alone and with the leaning of the words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from statistics import mean

import numpy as np

from analysis.encoders import Cache, UniversalEncoder, encode_cached
from analysis.features import build_space
from analysis.lemmas import accent, is_french_word
from analysis.quotes import dissent, quotes
from analysis.text import spoken, tokens
from analysis.themes import find_themes
from analysis.words import read
from benchmarks.analysis.labelled import questions, rows_of

CACHE: Cache = {}
MAJORITY, MINORITY, DRAWS = 20, 5, 50

OPPOSED = (
    ("fr_chatbot_answers", "TE12", "Taxer les produits et services non écolo", "Pas de taxe punitive"),
    ("fr_chatbot_answers", "OE9", "Plus de numérisation", "Plus de proximité et d'humanité"),
    (
        "fr_chatbot_answers",
        "FI9",
        "Un état et des services publics moins dépensiers et plus efficaces / meilleure utilisation des impôts",
        "Augmentation du nombre et/ou des salaires de fonctionnaires (justice, l'éducation, santé, etc.)",
    ),
    ("fr_chatbot_answers", "TE12", "Aides financières, fiscalité incitative, baisse prix", "Pas de taxe punitive"),
    ("fr_chatbot_answers", "DC11", "plus de référendums", "plus d’exemplarité des dirigeants politiques"),
)
"""The last one is a control: two subjects that do not oppose each other."""


def reads_well(text: str) -> tuple[bool, bool, float]:
    """Of a readable length; not shouted; share of words the dictionary knows."""
    words = tokens(text)
    known = [is_french_word(accent(spoken(word).rstrip("'"))) for word in words if len(word) > 1]
    return 15 <= len(text) <= 220, not text.isupper(), mean(known) if known else 0.0


def speak_for() -> None:
    """One line on the quotes, one on everybody."""
    chosen: list[tuple[bool, str]] = []
    everyone: list[tuple[bool, str]] = []
    for question in questions("french"):
        found = find_themes(question.texts, question=question.question, cache=CACHE)
        for theme in found.themes:
            rows = [row for row, assigned in enumerate(found.assignments) if assigned == theme.id]
            labels = [question.labels[row] for row in rows]
            main = max(sorted(set(labels)), key=labels.count)
            everyone += [(question.labels[row] == main, question.texts[row]) for row in rows]
            chosen += [(question.labels[row] == main, question.texts[row]) for row in theme.quotes]
    for name, found_rows in (("quotes", chosen), ("all ideas", everyone)):
        read_as = [reads_well(text) for _, text in found_rows]
        print(
            f"{name:<10} {len(found_rows):>5}: commonest label {mean(right for right, _ in found_rows):.3f}, "
            f"15-220 characters {mean(r[0] for r in read_as):.3f}, not shouted {mean(r[1] for r in read_as):.3f}, "
            f"known words {mean(r[2] for r in read_as):.3f}"
        )


def other_side(pair: tuple[str, str, str, str], choose: Callable[..., Sequence[int]]) -> float:
    """Share of the dissent shown that is of the minority, over the draws."""
    name, question, many, few = pair
    rows = [row for row in rows_of(name) if row["question_id"] == question]
    sides = [[row["text"] for row in rows if row["labels"] == code] for code in (many, few)]
    if len(sides[0]) < MAJORITY or len(sides[1]) < MINORITY:
        sides = [
            [r["text"] for r in rows if code in r["labels"] and other not in r["labels"]]
            for code, other in ((many, few), (few, many))
        ]
    draw, hits, shown = random.Random(0), 0, 0
    for _ in range(DRAWS):
        texts = [*draw.sample(sides[0], MAJORITY), *draw.sample(sides[1], MINORITY)]
        space = build_space(
            texts, [read(t) for t in texts], ["fr"] * len(texts), encode_cached(UniversalEncoder(), texts, CACHE)
        )
        members = np.arange(len(texts))
        vectors = space.joined()
        apart = choose(vectors, texts, members, quotes(vectors, texts, members))
        hits += sum(row >= MAJORITY for row in apart)
        shown += len(apart)
    return hits / max(shown, 1)


def farthest(rows: np.ndarray, _texts: Sequence[str], members: np.ndarray, _quoted: Sequence[int]) -> tuple[int, ...]:
    """The two ideas farthest from the centre: what « dissent » would be without the words."""
    return tuple(np.argsort(rows[members] @ rows[members].mean(axis=0), kind="stable")[:2].tolist())


def main() -> None:
    speak_for()
    for pair in OPPOSED:
        found = [other_side(pair, choose) for choose in (farthest, dissent)]
        print(f"the other side: by distance {found[0]:.2f}, ours {found[1]:.2f} ({pair[2][:40]} / {pair[3][:40]})")


if __name__ == "__main__":
    main()
