"""Read the word lists kept as plain text beside this file: `[section]` lines, then words."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def _sections(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    section = ""
    for line in files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(section, set()).update(line.split())
    return {title: frozenset(words) for title, words in found.items()}


def word_list(name: str, section: str) -> frozenset[str]:
    """Words of one section of `<name>.txt`; empty when there is no such section."""
    return _sections(name).get(section, frozenset())
