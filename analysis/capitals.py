"""Hear a message typed all in capitals as the same message in small letters."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.languages import detect_language
from analysis.lemmas import accent, is_french_word
from analysis.parts import ADJECTIVES, OTHERS
from analysis.text import spoken, tidy
from analysis.words import LONGEST_ACRONYM, read_word

LOUD = 0.8
"""Share of its letters in capitals from which a message is shouted: people forget a key, or sign in small letters."""

_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(^|[.!?…\n]\s+)([^\W\d_])")
ORDINARY = ADJECTIVES | OTHERS


def is_shouted(text: str) -> bool:
    """Whether nearly all its letters are capitals."""
    return sum(map(str.isupper, text)) > LOUD * sum(map(str.isalpha, text))


@lru_cache(maxsize=5_000)
def unshouted(text: str) -> str:
    """The tidy text; one all in capitals in sentence case, so that meaning and not size is compared.

    French gets back the accents that capitals leave out (« COLLEGIENS »: collégiens), and keeps the short words that
    no dictionary knows in capitals (« CV », « CAF »).
    """
    plain = tidy(text)
    if not is_shouted(plain):
        return plain
    french = detect_language(plain) == "fr"
    low = _WORD.sub(lambda found: _lowered(found.group()), plain) if french else plain.lower()
    return _OPENS.sub(lambda found: found.group(1) + found.group(2).upper(), low)


def _lowered(word: str) -> str:
    return word if 1 < len(word) <= LONGEST_ACRONYM and not _is_ordinary(word.lower()) else accent(word.lower())


def _is_ordinary(word: str) -> bool:
    plain = accent(spoken(word))
    return is_french_word(plain) or plain in ORDINARY or read_word(word).function
