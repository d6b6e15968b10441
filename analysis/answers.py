"""Tell an answer that says nothing from an idea, and a message that holds two ideas from one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from analysis.civic import civic_vectors
from analysis.lemmas import is_french_word, lemma
from analysis.lists import word_list
from analysis.parts import Part, is_infinitive, part_of
from analysis.text import fold, spoken, tidy, tokens
from analysis.words import Word, keys, read

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

APART_BELOW = 0.25
"""Cosine of civic vectors under which two sentences are on two subjects."""

_TELLER = word_list("hollow", "teller")
_NEEDED = word_list("hollow", "needed")
_FINITE = word_list("hollow", "finite")

_BULLET = re.compile(r"(?:^|\n)\s*(?:[-–—•*·▪►+]|\d{1,2}\s*[.)/°-]|[a-h]\))\s+|\n|;|\s+[-–—•]\s+(?=[A-ZÀ-Ý])")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý0-9«])")
_AND_ALSO = re.compile(r",?\s+(?:et aussi|et puis|ainsi que de|mais aussi|et également)\s+", re.IGNORECASE)
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

    Cuts at line breaks, bullets, semicolons, before a sentence that proposes something or speaks of something else
    than the one before, at « et aussi », and at « et » or a comma between two actions (« baisser les impôts et
    développer les trains »); never between brackets. Each piece keeps at least two words of content. Linear.
    """
    lines = [line for line in _outside_brackets(_BULLET, tidy(text)) if line]
    pieces = [part for line in lines for piece in _sentences(line) for part in _actions(piece)]
    return tuple(_gather([piece.strip(" \t\n,-–—•*") for piece in pieces])) or (tidy(text),)


def _outside_brackets(mark: re.Pattern[str], text: str) -> list[str]:
    """The text cut at each mark, but never between brackets: what they hold explains one idea."""
    edges, start = [], 0
    for found in mark.finditer(text):
        before = text[: found.start()]
        if before.count("(") <= before.count(")"):
            edges.append((start, found.start()))
            start = found.end()
    return [text[low:high] for low, high in [*edges, (start, len(text))]]


def _sentences(line: str) -> list[str]:
    """Sentences of a line, those that go on with the subject of the one before kept with it, or answer its question."""
    whole: list[str] = []
    for sentence in _outside_brackets(_SENTENCE, line):
        if whole and (whole[-1].endswith("?") or not _begins_anew(whole[-1], sentence)):
            whole[-1] = f"{whole[-1]} {sentence}"
        else:
            whole.append(sentence)
    return whole


def _begins_anew(before: str, sentence: str) -> bool:
    """Whether a sentence is another idea: a proposal, or a statement on a subject the one before did not touch."""
    reading = read(sentence)
    words = [word for clause in reading for word in clause]
    if not words or fold(words[0].form).rstrip("'") in _TELLER:
        return False
    if _proposes(words):
        return True
    one, other = civic_vectors().encode([read(before), reading])
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return lengths > 0 and float(one @ other) / lengths < APART_BELOW


def _proposes(words: Sequence[Word]) -> bool:
    """« Ouvrir une crèche », « Une crèche le soir », « Il faut des crèches »: an infinitive, no verb, or « il faut »."""
    return (
        part_of(words[0]) is Part.INFINITIVE
        or any(fold(word.form) in _NEEDED for word in words[:3])
        or not any(_is_finite(word) for word in words)
    )


def _is_finite(word: Word) -> bool:
    plain = spoken(word.form)
    if fold(plain) in _FINITE:
        return True
    return part_of(word) is Part.OTHER and lemma(plain) != plain and is_infinitive(lemma(plain))


def _actions(piece: str) -> list[str]:
    return [part for also in _outside_brackets(_AND_ALSO, piece) for part in _cut_actions(also)]


def _cut_actions(piece: str) -> list[str]:
    start = tokens(piece)[:1]
    if not start or not _is_action(start[0]):
        return [piece]
    cuts = [found for found in _AND.finditer(piece) if _is_action(found.group(1))]
    if cuts and sum(map(_is_action, tokens(piece[: cuts[0].start()]))) > 1:
        return [piece]  # « aider les jeunes à acheter et rénover »: the second action is part of the first
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
