"""Turn a text into a vector of meaning: the sentence encoders themes may be found with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from hashlib import blake2b
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # publishes no types

from analysis.capitals import unshouted
from analysis.parallel import processes, shared
from analysis.text import tidy, typeset
from analysis.universal import universal_model

Vectors = NDArray[np.float32]
"""(n, d), rows of length 1 or 0."""

Cache = MutableMapping[str, bytes]
"""Text fingerprint (see `fingerprint`) → float16 vector as bytes; kept by the caller, in a table for instance."""

BATCH = 2_048
"""Texts given together: most word pieces of so many were met before in them, and are computed once."""

PARALLEL_FROM = 4_096
"""Texts to encode from which starting processes (a second and 250 MB each) pays."""

LONGEST_ENCODED = 2_000
"""Characters an encoder reads; what follows in a long letter no longer changes its theme."""

OPENING = 60
"""Characters in which people mostly have said their idea; what follows explains, or is another."""


class Encoder(Protocol):
    """A sentence encoder: texts in, one vector each out."""

    @property
    def name(self) -> str:
        """Name and version, part of the fingerprint of every cached vector."""
        ...

    @property
    def multilingual(self) -> bool:
        """Whether the same idea in two languages gets close vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, one row a text, in order; d may be 0."""
        ...


class UniversalEncoder:
    """Universal Sentence Encoder multilingual v3 (Yang et al., 2019, arXiv:1907.04307) on numpy (see `universal`).

    16 languages, 512 dimensions, about 1 500 short texts a CPU-second, no network. One thread: the threads of linear
    algebra spin while they wait, and on a busy machine twenty seconds then pass for one.
    """

    name = "use-multilingual-3"
    multilingual = True

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, 512) unit rows; texts are read up to `LONGEST_ENCODED` characters."""
        with threadpool_limits(1):
            return universal_model().encode([text[:LONGEST_ENCODED] for text in texts])


class NoEncoder:
    """No model at all: themes then come from words, stems, characters and the civic vectors."""

    name = "tfidf"
    multilingual = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, 0)."""
        return np.zeros((len(texts), 0), np.float32)


class ForeignEncoder:
    """Any sentence-transformers model already on this machine (extra: `pip install sentence-transformers`)."""

    multilingual = True

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]  # optional
        except ImportError as missing:
            raise UnknownEncoder(
                f"L’encodeur « {model} » demande le paquet sentence-transformers, qui n’est pas installé."
            ) from missing
        self.name = f"st:{model}"
        self._model = SentenceTransformer(model)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) unit rows."""
        found: Vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return found.astype(np.float32)


class UnknownEncoder(ValueError):
    """No encoder of that name here; the message is a French sentence for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(typeset(sentence))


def encoder_named(name: str) -> Encoder:
    """The encoder called `use` (default), `tfidf`, or `st:MODEL`. Raises `UnknownEncoder`."""
    if name == "use":
        return UniversalEncoder()
    if name == "tfidf":
        return NoEncoder()
    if name.startswith("st:"):
        return ForeignEncoder(name.removeprefix("st:"))
    raise UnknownEncoder(f"Encodeur inconnu : « {name} ». Choix possibles : use, tfidf, st:MODÈLE.")


def fingerprint(encoder: Encoder, text: str) -> str:
    """32 hexadecimal characters naming the vector of this text, capitals calmed, by this encoder, for the caller's cache."""
    return blake2b(f"{encoder.name}\n{unshouted(text)}".encode(), digest_size=16).hexdigest()


def opening(text: str) -> str:
    """The first words of a text, up to 60 characters; the whole text when it is that short."""
    plain = tidy(text)
    return plain if len(plain) <= OPENING else plain[: OPENING + 1].rsplit(" ", 1)[0][:OPENING]


def encode_cached(
    encoder: Encoder,
    texts: Sequence[str],
    cache: Cache | None = None,
    progress: Callable[[float], None] | None = None,
) -> Vectors:
    """Vectors of the texts, computing only those the cache lacks, then writing them to it.

    Repeated texts are encoded once. `progress` receives a share from 0 to 1 every few hundred texts.
    """
    names = [fingerprint(encoder, text) for text in texts]
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        first.setdefault(name, place)
    known = {} if cache is None else {name: cache[name] for name in first if name in cache}
    todo = [(name, unshouted(texts[place])) for name, place in first.items() if name not in known]
    found = _Found(first, known)
    batches = [[text for _, text in todo[start : start + BATCH]] for start in range(0, len(todo), BATCH)]
    for done, vectors in enumerate(_encoded(encoder, batches)):
        fresh = [name for name, _ in todo[done * BATCH : (done + 1) * BATCH]]
        found.add(fresh, vectors)
        if cache is not None:
            cache.update(zip(fresh, (row.tobytes() for row in vectors.astype(np.float16)), strict=True))
        if progress is not None:
            progress((done + 1) / len(batches))
    return encoder.encode([]) if not names else found.of(names)


class _Found:
    """Vectors by name, in one table of half precision as in the cache: a list of them would weigh four times as much."""

    def __init__(self, names: Iterable[str], known: Mapping[str, bytes]) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._table: NDArray[np.float16] | None = None
        if known:
            self.add(list(known), np.stack([np.frombuffer(vector, np.float16) for vector in known.values()]))

    def add(self, names: Sequence[str], vectors: NDArray[np.floating[Any]]) -> None:
        if self._table is None:
            self._table = np.empty((len(self._place), vectors.shape[1]), np.float16)
        self._table[[self._place[name] for name in names]] = vectors

    def of(self, names: Sequence[str]) -> Vectors:
        """(n, d) float32, one row a name."""
        if self._table is None:
            raise ValueError("no vector was added")
        found = np.empty((len(names), self._table.shape[1]), np.float32)
        found[:] = self._table[[self._place[name] for name in names]]
        return found


def _encoded(encoder: Encoder, batches: Sequence[Sequence[str]]) -> Iterator[Vectors]:
    """Vectors batch by batch, in order; by several processes when there is much to read and more than one core."""
    if len(batches) * BATCH < PARALLEL_FROM or processes() < 2 or not isinstance(encoder, UniversalEncoder):
        return map(encoder.encode, batches)
    return shared(encoder.encode, batches)
