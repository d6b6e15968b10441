"""The analysis engine in processes of its own: slow computation never touches the event loop that counts the votes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.workers import Workers

T = TypeVar("T")

Said = Sequence[str] | Sequence[tuple[str, int]]
"""What a cloud is made of: texts, or words given as such with how many gave each."""

Side = tuple[str, tuple[str, ...]]
"""The name of a group, and what it said."""

WALL = (1600, 900)
"""Pixels of a picture sent to a chat and shown on the wall."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A word cloud: its picture and the same words with their counts, as text. No words: no picture."""

    picture: bytes
    lines: tuple[tuple[str, int], ...]
    layout: Any = None
    """Where each word stands: given back with the next drawing of the same activity, words stay where they are."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A cloud of two groups and the same in sentences; or no picture, and why."""

    picture: bytes
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the same texts are grouped today, so that names, ids and what people did go on. All by row of the texts."""

    themes: tuple[int | None, ...] = ()
    """The theme each text is in."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Name by theme, found or given."""
    named: Mapping[int, str] = field(default_factory=dict)
    """Names that people gave."""
    pinned: Mapping[int, int] = field(default_factory=dict)
    """Row → theme, where a person put it."""
    last_id: int = 0
    places: tuple[tuple[float, float] | None, ...] = ()
    """Where each text stood on the map, so that it hardly moves."""


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A theme as found: rows are positions in the list of texts that was given; `id` is a standing theme's or a new one."""

    id: int
    label: str
    words: tuple[str, ...]
    rows: tuple[int, ...]
    quotes: tuple[int, ...]
    stability: float
    reworded_from: str = ""
    """The name the machine found, when a language model worded the one shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What else the finder saw, by row of the texts; see `participation.model.findings`."""

    alone: tuple[int, ...] = ()
    hollow: tuple[int, ...] = ()
    copies: tuple[tuple[int, int, float], ...] = ()
    paraphrases: tuple[tuple[int, int, float], ...] = ()
    splits: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    subthemes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    places: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A whole grouping, with its sentence for people and the time it took."""

    themes: tuple[FoundTheme, ...]
    sentence: str
    seconds: float
    vectors: Mapping[str, bytes]
    """What the encoder made of texts it had not read before, by fingerprint: to be kept."""
    seen: Seen = field(default_factory=Seen)


class Engine:
    """The analysis engine, in worker processes."""

    def __init__(self, processes: int, seed: int) -> None:
        self._workers = Workers(processes, _load)
        self._writers = Workers(1, _nothing)
        self._seed = seed

    @property
    def places(self) -> int:
        """How many pieces of work may go on at once."""
        return self._workers.count

    def warm_up(self) -> None:
        """Load the libraries and models before somebody waits for them."""
        self._workers.warm_up()

    async def draw_cloud(
        self,
        said: Said,
        question: str,
        themes: Sequence[int | None] | None,
        previous: Any = None,
        hidden: Sequence[str] = (),
    ) -> Drawing:
        """A cloud of what people wrote; with one theme number a text, colour means theme. `previous`: the last layout."""
        coloured = tuple(themes) if themes else None
        return await self.run(_draw, tuple(said), question, coloured, self._seed, previous, tuple(hidden))

    async def compare_clouds(self, left: Side, right: Side, hidden: Sequence[str]) -> Comparison:
        """One cloud of two groups: what each says more, what both say."""
        return await self.run(_compare, left, right, self._seed, tuple(hidden))

    async def fingerprints(self, texts: Sequence[str]) -> list[str]:
        """The names under which the vectors of these texts, and of how they begin, are kept."""
        return await self.run(_fingerprints, tuple(texts))

    async def find_themes(
        self, texts: Sequence[str], question: str, standing: Standing, known: Mapping[str, bytes]
    ) -> Found:
        """The themes of these texts; none under eight ideas. `known`: vectors kept from before, by fingerprint."""
        return await self.run(_find, tuple(texts), question, self._seed, standing, dict(known))

    def close(self) -> None:
        """Stop the workers without waiting for what they compute: it is asked again at the next start."""
        self._workers.close()
        self._writers.close()

    async def write_out(self, work: Callable[..., T], *given: Any) -> T:
        """A file to write: in a worker of its own, so that a table does not wait behind the themes of ten thousand ideas.
        It starts at the first of them."""
        return await self._writers.run(work, *given)

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        """Any slow work, named by a function of a module. Cancelled, it stops at once."""
        return await self._workers.run(work, *given)


def _nothing() -> None:
    """What a worker that writes tables has to load beforehand."""


def _load() -> None:
    from analysis.themes import find_themes

    find_themes([f"une idée pour essayer numéro {i}" for i in range(10)])


def _draw(
    said: Said,
    question: str,
    themes: tuple[int | None, ...] | None,
    seed: int,
    previous: Any,
    hidden: tuple[str, ...],
) -> Drawing:
    from analysis.cloud import draw_cloud

    terms = terms_of(said, question, themes, hidden)
    if not terms:
        return Drawing(b"", ())
    cloud = draw_cloud(terms, size=WALL, seed=seed, previous=previous)
    return Drawing(cloud.image, tuple((term.text, term.count) for term in terms[:20]), cloud.layout)


def _fingerprints(texts: tuple[str, ...]) -> list[str]:
    from analysis.encoders import UniversalEncoder, fingerprint, opening

    encoder = UniversalEncoder()
    return list({fingerprint(encoder, read): None for text in texts for read in (text, opening(text))})


def _find(texts: tuple[str, ...], question: str, seed: int, standing: Standing, known: dict[str, bytes]) -> Found:
    from analysis.lineage import Constraints
    from analysis.themes import find_themes

    before = set(known)
    found = find_themes(
        texts,
        question=question,
        seed=seed,
        previous=_previous(standing),
        constraints=Constraints(pinned=standing.pinned, named=standing.named),
        cache=known,
    )
    rows: dict[int, list[int]] = {theme.id: [] for theme in found.themes}
    for row, theme_id in enumerate(found.assignments):
        if theme_id is not None:
            rows[theme_id].append(row)
    themes = tuple(
        FoundTheme(t.id, t.label, tuple(t.words), tuple(rows[t.id]), tuple(t.quotes), t.stability) for t in found.themes
    )
    seen = replace(_seen(found), paraphrases=_paraphrases(texts, found, known))
    fresh = {name: vector for name, vector in known.items() if name not in before}
    return Found(themes, found.sentence, found.seconds, fresh, seen)


def _seen(found: Any) -> Seen:
    """`found` is `analysis.result.Themes`: that room is imported only where it works."""
    inside: dict[int, list[int]] = {theme.id: [] for theme in found.subthemes}
    for row, detail in enumerate(found.details):
        if detail is not None:
            inside[detail].append(row)
    return Seen(
        alone=found.orphans,
        hollow=found.set_aside,
        copies=found.duplicates,
        splits=found.splits,
        subthemes=tuple((theme.label, tuple(inside[theme.id])) for theme in found.subthemes),
        places=found.map,
    )


def _paraphrases(texts: tuple[str, ...], found: Any, known: dict[str, bytes]) -> tuple[tuple[int, int, float], ...]:
    """Pairs of ideas that seem the same in other words; those that say nothing and those typed twice are not compared."""
    from analysis.duplicates import spelling
    from analysis.encoders import UniversalEncoder
    from analysis.sameness import PARAPHRASES_UP_TO, given

    hollow = set(found.set_aside)
    first: dict[str, int] = {}
    for row, text in enumerate(texts):
        if row not in hollow:
            first.setdefault(spelling(text) or text, row)
    rows = list(first.values())
    if len(rows) > PARAPHRASES_UP_TO:
        return ()
    compared = given([texts[r] for r in rows], UniversalEncoder(), known, [found.languages[r] for r in rows])
    return tuple((rows[low], rows[high], chance) for low, high, chance in compared.paraphrases())


def _previous(standing: Standing) -> Any:
    from analysis.lineage import Previous

    if not standing.labels:
        return None
    places = list(standing.places) if any(standing.places) else None
    return Previous(standing.themes, standing.labels, places=places, last_id=standing.last_id)


def _compare(left: Side, right: Side, seed: int, hidden: tuple[str, ...]) -> Comparison:
    from analysis.cloud_comparison import Group, TooFewAnswers, compare_clouds

    try:
        cloud = compare_clouds(Group(*left), Group(*right), size=WALL, hidden=hidden, seed=seed)
    except TooFewAnswers as refused:
        return Comparison(b"", (str(refused),))
    return Comparison(cloud.image, cloud.lines)


def terms_of(said: Said, question: str, themes: Sequence[int | None] | None, hidden: Sequence[str]) -> Any:
    """The terms of a cloud. Words given as such are all counted; in texts, those of the question are not."""
    from analysis.cloud_terms import cloud_terms, given_terms

    given = [one for one in said if not isinstance(one, str)]
    if given:
        return cloud_terms(given_terms(given), hidden=hidden)
    return cloud_terms([one for one in said if isinstance(one, str)], question=question, themes=themes, hidden=hidden)
