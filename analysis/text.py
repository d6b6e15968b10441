"""Clean what people typed and cut it into words: apostrophes, elisions, accents, SMS spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from analysis.lists import word_list

LONGEST_TEXT = 20_000
"""Characters read of one text; a pasted novel is cut there, never refused."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′ʹ＇", "'"))
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
_LATIN = {chr(code): unicodedata.normalize("NFKD", chr(code)) for code in range(0xC0, 0x250)}
_UNACCENTED = str.maketrans(
    {letter: "".join(c for c in parts if not unicodedata.combining(c)) for letter, parts in _LATIN.items()} | _LIGATURES
)
"""Accented Latin letters without their accents: one pass, where decomposing each word takes ten times as long."""
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|@\w+")
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_ELISION = re.compile(r"^(?:[ldjmtscnz]|qu|jusqu|lorsqu|puisqu|quoiqu|parc[eé]?qu)'(?=.)", re.IGNORECASE)
_WHOLE = frozenset({"aujourd'hui", "quelqu'un", "quelqu'une", "c'est-à-dire", "rendez-vous", "d'abord", "d'accord"})
_CLITIC = re.compile(
    r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|ci|là|le|la|les|lui|leur|moi|toi|y|en|même|mêmes)$"
)
_PAUSE = re.compile(r"[.,;:!?…()\[\]{}\n\"«»“”/•|=>]+|\s[-–—*+]+\s|^\s*[-–—*]+")
_TYPOGRAPHY = tuple((mark, mark.replace(" ", "\u00a0")) for mark in ("« ", " »", " :", " ;", " !", " ?", " %"))
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_SHORTHAND = dict(pair.split("=") for pair in word_list("shorthand", "shorthand"))


def tidy(text: str) -> str:
    """The text as people should read it: NFC, one apostrophe, plain spaces, nothing invisible.

    Accents and capitals are kept. Never longer than `LONGEST_TEXT`.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).translate(_APOSTROPHES)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _BLANK_LINES.sub("\n", text).strip()


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower-case without accents or ligatures, to compare spellings: « École » → "ecole"."""
    plain = word.casefold().translate(_UNACCENTED)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)).casefold()


def fold_all(words: Sequence[str]) -> list[str]:
    """`fold` of many words without line breaks, in one pass: a dictionary in a twentieth of a second."""
    plain = "\n".join(words).casefold().translate(_UNACCENTED)
    if plain.isascii():
        return plain.split("\n")
    return [fold.__wrapped__(word) for word in words]


def typeset(sentence: str) -> str:
    """A French sentence of ours with the no-break spaces its guillemets, colons and semicolons ask for."""
    for plain, proper in _TYPOGRAPHY:
        sentence = sentence.replace(plain, proper)
    return sentence


def tokens(text: str) -> list[str]:
    """Words of a text in order, with their accents and capitals; elisions cut, addresses dropped.

    « Aujourd'hui, l'école n'est-elle pas… » → Aujourd'hui, l', école, n', est, pas. Linear in the text.
    """
    return [token for clause in clauses(text) for token in clause]


@lru_cache(maxsize=20_000)
def clauses(text: str) -> tuple[tuple[str, ...], ...]:
    """The tokens of a text, pause by pause, so that no expression straddles a comma. No empty clause."""
    pieces = _PAUSE.split(_ADDRESS.sub(" ", tidy(text)))
    return tuple(tuple(found) for piece in pieces if (found := _tokens_of(piece)))


def _tokens_of(piece: str) -> list[str]:
    found: list[str] = []
    for token in _TOKEN.findall(piece):
        if token.isalnum():
            found.append(token)
        else:
            found.extend(_cut(token))
    return found


@lru_cache(maxsize=100_000)
def spoken(token: str) -> str:
    """The ordinary spelling of a token: SMS shorthand opened, « ouiiii » squeezed, lower case."""
    plain = _REPEATED.sub(r"\1", token.lower())
    return _SHORTHAND.get(plain, plain)


def _cut(token: str) -> list[str]:
    parts: list[str] = []
    while token.lower() not in _WHOLE and (elided := _ELISION.match(token)):
        parts.append(elided.group())
        token = token[elided.end() :]
    if token.lower() not in _WHOLE:
        token = _CLITIC.sub("", token)
        if "'" in token and not token.lower().startswith(("prud'", "presqu'", "entr'", "grand'", "o'")):
            return [*parts, *(piece for piece in token.split("'") if piece)]
    return [*parts, token]
