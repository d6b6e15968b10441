"""Bring inflected words to one form: *écoles* and *ecole* meet in « école »."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from analysis.stopwords import FRENCH_FUNCTION
from analysis.text import fold, fold_all

_SIMPLEMMA = frozenset({"ca", "de", "en", "es", "it", "nl", "pl", "pt", "ro", "tr"})
_CREOLES = frozenset({"ht", "gcf", "gcr"})


@lru_cache(maxsize=1)
def _french() -> tuple[dict[str, str], dict[str, str]]:
    """(form → lemma, unaccented spelling → form), from simplemma: 250 000 forms, 0.3 s."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    shipped = DefaultDictionaryFactory().get_dictionary("fr")
    raw: dict[bytes, bytes] | None = getattr(shipped, "_dict", None)  # its own iteration decodes each entry twice
    known = dict(shipped) if raw is None else dict(zip(_decoded(raw), _decoded(raw.values()), strict=True))
    forms = {form: lemma for form, lemma in known.items() if form[0] != "-"}
    foreign = [form for form in forms if not form.isascii()]
    accented: dict[str, str] = {}
    for form, plain in zip(foreign, fold_all(foreign), strict=True):
        if plain not in forms:
            accented.setdefault(plain, form)
    return forms, accented


def _decoded(words: Iterable[bytes]) -> list[str]:
    """Many words decoded at once, four times faster than one by one."""
    return b"\n".join(words).decode().split("\n")


_UNACCENTED_FUNCTION = {
    fold(word): word for word in FRENCH_FUNCTION if not word.isascii() and fold(word) not in FRENCH_FUNCTION
}
"""« apres » is « après » and not the rare « âpres »."""


def is_french_word(word: str) -> bool:
    """Whether the dictionary knows this lower-case spelling, accents included."""
    return word in _french()[0]


@lru_cache(maxsize=200_000)
def accent(word: str) -> str:
    """The accented spelling of a French word typed without its accents, or the word itself."""
    if word in _UNACCENTED_FUNCTION:
        return _UNACCENTED_FUNCTION[word]
    forms, accented = _french()
    return word if word in forms or word in FRENCH_FUNCTION else accented.get(word, word)


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str = "fr") -> str:
    """Dictionary form of a lower-case word; words nobody knows lose their plural mark only.

    « taxes » is the noun before it is the verb: a plural whose singular is a headword goes to that headword.
    """
    if language in _CREOLES:
        return fold(word)
    if language != "fr":
        return _foreign(word, language)
    forms, _ = _french()
    word = accent(word)
    known = forms.get(word)
    if known == word:
        return word
    singular = _singular(word)
    if singular != word and forms.get(singular) == singular:
        return singular
    if known is not None:
        return known.lower()
    return forms.get(singular, singular).lower()


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al" if word[:-3] + "al" in _french()[0] else word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def _foreign(word: str, language: str) -> str:
    if language not in _SIMPLEMMA:
        return word
    found: str = _lemmatizer().lemmatize(word, lang=language)
    return found.lower()


@lru_cache(maxsize=1)
def _lemmatizer() -> Any:
    """Simplemma reading its dictionaries where they lie: whole, ten languages would take two gigabytes."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    factory = StreamDictionaryFactory(cache_max_size=len(_SIMPLEMMA))
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))


@lru_cache(maxsize=200_000)
def stem(key: str) -> str:
    """The French stem of a lemma (Snowball), which brings « voter » and « vote » together."""
    found: str = _stemmer().stemWord(key)
    return found


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("french")
