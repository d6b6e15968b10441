"""Words that carry no theme: those that never make an expression, and those too weak to stand alone."""

from __future__ import annotations

from analysis.lists import word_list

_CREOLES = frozenset({"ht", "gcf", "gcr"})

FRENCH_FUNCTION = word_list("stopwords", "french function")
"""French words that never belong to an expression except as its links (« de », « en »)."""

FRENCH_WEAK = word_list("stopwords", "french weak")
"""French lemmas hidden when alone, welcome inside an expression (« pouvoir d'achat »)."""

LINKS = word_list("stopwords", "french links")
"""Small words allowed between the two words of an expression."""

NEVER_FIRST = word_list("stopwords", "french never first")
"""French lemmas that do not open an expression: auxiliaries and words as vague as « chose »."""


def function_words(language: str) -> frozenset[str]:
    """Lower-case words without content in this language (ISO 639 code); empty when we have no list."""
    if language == "fr":
        return FRENCH_FUNCTION
    return word_list("stopwords", "creole" if language in _CREOLES else language)
