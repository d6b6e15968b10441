"""Several languages in one question: do themes follow the subject or the language?

    python -m benchmarks.analysis.mixed

First sixty ideas of our own (translations.csv, six subjects) said in two to four languages: NMI of the themes with the
language, and the share of pairs of translations that share a theme. Then proposals of one city in Catalan (which the
encoder does not know) and Spanish, as many of each; they are not translations of each other, so people's own labels
depend a little on the language too.
"""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, normalized_mutual_info_score

from analysis.themes import find_themes
from benchmarks.analysis.labelled import rows_of

MOST_ROWS = 600
MIXES = (("fr", "en"), ("fr", "es"), ("fr", "ht"), ("fr", "en", "es"), ("fr", "en", "es", "ht"))


def translated(spoken: tuple[str, ...]) -> None:
    """The same sixty ideas in several languages: one line of figures."""
    path = Path(__file__).with_name("translations.csv")
    with path.open(encoding="utf-8") as file:
        ideas = list(csv.DictReader(file, delimiter=";"))
    told = [(place, code) for place in range(len(ideas)) for code in spoken]
    found = find_themes([ideas[place][code] for place, code in told])
    themes = [theme or 0 for theme in found.assignments]
    pairs = [
        themes[len(spoken) * place + one] == themes[len(spoken) * place + other] != 0
        for place in range(len(ideas))
        for one, other in combinations(range(len(spoken)), 2)
    ]
    right = sum(code == said for (_, code), said in zip(told, found.languages, strict=True)) / len(told)
    subject = adjusted_rand_score([ideas[place]["subject"] for place, _ in told], themes)
    print(
        f"{' '.join(spoken):<12} {len(found.themes)} themes, NMI with the language "
        f"{normalized_mutual_info_score([code for _, code in told], themes):.3f}, translations together "
        f"{sum(pairs) / len(pairs):.3f}, ARI with the subject {subject:.3f}, language told right {right:.3f}"
    )


def main() -> None:
    for spoken in MIXES:
        translated(spoken)
    rows = [row for row in rows_of("ca_es_city_proposals") if row["label"]]
    spanish = [row for row in rows if row["lang"] == "es"][: MOST_ROWS // 2]
    catalan = [row for row in rows if row["lang"] == "ca"][: MOST_ROWS // 2]
    mixed = spanish + catalan
    found = find_themes([row["title"] or row["text"] for row in mixed])
    themes = [theme or 0 for theme in found.assignments]
    told = sum(row["lang"] == code for row, code in zip(mixed, found.languages, strict=True)) / len(mixed)
    print(f"{len(mixed)} proposals {dict(Counter(row['lang'] for row in mixed))}, {len(found.themes)} themes")
    print(f"  language told right {told:.3f}")
    own = [row["lang"] for row in mixed]
    of_labels = normalized_mutual_info_score(own, [row["label"] for row in mixed])
    print(
        f"  NMI of the themes with the language {normalized_mutual_info_score(own, themes):.3f}, adjusted for chance",
        end=" ",
    )
    print(f"{adjusted_mutual_info_score(own, themes):.3f}; of people's own labels with it {of_labels:.3f}")
    for level in ("category", "label"):
        gold = [row[level] for row in mixed]
        ari, nmi = adjusted_rand_score(gold, themes), normalized_mutual_info_score(gold, themes)
        print(f"  with the {level}: ARI {ari:.3f} NMI {nmi:.3f}")


if __name__ == "__main__":
    main()
