"""Put a French word for each Creole one we know, so that ideas in Creole meet those in French: the encoder knows none."""

from __future__ import annotations

from analysis.lists import word_list
from analysis.text import fold, spoken, tokens

CREOLES = frozenset({"ht", "gcf", "gcr"})
KNOWN_FROM = 0.5
"""Share of its words that must be known for a text to be compared in French."""


_ARTICLES = ("-yan", "-yo", "-la", "-lan", "-an", "-nan", "-a")
_FUNCTION = word_list("stopwords", "creole")


def _pairs(*sections: str) -> dict[str, str]:
    """Creole word → French word; also under its unaccented spelling where no other word has it."""
    pairs = [pair.partition("=")[::2] for section in sections for pair in sorted(word_list("creole", section))]
    found: dict[str, str] = {}
    for spelled in (str, fold):
        for creole, french in pairs:
            found.setdefault(spelled(creole), french)
    return found


_HAITIAN = _pairs("haitian", "guianese")
_GUIANESE = _pairs("guianese", "haitian")


def in_french(text: str, language: str) -> str | None:
    """The text word by word in French, for comparing and never for showing; None when too few words are known.

    Grammar is left as it is: « Louvri yon gadri nan katye a » → « ouvrir un garderie dans quartier ». Linear.
    """
    if language not in CREOLES:
        return None
    known = _HAITIAN if language == "ht" else _GUIANESE
    words = [_bare(spoken(token)) for token in tokens(text)]
    told = [(word, known.get(word)) for word in words if word in known or word not in _FUNCTION]
    if sum(french is not None for _, french in told) < KNOWN_FROM * len(told) or not told:
        return None
    return " ".join(french or word for word, french in told)


def _bare(word: str) -> str:
    """The word without the article that Guianese ties to its end: « labank-a »."""
    return next((word.removesuffix(article) for article in _ARTICLES if word.endswith(article)), word)
