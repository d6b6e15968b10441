"""Tell an answer that says nothing from an idea, and a message that holds two ideas from one."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.lemmas import is_french_word, lemma
from analysis.lists import word_list
from analysis.text import fold, spoken, tidy, tokens
from analysis.words import keys, read

_HOLLOW = word_list("hollow", "hollow")
_TELLING = word_list("hollow", "telling")
_LEANING = word_list("hollow", "leans")
_HOLLOW_PHRASES = frozenset(
    {
        "je passe",
        "r a s",
        "sans objet",
        "s o",
        "so",
        "non applicable",
        "deja repondu",
        "j ai deja repondu",
        "ne sait pas",
        "n a",
    }
)
_LONGEST_HOLLOW = 12

_BULLET = re.compile(r"(?:^|\n)\s*(?:[-–—•*·▪►+]|\d{1,2}\s*[.)/°-]|[a-h]\))\s+|\n|;|\s+[-–—•]\s+(?=[A-ZÀ-Ý])")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý0-9«])")
_AND_ALSO = re.compile(r",?\s+(?:et aussi|et puis|ainsi que de|mais aussi|et également|\+)\s+", re.IGNORECASE)
_AND = re.compile(r"(?:,\s*|\s+et\s+(?:de\s+|d')?|,\s*et\s+)(?=(\w+))")


@lru_cache(maxsize=20_000)
def says_nothing(text: str) -> bool:
    """Whether the answer holds no idea: « RAS », « je ne sais pas », « oui », an emoji, a number, nothing."""
    said = tokens(text)
    if sum(token.isalpha() for token in said) > _LONGEST_HOLLOW:
        return False
    found = [fold(spoken(token)).rstrip("'") for token in said]
    words = [word for word in found if any(c.isalpha() for c in word)]
    if not words or " ".join(words) in _HOLLOW_PHRASES:
        return True
    if len(words) > _LONGEST_HOLLOW or not set(words) <= _HOLLOW:
        return len(words) == 1 and len(words[0]) == 1
    return bool(set(words) & _TELLING) or len(words) == 1


@lru_cache(maxsize=5_000)
def ideas_in(text: str) -> tuple[str, ...]:
    """The ideas of one message, as a proposal to cut it: one element when it holds a single idea.

    Cuts at line breaks, bullets, semicolons, sentences that do not lean on the one before, « et aussi », and
    at « et » or a comma between two actions (« baisser les impôts et développer les trains »). Each piece
    keeps at least two words of content. Linear.
    """
    pieces = [piece for line in _BULLET.split(tidy(text)) if line for piece in _SENTENCE.split(line)]
    pieces = [part for piece in pieces for also in _AND_ALSO.split(piece) for part in _cut_actions(also)]
    return tuple(_gather([piece.strip(" \t\n,-–—•*") for piece in pieces])) or (tidy(text),)


def _cut_actions(piece: str) -> list[str]:
    start = tokens(piece)[:1]
    if not start or not _is_action(start[0]):
        return [piece]
    cuts = [found for found in _AND.finditer(piece) if _is_action(found.group(1))]
    edges = [0, *(found.end() for found in cuts), len(piece)]
    ends = [*(found.start() for found in cuts), len(piece)]
    return [piece[low:high] for low, high in zip(edges, ends, strict=False)]


def _is_action(word: str) -> bool:
    plain = word.lower()
    return plain.endswith(("er", "ir", "re")) and len(plain) > 4 and is_french_word(plain) and lemma(plain) == plain


def _gather(pieces: list[str]) -> list[str]:
    """Pieces that lean on the one before, or weigh less than two content words, go with their neighbour."""
    whole: list[str] = []
    for piece in pieces:
        if not piece:
            continue
        if whole and (_leans(piece) or _light(piece) or _light(whole[-1])):
            whole[-1] = f"{whole[-1]} {piece}"
        else:
            whole.append(piece)
    return whole


def _light(piece: str) -> bool:
    return len(set(keys(read(piece)))) < 2


def _leans(piece: str) -> bool:
    first = tokens(piece)[:1]
    return not first or fold(first[0]) in _LEANING
