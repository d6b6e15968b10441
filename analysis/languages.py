"""Tell the language of each idea: Haitian, Guadeloupean and Guianese Creole included."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from analysis.parallel import processes, shared
from analysis.text import tidy

KNOWN = (
    *("fr", "en", "es", "ca", "pt", "it", "de", "nl", "ht", "gcf", "gcr", "ar", "tr", "ro", "pl", "ru", "uk"),
    *("zh", "vi", "ta", "fa", "sq", "so", "wo", "ln", "ber", "kab"),
)
"""Codes we answer; of these, the ones py3langid has never met are ignored."""

_DOUBT = 4.0
_DOUBT_OF_A_FEW_WORDS = 12.0
_FEW_WORDS = 4
SAMPLED = 2_000
SHARED_FROM, PIECE = 60_000, 10_000
"""Texts from which several processes read them, so many at a time."""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid import langid

    identifier = langid._load_identifier()
    identifier.set_languages([code for code in KNOWN if code in set(identifier.labels)])
    return identifier


def detect_language(text: str, expected: str = "fr") -> str:
    """ISO 639 code of one text; the expected language wins unless another is clearly likelier.

    The margin is in natural-log units of py3langid's naive Bayes; three words need a wider one, and
    a text without letters is in the expected language. About 20 000 texts a second.
    """
    text = tidy(text)
    if not any(c.isalpha() for c in text):
        return expected
    best, lead = _compared(text, expected)
    doubt = _DOUBT_OF_A_FEW_WORDS if len(text.split()) < _FEW_WORDS else _DOUBT
    return expected if lead < doubt else best


def detect_languages(texts: Sequence[str], expected: str = "fr") -> tuple[str, ...]:
    """Language of each text, in order.

    Where the expected language is clearly not that of the texts (under a fifth of the first two thousand, no doubt
    being given to it), the commonest takes its place.
    """
    sample = [_compared(tidy(text), expected)[0] for text in texts[:SAMPLED]]
    if sample and sample.count(expected) < len(sample) / 5:
        expected = max(sorted(set(sample)), key=sample.count)
    if len(texts) < SHARED_FROM or processes() < 2:
        return _detected(texts, expected)
    pieces = [texts[start : start + PIECE] for start in range(0, len(texts), PIECE)]
    return tuple(chain.from_iterable(shared(partial(_detected, expected=expected), pieces)))


def _detected(texts: Sequence[str], expected: str) -> tuple[str, ...]:
    return tuple(detect_language(text, expected) for text in texts)


@lru_cache(maxsize=20_000)
def _compared(text: str, expected: str) -> tuple[str, float]:
    """The likeliest language of a tidy text, and its lead over the expected one."""
    ranked = _identifier().rank(text.lower())
    best, score = ranked[0]
    return best, score - dict(ranked).get(expected, float("-inf"))
