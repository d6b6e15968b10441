"""Cut from what people wrote the short phrases a theme may be called by: « aide aux devoirs », « riches »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analysis.lemmas import stem
from analysis.parts import Part, is_infinitive, part_of
from analysis.stopwords import FRENCH_BEFORE, FRENCH_FAINT
from analysis.text import fold, tokens
from analysis.words import Reading, Word, natural_form, read_word

LONGEST_PHRASE = 5
MOST_NAMES = 3

_JOINS = frozenset({"de", "d'", "du", "des", "en", "à", "au", "aux", "pour", "contre", "sur", "sans"})
_LOOSE_JOINS = frozenset({"en", "à", "au", "aux", "pour", "sur", "sans"})

_PLURAL = ("s", "x", "z")
_HEADS = (Part.NOUN, Part.UNKNOWN)


@dataclass(frozen=True)
class Phrase:
    """A phrase and the ways people wrote it, one an idea.

    `name`: stems of its words, links left out; `stems`: those of its words of content. `length` in words.
    `vague`: one of its words says little by itself (« grand »); `loose`: a guess that needs two people
    to have said it, for « école au fonctionnement » follows the form of « aide aux devoirs », and a word that no dictionary
    knows may be a slip. `slip`: nobody wrote such a word as a name, with a capital inside a sentence.
    """

    name: tuple[str, ...]
    stems: tuple[str, ...]
    forms: tuple[str, ...]
    length: int
    vague: bool = False
    loose: bool = False
    slip: bool = False

    @property
    def count(self) -> int:
        """Ideas that hold it."""
        return len(self.forms)

    @cached_property
    def surface(self) -> str:
        """As people mostly wrote it."""
        return natural_form(self.forms)


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    word: Word
    part: Part
    slip: bool = False


def find_phrases(readings: Sequence[Reading], language: str = "fr") -> list[Phrase]:
    """Every phrase of at most five words, in order of first appearance; an expression already joined is cut again.

    A noun with its adjectives, at most two more nouns joined to it by « de », « à », « pour »…, never a verb: what to do
    about it is for the ideas to say. In other languages, whose parts of speech we do not know, a word or words joined by
    « de ». Linear.
    """
    forms: dict[tuple[str, ...], list[str]] = {}
    first: dict[tuple[str, ...], tuple[_Token, ...]] = {}
    clean: set[tuple[str, ...]] = set()
    for reading in readings:
        once = {name: (cut, written) for clause in reading for name, cut, written in _named_cuts(clause, language)}
        for name, (cut, written) in once.items():
            forms.setdefault(name, []).append(written)
            first.setdefault(name, cut)
            if not any(token.slip for token in cut):
                clean.add(name)
    return [_phrase(name, first[name], tuple(written), name not in clean) for name, written in forms.items()]


@lru_cache(maxsize=10_000)  # a clause is read for its theme, for its sub-theme, and when one more idea has come
def _named_cuts(clause: tuple[Word, ...], language: str) -> tuple[tuple[tuple[str, ...], tuple[_Token, ...], str], ...]:
    """Name, tokens and writing of each phrase of a clause that says no word twice."""
    named = ((_key(cut), cut) for cut in _all_cuts(clause, language))
    return tuple((name, cut, _written(cut)) for name, cut in named if len(set(name)) == len(name))


def _phrase(name: tuple[str, ...], cut: tuple[_Token, ...], forms: tuple[str, ...], slip: bool) -> Phrase:
    return Phrase(
        name,
        stems=tuple(stem(token.word.key) for token in cut if token.word.content),
        forms=forms,
        length=len(forms[0].split()),
        vague=any(token.word.weak for token in cut),
        loose=any(_is_loose(token) for token in cut[1:]) or cut[0].part is Part.UNKNOWN,
        slip=slip,
    )


def _is_loose(token: _Token) -> bool:
    return token.part is Part.UNKNOWN or token.form.lower() in _LOOSE_JOINS


def _opened(clause: Sequence[Word], language: str) -> list[_Token]:
    words: list[Word] = []
    for word in clause:
        words.extend([read_word(token, language) for token in tokens(word.form)] if word.expression else [word])
    if language != "fr":
        return [_Token(word.form, word, Part.LINK if word.function else Part.UNKNOWN) for word in words]
    parts = [part_of(word) for word in words]
    return [
        _Token(word.form, word, part, part is Part.UNKNOWN and not _is_named(word.form, place))
        for place, (word, part) in enumerate(zip(words, parts, strict=True))
    ]


def _is_named(form: str, place: int) -> bool:
    """Whether a word that no dictionary knows was written as a name (« le Mirail », « AESH »), and not by a slip."""
    return form.isupper() or (place > 0 and form[0].isupper())


def _all_cuts(clause: Sequence[Word], language: str) -> Iterator[tuple[_Token, ...]]:
    """Phrases by their form, and the expressions people use whole (« transports en commun »)."""
    yield from _cuts(_opened(clause, language))
    for word in clause:
        whole = tuple(_opened([word], language)) if word.expression else ()
        if whole and len(whole) <= LONGEST_PHRASE and (whole[0].part in _HEADS or _before(list(whole), 0)):
            yield whole


def _cuts(clause: list[_Token]) -> Iterator[tuple[_Token, ...]]:
    for start in range(len(clause)):
        if _opens(clause, start):
            yield from (tuple(clause[start:end]) for end in _ends(clause, start, 1))
        elif _before(clause, start) and _opens(clause, start + 1):
            yield from (tuple(clause[start:end]) for end in _ends(clause, start + 1, 2))


def _opens(clause: list[_Token], place: int) -> bool:
    """A noun that means something, or an adjective used as one (« les riches »)."""
    if place >= len(clause):
        return False
    token = clause[place]
    if token.word.weak or {fold(token.form), fold(token.word.key)} & FRENCH_FAINT:
        return False
    if token.part in _HEADS:
        return True
    alone = place + 1 == len(clause) or clause[place + 1].part in (Part.LINK, Part.OTHER)
    many = place > 0 and clause[place - 1].form.lower() in ("les", "des", "aux")
    return token.part is Part.ADJECTIVE and many and alone


def _before(clause: list[_Token], place: int) -> bool:
    """Whether an adjective stands before its noun: « petits commerces », « première nécessité »."""
    described = place + 1 < len(clause) and clause[place + 1].part in _HEADS
    return described and fold(clause[place].word.key) in FRENCH_BEFORE and _agree(clause[place + 1], clause[place])


def _ends(clause: list[_Token], head: int, length: int) -> Iterator[int]:
    """Places after each complete end of the group of words whose noun is at `head`, `length` words being taken."""
    place, names = head + 1, 1
    while True:
        described = (
            place < len(clause) and clause[place].part is Part.ADJECTIVE and _agree(clause[place - 1], clause[place])
        )
        cut_short = described and names > 1 and not is_infinitive(clause[place].word.key)
        if not cut_short:
            yield place
        if place >= len(clause) or length >= LONGEST_PHRASE:
            return
        if described:
            place, length = place + 1, length + 1
            continue
        begin = _joined(clause, place)
        length += sum(not token.form.endswith("'") for token in clause[place : begin + 1])
        if begin == place or names == MOST_NAMES or length > LONGEST_PHRASE:
            return
        place, names = begin + 1, names + 1


def _joined(clause: list[_Token], place: int) -> int:
    """Place of the noun that the words at `place` join to what precedes; `place` itself when none does."""
    begin = place
    if clause[begin].form.lower() in _JOINS:
        begin += 1
        if begin < len(clause) and clause[begin].form.lower() in ("la", "les", "l'", "le"):
            begin += 1
        if begin < len(clause) and _before(clause, begin):
            begin += 1
    return begin if begin < len(clause) and begin > place and clause[begin].part in _HEADS else place


def _agree(noun: _Token, adjective: _Token) -> bool:
    """Whether both are singular or both plural; a noun such as « bus » is either."""
    if noun.word.key.endswith(_PLURAL):
        return True
    return noun.form.lower().endswith(_PLURAL) == adjective.form.lower().endswith(_PLURAL)


def _key(cut: Sequence[_Token]) -> tuple[str, ...]:
    return tuple(stem(token.word.key) for token in cut if token.part is not Part.LINK)


def _written(cut: Sequence[_Token]) -> str:
    return "".join(t.form.lower() if t.form.endswith("'") else f"{_shown(t)} " for t in cut).strip()


def _shown(token: _Token) -> str:
    return token.form.lower() if token.part is Part.LINK else token.form
