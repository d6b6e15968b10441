"""Several languages in one question: do themes follow the subject or the language?

    python -m benchmarks.analysis.mixed

Proposals of one district in Catalan and Spanish, then as many answers in English and in French of unlike questions
(there the language is the subject, and themes should follow it). NMI of themes with the language and the label.
"""

from __future__ import annotations

from collections import Counter

from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

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
    print(f"  NMI with the language {normalized_mutual_info_score([row['lang'] for row in mixed], themes):.3f}")
    for level in ("category", "label"):
        gold = [row[level] for row in mixed]
        ari, nmi = adjusted_rand_score(gold, themes), normalized_mutual_info_score(gold, themes)
        print(f"  with the {level}: ARI {ari:.3f} NMI {nmi:.3f}")


if __name__ == "__main__":
    main()
