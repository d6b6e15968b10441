"""The ideas of the simulated councillors, sorted by theme, topic and register of language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REGISTERS = frozenset(
    {
        "ordinary",
        "sms",
        "capitals",
        "typos",
        "double",  # two ideas in one message
        "echo",  # says again what another idea says
        "short",  # one to three words
        "off_topic",
        "rude",
        "creole",  # Haitian or Guianese
        "arabic",  # in Arabic script
    }
)


@dataclass(frozen=True)
class Idea:
    """One message as a person would type it, with what it is about: a grouping may be scored against it."""

    text: str
    theme: str
    topic: str
    register: str

    def __post_init__(self) -> None:
        if self.register not in REGISTERS:
            raise ValueError(f"unknown register {self.register!r} for {self.text!r}")


@dataclass(frozen=True)
class Topic:
    """A finer subject inside a theme; `off_topic` exists in each theme."""

    key: str
    label: str
    ideas: tuple[Idea, ...]


@dataclass(frozen=True)
class Theme:
    """A theme of the workshop, the question a facilitator may ask on it, and the words that betray it."""

    key: str
    label: str
    question: str
    keywords: tuple[str, ...]
    topics: tuple[Topic, ...]

    @property
    def ideas(self) -> tuple[Idea, ...]:
        return tuple(idea for topic in self.topics for idea in topic.ideas)


def read_theme(page: Mapping[str, Any]) -> Theme:
    """Build a theme from one data file; raises ValueError on an unknown register."""
    return Theme(
        page["theme"],
        page["label"],
        page["question"],
        tuple(page["keywords"]),
        tuple(_read_topic(page["theme"], entry) for entry in page["topics"]),
    )


def _read_topic(theme: str, entry: Mapping[str, Any]) -> Topic:
    key = entry["key"]
    ideas = (Idea(text, theme, key, register) for line in entry["ideas"] for register, text in line.items())
    return Topic(key, entry["label"], tuple(ideas))
