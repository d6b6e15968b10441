"""Learn which French words are nouns or adjectives from the words they follow in an open debate.

    python -m benchmarks.analysis.train_parts OUT.txt

A word mostly met after an article or « de » is a noun; one mostly met after a noun, or right before one, is an
adjective. Reads only
`scale/fr_gdn_answers.csv.gz` (Licence Ouverte), leaves out words met fewer than six times, so that no rare name is
in the file; about a minute. Names of themes are made with these (analysis/parts.py).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from textwrap import fill

from analysis.lemmas import accent, is_french_word, lemma
from analysis.parts import is_infinitive
from analysis.stopwords import FRENCH_ARTICLES, FRENCH_FUNCTION
from analysis.text import clauses, spoken
from benchmarks.analysis.train_civic import corpus

OF = frozenset({"de", "d'"})
PRONOUNS = frozenset({"le", "la", "les", "l'", "leur"})
"""Articles that are pronouns before a verb (« les remplacer »)."""
LEAST_MET = 6
NOUN_FROM = 0.36
SURE_FROM = 0.12
ADJECTIVE_FROM = 0.3
BEFORE_NOUN_FROM = 0.35
LONGEST_READ = 600

HEAD = """# Spellings met at least six times in the open answers of the grand débat national (2019, Licence Ouverte 2.0), mostly
# after an article (nouns), by a noun (adjectives), or neither (others). Made by benchmarks/analysis/train_parts.py.
"""


def followed(texts: list[str]) -> Counter[tuple[str, str]]:
    """How often each word follows each other in a clause; a clause begins after nothing."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for clause in clauses.__wrapped__(text[:LONGEST_READ]):
            words = [accent(spoken(token)) for token in clause]
            pairs.update(zip(["", *words], words, strict=False))
    return pairs


def shares(pairs: Counter[tuple[str, str]], before: frozenset[str]) -> dict[str, float]:
    """Share of the times a word was met after one of these; words of the dictionary met often enough only."""
    met: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for (previous, word), count in pairs.items():
        met[word] += count
        after[word] += count if previous in before else 0
    known = (word for word, n in met.items() if n >= LEAST_MET and word not in FRENCH_FUNCTION and is_french_word(word))
    return {word: after[word] / met[word] for word in known}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    pairs = followed(corpus())
    loose = shares(pairs, FRENCH_ARTICLES | OF)
    sure = shares(pairs, FRENCH_ARTICLES - PRONOUNS)
    nouns = {word for word in loose if (sure[word] >= SURE_FROM if is_infinitive(word) else loose[word] >= NOUN_FROM)}
    turned = Counter({(second, first): count for (first, second), count in pairs.items()})
    first = {word for word, share in shares(turned, frozenset(nouns)).items() if share >= BEFORE_NOUN_FROM}
    nouns -= first
    adjectives = {word for word, share in shares(pairs, frozenset(nouns)).items() if share >= ADJECTIVE_FROM} - nouns
    others = {word for word in loose if not is_infinitive(word) and lemma(word) == word}
    lists = {"nouns": nouns, "adjectives": adjectives | first, "others": others - nouns - adjectives - first}
    parts = [
        f"[{name}]\n{fill(' '.join(sorted(words)), 118, break_on_hyphens=False)}\n" for name, words in lists.items()
    ]
    out.write_text(HEAD + "\n" + "\n".join(parts), encoding="utf-8")
    print({name: len(words) for name, words in lists.items()}, f"{out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
