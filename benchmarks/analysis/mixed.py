"""Several languages in one question: do themes follow the subject or the language?

    python -m benchmarks.analysis.mixed

Proposals of one city in Catalan and Spanish, as many of each: NMI of themes with the language and with the labels.
The proposals are not translations of each other, so people's own labels depend a little on the language too.
"""

from __future__ import annotations

from collections import Counter

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, normalized_mutual_info_score

from analysis.themes import find_themes
from benchmarks.analysis.labelled import rows_of

MOST_ROWS = 600


def main() -> None:
    rows = [row for row in rows_of("ca_es_city_proposals") if row["label"]]
    spanish = [row for row in rows if row["lang"] == "es"][: MOST_ROWS // 2]
    catalan = [row for row in rows if row["lang"] == "ca"][: MOST_ROWS // 2]
    mixed = spanish + catalan
    found = find_themes([row["title"] or row["text"] for row in mixed])
    themes = [theme or 0 for theme in found.assignments]
    told = sum(row["lang"] == code for row, code in zip(mixed, found.languages, strict=True)) / len(mixed)
    print(f"{len(mixed)} proposals {dict(Counter(row['lang'] for row in mixed))}, {len(found.themes)} themes")
    print(f"  language told right {told:.3f}")
    spoken = [row["lang"] for row in mixed]
    of_labels = normalized_mutual_info_score(spoken, [row["label"] for row in mixed])
    print(
        f"  NMI of the themes with the language {normalized_mutual_info_score(spoken, themes):.3f}, adjusted for chance",
        end=" ",
    )
    print(f"{adjusted_mutual_info_score(spoken, themes):.3f}; of people's own labels with it {of_labels:.3f}")
    for level in ("category", "label"):
        gold = [row[level] for row in mixed]
        ari, nmi = adjusted_rand_score(gold, themes), normalized_mutual_info_score(gold, themes)
        print(f"  with the {level}: ARI {ari:.3f} NMI {nmi:.3f}")


if __name__ == "__main__":
    main()
