"""Tell nouns, adjectives and infinitives apart, so that a theme is called as a French reader would call it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from analysis.civic import civic_vectors
from analysis.lemmas import accent, is_french_word, lemma
from analysis.lists import word_list
from analysis.text import spoken
from analysis.words import LONGEST_ACRONYM, Word

NOUNS = word_list("parts", "nouns")
ADJECTIVES = word_list("parts", "adjectives")
OTHERS = word_list("parts", "others")

_INFINITIVE = ("er", "ir", "re", "oir")
_PARTICIPLE = ("é", "ée", "és", "ées", "i", "ie", "is", "ies", "u", "ue", "us", "ues")
_CONJUGATED = ("ai", "ais", "ois", "rai", "ras")
_LIKE_ADJECTIVES = (
    "ique",
    "iques",
    "able",
    "ables",
    "ible",
    "ibles",
    "if",
    "ifs",
    "ive",
    "ives",
    "eux",
    "euse",
    "euses",
)

RAREST_COMMON = 8.5
"""Log rarity in the open debate: about one answer in five thousand."""


class Part(StrEnum):
    """What a word may do in a label; `LINK` words only join others, `OTHER` words break a phrase."""

    NOUN = "noun"
    ADJECTIVE = "adjective"
    INFINITIVE = "infinitive"
    LINK = "link"
    OTHER = "other"
    UNKNOWN = "unknown"
    """No dictionary knows it: a slip of the finger, a name, or another language. Acronyms are nouns."""


def part_of(word: Word) -> Part:
    """The part a word mostly plays in French; a guess by word, not by sentence."""
    return Part.LINK if word.function else _part(word.form)


@lru_cache(maxsize=100_000)
def _part(form: str) -> Part:
    plain = accent(spoken(form))
    if plain[0].isdigit():
        return Part.OTHER
    if plain in NOUNS:
        return Part.NOUN
    base = lemma(plain)
    if plain in ADJECTIVES and not plain.endswith("er"):
        return Part.ADJECTIVE
    if base != plain and is_infinitive(base) and base not in NOUNS:
        return Part.ADJECTIVE if plain.endswith(_PARTICIPLE) and not plain.endswith(_CONJUGATED) else Part.OTHER
    if is_infinitive(plain):
        return Part.INFINITIVE
    if plain in OTHERS:
        return Part.OTHER
    if plain.endswith(_LIKE_ADJECTIVES):
        return Part.ADJECTIVE
    if base in NOUNS:
        return Part.NOUN
    if plain.endswith("ment"):
        return Part.OTHER
    if not is_french_word(plain):
        named = (form.isupper() and len(form) <= LONGEST_ACRONYM) or _is_common(base)
        return Part.NOUN if named else Part.UNKNOWN
    return Part.ADJECTIVE if plain.endswith(_PARTICIPLE) else Part.NOUN


def _is_common(key: str) -> bool:
    """Whether many people use a word that no dictionary has (« covoiturage », not « faudrai »)."""
    civic = civic_vectors()
    place = civic.places.get(key)
    return place is not None and float(civic.rarity[place]) < RAREST_COMMON


@lru_cache(maxsize=100_000)
def is_infinitive(word: str) -> bool:
    """Whether this lower-case word is a headword that looks like a verb: « loyer » does too."""
    return word.endswith(_INFINITIVE) and len(word) > 3 and is_french_word(word) and lemma(word) == word
