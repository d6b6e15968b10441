"""JSON kept as text: answers in their one canonical form, details of facts and jobs."""

from collections.abc import Mapping
from typing import Any

import orjson

from participation.questions.kit import Answer


def pack_answer(answer: Answer) -> str:
    """`(0, 2)` is `[0,2]`: equal answers have equal texts, so that a tally is one GROUP BY."""
    return orjson.dumps(answer).decode()


def unpack_answer(text: str) -> Answer:
    """What `pack_answer` kept."""
    return tuple(orjson.loads(text))


def pack(details: Mapping[str, object]) -> str:
    """A mapping as text; keys that are numbers come back as text, tuples as lists."""
    return orjson.dumps(dict(details), option=orjson.OPT_NON_STR_KEYS).decode()


def unpack(text: str) -> dict[str, Any]:
    """What `pack` kept."""
    found: dict[str, Any] = orjson.loads(text)
    return found


def pack_list(items: tuple[int | str, ...]) -> str:
    """A tuple as text."""
    return orjson.dumps(items).decode()


def unpack_list(text: str) -> tuple[Any, ...]:
    """What `pack_list` kept."""
    return tuple(orjson.loads(text))
