"""Find the themes of a set of ideas: clean, represent, group, name, judge, place."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # publishes no types

from analysis.answers import ideas_in, says_nothing
from analysis.capitals import unshouted
from analysis.constraining import among, bind, localised, obey
from analysis.creole import in_french
from analysis.describing import Said, describe, renumbered, second_themes, subdivide
from analysis.duplicates import find_duplicates, judge_copies, spelling
from analysis.encoders import Cache, Encoder, UniversalEncoder, encode_cached, opening
from analysis.expressions import join_expressions
from analysis.features import Matrix, Space, build_space, least_of_a_language, unit
from analysis.grouping import Grouping, group, spread
from analysis.languages import detect_languages
from analysis.lineage import Constraints, Previous
from analysis.map import MOST_LAID_OUT, lay_out
from analysis.merging import LEAST_SIZE, Labels, loosen
from analysis.naming import coherence
from analysis.neighbours import Links, combined, evenly, link
from analysis.result import Theme, Themes
from analysis.text import tidy
from analysis.words import Reading, read

FEWEST_IDEAS = 8
THREADS = 1
"""Of linear algebra: on a busy machine its threads spin while they wait, and half a second takes ten."""

SPLITS_UP_TO = 20_000
OPENINGS_UP_TO = 20_000
LEAST_LIKE_A_COPY = 0.4

T = TypeVar("T")

Progress = Callable[[str, float], None]
"""Called with a French name of the step under way and a share from 0 to 1 of the whole."""


@dataclass(frozen=True)
class Ideas:
    """The texts that say something, and their rows in the whole list of `total`.

    What thirty people typed alike is compared once: `distinct` are the places of the first of each, `copy_of`
    (one per text) says which of those it repeats.
    """

    total: int
    rows: NDArray[np.int64]
    texts: list[str]
    languages: list[str]
    readings: list[Reading]
    spelled: list[str]
    distinct: list[int]
    copy_of: NDArray[np.int64]


def find_themes(
    texts: Sequence[str],
    *,
    seed: int = 0,
    k: int | None = None,
    encoder: Encoder | None = None,
    question: str = "",
    previous: Previous | None = None,
    constraints: Constraints | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Themes:
    """Group n texts into themes; the same call gives the same result, `seconds` apart.

    `k` asks for that many themes, otherwise their number is found. `previous` keeps ids, labels and the map from
    an earlier grouping; `constraints` are what people decided since. `cache` maps fingerprints to vectors (see
    `encoders.fingerprint`) and is filled. Under eight ideas that say something there is no theme.

    Raises `ValueError` for k < 1. Time: linear in the texts for reading, quadratic up to 20 000 for neighbours;
    about 4 s for 1 000 short texts on one core, under 1 s when their vectors are cached.
    """
    if k is not None and k < 1:
        raise ValueError("k counts themes: at least 1")
    begun = time.perf_counter()
    tell = progress or _silent
    chosen = encoder or UniversalEncoder()
    tell("Lecture des idées", 0.0)
    languages = detect_languages(texts)
    tell("Lecture des idées", 0.05)
    ideas = _read(texts, languages)
    with _one_thread():
        if len(ideas.rows) < FEWEST_IDEAS:
            found = _no_theme(ideas)
        else:
            space = _represent(ideas, chosen, question, cache, seed, tell)
            past = previous or Previous([None] * len(texts))
            found = _group(ideas, space, question, k, past, constraints or Constraints(), seed, tell)
    seconds = round(time.perf_counter() - begun, 3)
    return replace(found, languages=languages, encoder=chosen.name, seed=seed, seconds=seconds)


def _read(texts: Sequence[str], languages: Sequence[str]) -> Ideas:
    """One pass, so that a text is cut into words once; a language hardly met is read without its dictionary."""
    met, least = Counter(languages), least_of_a_language(len(texts))
    rows: list[int] = []
    readings: list[Reading] = []
    spelled: list[str] = []
    for row, text in enumerate(texts):
        if not says_nothing(text):
            rows.append(row)
            readings.append(read(unshouted(text), languages[row], met[languages[row]] >= least))
            spelled.append(spelling(text) or text)
    first: dict[str, int] = {}
    for place, plain in enumerate(spelled):
        first.setdefault(plain, place)
    number = {plain: order for order, plain in enumerate(first)}
    copy_of = np.array([number[plain] for plain in spelled], np.int64)
    return Ideas(
        total=len(texts),
        rows=np.array(rows, np.int64),
        texts=[texts[row] for row in rows],
        languages=[languages[row] for row in rows],
        readings=readings,
        spelled=spelled,
        distinct=list(first.values()),
        copy_of=copy_of,
    )


def _represent(ideas: Ideas, encoder: Encoder, question: str, cache: Cache | None, seed: int, tell: Progress) -> Space:
    tell("Lecture des idées", 0.12)
    texts, languages, readings = _compared(ideas)
    meaning = _meanings(texts, languages, encoder, cache, lambda share: tell("Lecture des idées", 0.12 + 0.4 * share))
    tell("Comparaison des idées", 0.52)
    return build_space(texts, readings, languages, meaning, question=question, seed=seed)


def _compared(ideas: Ideas) -> tuple[list[str], list[str], list[Reading]]:
    """Distinct texts as they are compared, their languages and readings: Creole word by word in French (see `creole`)."""
    texts, languages, readings = [], [], []
    for place in ideas.distinct:
        french = in_french(ideas.texts[place], ideas.languages[place])
        texts.append(ideas.texts[place] if french is None else french)
        languages.append(ideas.languages[place] if french is None else "fr")
        readings.append(ideas.readings[place] if french is None else read(french))
    return texts, languages, readings


def _meanings(
    texts: Sequence[str],
    languages: Sequence[str],
    encoder: Encoder,
    cache: Cache | None,
    tell: Callable[[float], None],
) -> Matrix:
    """(n, d) vectors of meaning, d = 0 without a multilingual encoder; a French answer is heard twice, whole and by
    its opening, where its idea mostly is (up to 20 000: more would take too long)."""
    if not encoder.multilingual:
        return np.zeros((len(texts), 0), np.float32)
    twice = [
        row for row, language in enumerate(languages) if language == "fr" and opening(texts[row]) != tidy(texts[row])
    ]
    if len(texts) > OPENINGS_UP_TO:
        twice = []
    found = encode_cached(encoder, [*texts, *(opening(texts[row]) for row in twice)], cache, tell)
    found[twice] += found[len(texts) :]
    return unit(found[: len(texts)])


def _group(
    ideas: Ideas,
    space: Space,
    question: str,
    k: int | None,
    previous: Previous,
    constraints: Constraints,
    seed: int,
    tell: Progress,
) -> Themes:
    tell("Rapprochement des idées", 0.6)
    links, grouping, ids = _cut(ideas, space, k, previous, constraints, seed, tell)
    rows = space.joined()[ideas.copy_of]
    tell("Noms et citations", 0.82)
    said = Said(ideas.texts, join_expressions(ideas.readings), ideas.languages)
    themes = describe(said, rows, grouping, question)
    details, detail = subdivide(said, space, ideas.copy_of, grouping.labels, question=question, seed=seed)
    tell("Carte", 0.96)
    seen = previous.places and [previous.places[ideas.rows[place]] for place in ideas.distinct]
    linked = evenly(links) if links.size <= MOST_LAID_OUT else None
    places = lay_out(space.joined(), linked, seen or None, seed)[ideas.copy_of]
    result = Themes(
        themes=tuple(renumbered(t, ids, ideas.rows.tolist(), constraints.named) for t in themes),
        assignments=_spread(ideas, _lasting(grouping.labels, ids)),
        second=_spread(ideas, _lasting(second_themes(rows, grouping.labels), ids)),
        set_aside=_set_aside(ideas),
        orphans=tuple(int(row) for row in ideas.rows[grouping.labels < 0]),
        duplicates=_duplicates(ideas, links),
        map=_spread(ideas, [(round(float(x), 4), round(float(y), 4)) for x, y in places]),
        languages=(),
        subthemes=tuple(_under(t, ids, ideas.rows.tolist()) for t in details),
        details=_spread(ideas, [int(d) + 1 if d >= 0 else None for d in detail]),
        splits=_splits(ideas),
        coherence=coherence(rows, grouping.labels),
    )
    tell("Terminé", 1.0)
    return result


def _cut(
    ideas: Ideas,
    space: Space,
    k: int | None,
    previous: Previous,
    constraints: Constraints,
    seed: int,
    tell: Progress,
) -> tuple[Links, Grouping, dict[int, int]]:
    """The groups as people decided them, the links they were cut from, and the lasting id of each group."""
    before = [previous.assignments[row] for row in ideas.rows]
    known = [before[place] for place in ideas.distinct]
    decided = localised(constraints, ideas.rows.tolist())
    once = among(decided, ideas.copy_of)
    links = bind(link(space, seed), once)
    tell("Regroupement", 0.68)
    cut = group(links, space.joined(), seed=seed, k=k, before=known)
    rows = space.joined()[ideas.copy_of]
    whole = spread(cut, ideas.copy_of, rows, 1 if k else LEAST_SIZE)
    if k is None:
        whole = replace(whole, labels=loosen(whole.labels, rows))
    return links, *obey(whole, rows, decided, before, previous.last_id)


def _no_theme(ideas: Ideas) -> Themes:
    nothing = (None,) * ideas.total
    return Themes(
        themes=(),
        assignments=nothing,
        second=nothing,
        set_aside=_set_aside(ideas),
        orphans=tuple(int(row) for row in ideas.rows),
        duplicates=_duplicates(ideas),
        map=nothing,
        languages=(),
        details=nothing,
        splits=_splits(ideas),
    )


def _spread(ideas: Ideas, values: Sequence[T | None]) -> tuple[T | None, ...]:
    """Values of the ideas, told for every row; None where a text was set aside."""
    whole: list[T | None] = [None] * ideas.total
    for row, value in zip(ideas.rows, values, strict=True):
        whole[row] = value
    return tuple(whole)


def _lasting(labels: Labels, ids: Mapping[int, int]) -> list[int | None]:
    return [ids[int(label)] if label >= 0 else None for label in labels]


def _under(theme: Theme, ids: Mapping[int, int], rows: Sequence[int]) -> Theme:
    """A sub-theme under its own number (from 1), within the lasting id of its theme."""
    own = {theme.id: theme.id + 1}
    parent = None if theme.within is None else ids[theme.within]
    return replace(renumbered(theme, own, rows, {}), within=parent)


def _set_aside(ideas: Ideas) -> tuple[int, ...]:
    return tuple(sorted(set(range(ideas.total)) - set(ideas.rows.tolist())))


def _duplicates(ideas: Ideas, links: Links | None = None) -> tuple[tuple[int, int, float], ...]:
    """Copies among all the texts; with links, only neighbours are compared, which misses none that matters."""
    rows, first = ideas.rows.tolist(), ideas.distinct
    if links is None:
        found = find_duplicates(ideas.texts)
    else:
        alike = combined(links.likeness, np.ones(links.likeness.shape[1], np.float32)) >= LEAST_LIKE_A_COPY
        pairs = [
            (first[a], first[b]) for a, b in zip(links.low[alike].tolist(), links.high[alike].tolist(), strict=True)
        ]
        found = judge_copies(ideas.spelled, pairs)
    return tuple((rows[low], rows[high], score) for low, high, score in found)


def _splits(ideas: Ideas) -> dict[int, tuple[str, ...]]:
    found = {}
    for row, text, language in zip(ideas.rows[:SPLITS_UP_TO], ideas.texts, ideas.languages, strict=False):
        parts = ideas_in(text) if language == "fr" else (text,)
        if len(parts) > 1:
            found[int(row)] = parts
    return found


def _one_thread() -> threadpool_limits:
    """Linear algebra on one thread; its libraries are loaded first, since those loaded later are not held."""
    import scipy.linalg  # noqa: F401  # for what it loads
    import sklearn.utils.extmath  # noqa: F401  # for what it loads

    return threadpool_limits(THREADS)


def _silent(_step: str, _share: float) -> None:
    """Nobody watches."""
