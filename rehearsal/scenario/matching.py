"""Finding a keyword in a sentence the way a reader does: accents, capitals and punctuation do not count."""

import re
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Lower-case words without accents, separated and surrounded by single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(["", *re.findall(r"[^\W_]+", bare), ""])


def hits(keywords: Iterable[str], text: str) -> int:
    """How many of the keywords begin a word of the text ("emploi" meets "emplois", not "réemploi")."""
    folded = fold(text)
    return sum(fold(keyword).rstrip() in folded for keyword in keywords)
