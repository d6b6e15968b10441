"""From answers, or terms already counted, to the words of a cloud: who is shown, under which form, in which theme."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.answers import says_nothing
from analysis.terms import Term, count_terms, stop_keys
from analysis.text import fold
from analysis.words import keys, read


@dataclass(frozen=True)
class CloudTerm:
    """A word for a cloud. `key` identifies it from frame to frame, `count` is of answers, themes number from 0."""

    key: str
    text: str
    count: int
    theme: int | None = None


Source = Sequence[str] | Sequence[Term] | Sequence[CloudTerm]


def cloud_terms(
    source: Source,
    *,
    hidden: Iterable[str] = (),
    stop: Iterable[str] = (),
    question: str = "",
    themes: Sequence[int | None] | None = None,
) -> tuple[CloudTerm, ...]:
    """Terms to show, commonest first. `themes` gives the theme of each text (or of each row that terms refer to).

    A hidden word takes along its plural, its other spellings, and the expressions that hold it. Answers that say
    nothing (« RAS ») are not counted.
    """
    without = stop_keys(hidden)
    terms = [_as_cloud_term(term, themes) for term in _counted(source, stop, question)]
    shown = [term for term in terms if term.count > 0 and not _holds(term, without)]
    return tuple(sorted(shown, key=lambda term: (-term.count, term.key)))


def given_terms(counted: Sequence[tuple[str, int]]) -> tuple[CloudTerm, ...]:
    """Words or expressions that people gave as such, with how many gave each: an expression is never cut into its words.

    Those of the same words (« école », « l'école », « les écoles ») are one, in the form most gave.
    """
    forms: dict[str, Counter[str]] = {}
    for text, count in counted:
        key = " ".join(keys(read(text))) or fold(text)
        forms.setdefault(key, Counter())[text] += count
    terms = [CloudTerm(key, form.most_common(1)[0][0], form.total()) for key, form in forms.items()]
    return tuple(sorted(terms, key=lambda term: (-term.count, term.key)))


def _counted(source: Source, stop: Iterable[str], question: str) -> Iterable[Term | CloudTerm]:
    texts = [item for item in source if isinstance(item, str)]
    if texts:
        # An emptied text keeps its place: rows must go on pointing at the same answers.
        said = ["" if says_nothing(text) else text for text in texts]
        return count_terms(said, question=question, stop=tuple(stop))
    unwanted = stop_keys([question, *stop])
    return [item for item in source if not isinstance(item, str) and item.key not in unwanted]


def _holds(term: CloudTerm, without: frozenset[str]) -> bool:
    return term.key in without or any(part in without for part in term.key.split())


def _as_cloud_term(term: Term | CloudTerm, themes: Sequence[int | None] | None) -> CloudTerm:
    if isinstance(term, CloudTerm):
        return term
    return CloudTerm(term.key, term.surface.replace("'", "’"), term.count, _theme_of(term.rows, themes))


def _theme_of(rows: Sequence[int], themes: Sequence[int | None] | None) -> int | None:
    """The theme of at least half of the answers that hold the word; a word of everywhere has none."""
    found = Counter(themes[row] for row in rows) if themes else Counter[int | None]()
    theme, count = min(found.items(), key=lambda item: (-item[1], item[0] is None, item[0] or 0), default=(None, 0))
    return theme if 2 * count >= len(rows) else None
