"""Read texts as words with a key: what is counted, and how it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.lemmas import accent, is_french_word, lemma
from analysis.stopwords import FRENCH_NEVER_WEAK, FRENCH_WEAK, function_words
from analysis.text import clauses, fold, spoken

LONGEST_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, and the key under which its variants are counted.

    `function` words never count; `weak` ones count only inside an expression.
    """

    form: str
    key: str
    function: bool = False
    weak: bool = False
    expression: bool = False

    @property
    def content(self) -> bool:
        """Whether the word may stand for a theme by itself."""
        return not (self.function or self.weak)


Reading = tuple[tuple[Word, ...], ...]
"""A text read clause by clause."""


@lru_cache(maxsize=300_000)
def read_word(token: str, language: str = "fr", by_dictionary: bool = True) -> Word:
    """One token as a `Word`; numbers and single letters are function words. Without dictionary, the key is as typed."""
    plain = (spoken(token) if language == "fr" else token.lower()).rstrip("'")  # « ki » is « qui » in French only
    if len(plain) < 2 or not any(c.isalpha() for c in plain) or _is_function(plain, language):
        return Word(token, plain, function=True)
    if language == "fr":
        plain = accent(plain)
        if _is_function(plain, language):
            return Word(token, plain, function=True)
    key = lemma(plain, language) if by_dictionary else plain
    return Word(
        token,
        key,
        function=_is_function(plain, language),
        weak=language == "fr" and plain not in FRENCH_NEVER_WEAK and (key in FRENCH_WEAK or plain in FRENCH_WEAK),
    )


def read(text: str, language: str = "fr", by_dictionary: bool = True) -> Reading:
    """A text as clauses of words. Linear in its length; about 25 000 short answers a second once warm."""
    return tuple(tuple(read_word(token, language, by_dictionary) for token in clause) for clause in clauses(text))


def read_all(texts: Sequence[str], languages: Sequence[str] | None = None) -> list[Reading]:
    """Every text read in its own language (French when none is given)."""
    if languages is None:
        return [read(text) for text in texts]
    return [read(text, language) for text, language in zip(texts, languages, strict=True)]


def keys(reading: Reading) -> list[str]:
    """Keys of the content words of a reading, in order, repeats kept."""
    return [word.key for clause in reading for word in clause if word.content]


def natural_form(forms: Iterable[str]) -> str:
    """The commonest way people wrote a word or an expression, with its accents: « écoles », not "ECOLE".

    Ordinary words are shown in lower case; names and acronyms as people mostly wrote them, a short word nobody
    knows in capitals if one in three typed it so (« CV »). Ties go to the first in alphabetical order, so that the
    choice never depends on the order of the texts.
    """
    shown: Counter[str] = Counter()
    for form, count in Counter(forms).items():
        shown[" ".join(_shown(token) for token in form.split())] += count
    spellings: Counter[str] = Counter()
    for form, count in shown.items():
        spellings[fold(form)] += count
    best = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    variants = {form: n for form, n in shown.items() if fold(form) == best}
    loud = best.upper()
    if len(best) <= LONGEST_ACRONYM and 3 * variants.get(loud, 0) >= spellings[best]:
        return loud
    return min(variants, key=lambda form: (form.isascii() and not best.isupper(), -variants[form], form))


@lru_cache(maxsize=100_000)
def _shown(token: str) -> str:
    """A token in lower case if the dictionary knows it, as typed if it is a name or an acronym."""
    head, mark, word = token.rpartition("'")
    plain = accent(spoken(word))
    return head.lower() + mark + (plain if is_french_word(plain) else word)


def _is_function(plain: str, language: str) -> bool:
    return plain in function_words(language) or (language == "fr" and f"{plain}'" in ("d'", "l'", "qu'", "s'"))
