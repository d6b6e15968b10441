"""Words that carry no theme: those that never make an expression, and those too weak to stand alone."""

from __future__ import annotations

from analysis.lists import word_list

_CREOLES = frozenset({"ht", "gcf", "gcr"})

FRENCH_FUNCTION = word_list("stopwords", "french function")
"""French words that never belong to an expression except as its links (« de », « en »)."""

FRENCH_WEAK = word_list("stopwords", "french weak")
"""French lemmas hidden when alone, welcome inside an expression (« pouvoir d'achat »)."""

FRENCH_NEVER_WEAK = word_list("stopwords", "french never weak")
"""Plurals that mean more than their weak headword: « les devoirs » are not the verb."""

LINKS = word_list("stopwords", "french links")
"""Small words allowed between the two words of an expression."""

NEVER_FIRST = word_list("stopwords", "french never first")
"""French lemmas that do not open an expression: auxiliaries and words as vague as « chose »."""

FRENCH_FAINT = word_list("stopwords", "french faint")
"""Unaccented French nouns that name no theme by themselves (« semaine », « moitié »), welcome after another word."""

FRENCH_RUDE = word_list("stopwords", "french rude")
"""French lemmas that are never projected in a name, though ideas that hold them are read like any other."""

FRENCH_BEFORE = word_list("stopwords", "french before")
"""Unaccented French adjectives that stand before their noun (« première nécessité »)."""

FRENCH_ARTICLES = word_list("stopwords", "french articles")
"""What a French noun follows, « de » left out."""


def function_words(language: str) -> frozenset[str]:
    """Lower-case words without content in this language (ISO 639 code); empty when we have no list."""
    if language == "fr":
        return FRENCH_FUNCTION
    return word_list("stopwords", "creole" if language in _CREOLES else language)
