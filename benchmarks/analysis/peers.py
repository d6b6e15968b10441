"""The other recipes of the field, on the same texts and, where they take one, with the same sentence encoder."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.encoders import NoEncoder, UniversalEncoder, encode_cached
from analysis.features import build_space, unit
from analysis.merging import LEAST_SIZE, by_size, settle
from analysis.neighbours import nearest, reach
from analysis.themes import find_themes
from analysis.words import read_all

Labels = NDArray[np.int64]
Recipe = Callable[[Sequence[str], str, int], Labels]
"""(texts, question, seed) → group of each text, -1 when it is in none."""

VECTORS: dict[str, bytes] = {}
"""Every recipe reads the same vectors; the time to compute them is measured apart."""


def encoded(texts: Sequence[str]) -> NDArray[np.float32]:
    """The sentence encoder's vectors, from the shared cache."""
    return encode_cached(UniversalEncoder(), texts, VECTORS)


def ours(texts: Sequence[str], question: str, seed: int) -> Labels:
    """Our themes, number found."""
    return _labels(find_themes(texts, question=question, seed=seed, cache=VECTORS).assignments)


def ours_without_encoder(texts: Sequence[str], question: str, seed: int) -> Labels:
    """Our themes from words and civic vectors alone."""
    return _labels(find_themes(texts, question=question, seed=seed, encoder=NoEncoder()).assignments)


def sketch(texts: Sequence[str], _question: str, seed: int) -> Labels:
    """The recipe of the first sketch: encoder and TF-IDF (stems, characters), neighbours, one run of Leiden at 1.0."""
    return _sketched(_sketch_rows(texts), seed)


def sketch_and_civic(texts: Sequence[str], question: str, seed: int) -> Labels:
    """The same with our civic word vectors, as the sketch ended."""
    civic = build_space(texts, read_all(texts), ["fr"] * len(texts), encoded(texts), question=question).civic
    return _sketched(unit(np.hstack([_sketch_rows(texts), civic])), seed)


def _sketch_rows(texts: Sequence[str]) -> NDArray[np.float32]:
    space = build_space(texts, read_all(texts), ["fr"] * len(texts), encoded(texts))
    return np.hstack([space.meaning, space.lexical])


def _sketched(rows: NDArray[np.float32], seed: int) -> Labels:
    """Union of the nearest neighbours (a sixth of the texts, 5 to 15), cut once; groups under three settled."""
    import igraph
    import leidenalg

    rows = unit(rows)
    close = nearest(rows, reach(len(rows)))
    low, high = np.repeat(np.arange(len(rows)), close.shape[1]), close.ravel()
    pairs = np.unique(np.sort(np.stack([low, high], axis=1), axis=1), axis=0)
    weights = np.einsum("ij,ij->i", rows[pairs[:, 0]], rows[pairs[:, 1]]).clip(1e-6)
    graph = igraph.Graph(n=len(rows), edges=pairs.tolist())
    found = leidenalg.find_partition(
        graph, leidenalg.RBConfigurationVertexPartition, weights=weights.tolist(), resolution_parameter=1.0, seed=seed
    )
    return settle(by_size(np.array(found.membership)), rows, LEAST_SIZE)


def tfidf_silhouette(texts: Sequence[str], _question: str, seed: int) -> Labels:
    """TF-IDF of words, LSA of 100 dimensions, k-means, even k from 2 to 30 by silhouette."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import silhouette_score
    from sklearn.preprocessing import normalize

    table = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    rows = normalize(TruncatedSVD(min(100, min(table.shape) - 1), random_state=seed).fit_transform(table))
    best: tuple[float, Labels] = (-2.0, np.zeros(len(texts), np.int64))
    for k in range(2, min(30, len(texts) // 3) + 1, 2):
        labels = KMeans(k, n_init=1, random_state=seed).fit_predict(rows)
        best = max(best, (float(silhouette_score(rows, labels)), labels), key=lambda pair: pair[0])
    return best[1]


def kouchou(texts: Sequence[str], _question: str, seed: int) -> Labels:
    """kouchou-ai's broad listening: UMAP to two dimensions, k-means, Ward over its centres; counts it recommends.

    Cube root of the number of comments (2 to 10) for the first level, its square for the second.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.cluster import KMeans
    from umap import UMAP

    first = max(2, min(10, round(len(texts) ** (1 / 3))))
    plane = UMAP(n_components=2, n_neighbors=min(15, len(texts) - 1), random_state=seed).fit_transform(encoded(texts))
    fine = KMeans(min(first**2, len(texts) - 1), n_init=10, random_state=seed).fit(plane)
    coarse = fcluster(linkage(fine.cluster_centers_, "ward"), first, "maxclust")
    found: Labels = coarse[fine.labels_]
    return found


def bertopic(texts: Sequence[str], _question: str, seed: int) -> Labels:
    """BERTopic with its defaults, our encoder's vectors given (its light installation, without torch)."""
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    topics, _ = BERTopic(umap_model=umap, calculate_probabilities=False).fit_transform(list(texts), encoded(texts))
    return np.array(topics, np.int64)


def recipes() -> dict[str, Recipe]:
    """Those that can run here: peers need `pip install leidenalg umap-learn bertopic`, which the project does not."""
    found: dict[str, Recipe] = {
        "ours": ours,
        "ours, no encoder": ours_without_encoder,
        "TF-IDF + LSA + k-means": tfidf_silhouette,
    }
    if importlib.util.find_spec("leidenalg"):
        found["the sketch"] = sketch
        found["the sketch + civic"] = sketch_and_civic
    if importlib.util.find_spec("umap"):
        found["kouchou-ai"] = kouchou
    if importlib.util.find_spec("bertopic"):
        found["BERTopic"] = bertopic
    return found


def _labels(assignments: Sequence[int | None]) -> Labels:
    return np.array([-1 if theme is None else theme for theme in assignments], np.int64)
