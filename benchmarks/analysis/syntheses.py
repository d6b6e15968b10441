"""Themes against the official syntheses of the national debate: how many of its main categories do we find?

    python -m benchmarks.analysis.syntheses [--answers 1500] [--questions 8]

The first page of each question that has three categories. A category of at least 3 % of the answers is found when at
least half of the content words of its title (those of the question left out) are among the label and words of one
theme or one of its sub-themes, by stem. A lexical test: it misses a category we name otherwise, and says nothing of
the shares.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random

from analysis.lemmas import stem
from analysis.text import fold
from analysis.themes import find_themes
from analysis.words import keys, read
from benchmarks.analysis.labelled import data_folder

LEAST_SHARE = 3.0


def stems(text: str) -> set[str]:
    """Stems of the content words of a text."""
    return {stem(key) for key in keys(read(text))}


def answers_of() -> dict[str, list[str]]:
    """Answers of each question, by the folded beginning of its wording."""
    csv.field_size_limit(10**9)
    found: dict[str, list[str]] = {}
    with gzip.open(data_folder() / "scale/fr_gdn_answers.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(fold.__wrapped__(row["question"]), []).append(row["text"])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--answers", type=int, default=1_500)
    parser.add_argument("--questions", type=int, default=8)
    args = parser.parse_args()
    answers, shares = answers_of(), []
    seen: set[str] = set()
    for line in (data_folder() / "scale/official_summaries.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        wording = fold.__wrapped__(page["question"].partition(". ")[2] or page["question"]).replace("’", "'")[:60]
        texts = next((t for question, t in answers.items() if question.replace("’", "'").startswith(wording)), None)
        titles = [item["label"] for item in page["items"] if (item["pct"] or 0) >= LEAST_SHARE]
        if texts is None or page["subpop"] or len(titles) < 3 or len(shares) >= args.questions or wording in seen:
            continue
        seen.add(wording)
        sample = random.Random(0).sample(texts, min(args.answers, len(texts)))
        found = find_themes(sample, question=page["question"])
        words = [stems(" ".join((theme.label, *theme.words))) for theme in (*found.themes, *found.subthemes)]
        asked = stems(page["question"])
        wanted = [needed for title in titles if (needed := stems(title) - asked)]
        hits = sum(any(2 * len(needed & named) >= len(needed) for named in words) for needed in wanted)
        shares.append(hits / len(wanted))
        print(f"{hits}/{len(wanted)} main categories, {len(found.themes)} themes: {page['question'][:90]}", flush=True)
    print(f"mean share found {sum(shares) / max(len(shares), 1):.2f} over {len(shares)} questions")


if __name__ == "__main__":
    main()
