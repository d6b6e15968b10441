"""Train the civic word vectors shipped in analysis/data/ from the open answers of a national debate.

    python -m benchmarks.analysis.train_civic OUT.npz

Positive PMI over a window, truncated SVD (Levy, Goldberg and Dagan, 2015, "Improving distributional similarity
with lessons learned from word embeddings"). Deterministic; about three minutes and 3 GB. Reads only
`scale/fr_gdn_answers.csv.gz` (Licence Ouverte); texts that appear word for word among the labelled
benchmarks are left out first, so that no benchmark is scored on its own sentences.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import time
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from analysis.answers import says_nothing
from analysis.text import fold
from analysis.words import read
from benchmarks.analysis.labelled import data_folder, labelled_texts

WINDOW = 8
LEAST_TEXTS = 8
SHIFT = 1.5
SMOOTHING = 0.75
DIMENSIONS = 300
SEED = 0


def corpus() -> list[str]:
    """Distinct answers that say something, none of them a labelled one."""
    csv.field_size_limit(10**9)
    held = {fold(text) for text in labelled_texts()}
    kept: dict[str, str] = {}
    with gzip.open(data_folder() / "scale/fr_gdn_answers.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text = row["text"]
            plain = fold.__wrapped__(text)
            if plain not in held and not says_nothing(text):
                kept.setdefault(plain, text)
    return list(kept.values())


def sentences_of_keys(texts: list[str]) -> list[list[str]]:
    """Keys of the words that carry something, weak ones included, text by text."""
    return [[w.key for clause in read(text) for w in clause if not w.function] for text in texts]


def cooccurrences(ids: np.ndarray, owner: np.ndarray, size: int) -> sparse.csr_matrix:
    """Symmetric counts of keys met within the window in a same text; (size, size)."""
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for gap in range(1, WINDOW + 1):
        together = (owner[:-gap] == owner[gap:]) & (ids[:-gap] >= 0) & (ids[gap:] >= 0)
        left, right = ids[:-gap][together], ids[gap:][together]
        total += sparse.coo_matrix((np.ones(len(left), np.float32), (left, right)), shape=(size, size)).tocsr()
    return (total + total.T).tocsr()


def positive_pmi(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Shifted positive pointwise mutual information with smoothed contexts."""
    words = np.asarray(counts.sum(axis=1)).ravel()
    contexts = words**SMOOTHING
    contexts /= contexts.sum()
    cells = counts.tocoo()
    pmi = np.log(cells.data / words[cells.row] / contexts[cells.col]) - np.log(SHIFT)
    keep = pmi > 0
    return sparse.csr_matrix((pmi[keep].astype(np.float32), (cells.row[keep], cells.col[keep])), shape=counts.shape)


def quantised(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as int8 and the float scale of each."""
    scale = np.abs(vectors).max(axis=1) / 127
    return np.round(vectors / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    begun = time.time()
    texts = corpus()
    print(f"{len(texts)} answers read in {time.time() - begun:.0f} s")
    documents = sentences_of_keys(texts)
    frequency = Counter(key for document in documents for key in set(document))
    vocabulary = sorted(key for key, n in frequency.items() if n >= LEAST_TEXTS)
    place = {key: i for i, key in enumerate(vocabulary)}
    ids = np.array([place.get(key, -1) for document in documents for key in document])
    owner = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    print(f"{len(vocabulary)} words, {len(ids)} occurrences, {time.time() - begun:.0f} s")
    matrix = positive_pmi(cooccurrences(ids, owner, len(vocabulary)))
    print(f"{matrix.nnz} associations, {time.time() - begun:.0f} s")
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, n_iter=4, random_state=SEED)
    codes, scale = quantised(left * np.sqrt(strength))
    texts_with = np.array([frequency[key] for key in vocabulary], dtype=np.int32)
    np.savez_compressed(
        out, words="\n".join(vocabulary), codes=codes, scale=scale, texts=texts_with, total=len(documents)
    )
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
