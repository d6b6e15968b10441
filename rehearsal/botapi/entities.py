"""Entities of a text: checked when given, found when not, trimmed with the text, drawn as safe HTML for a page."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.html import Entity, checked_link, parse_html
from rehearsal.botapi.limits import ENTITIES, utf16_length

_KINDS: Final = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
_TYPED: Final = frozenset(["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"])
_EXTRAS: Final = ("url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")
_HINT = re.compile(r"[/@#]|www\.|t\.me")
_FOUND = re.compile(
    r"(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]']|\b(?:www\.[\w-]+\.[\w./?=&%-]*\w|t\.me/[\w/?=&%-]*\w))"
    r"|(?P<bot_command>(?<![\w/@#<>.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=\w*[^\W\d])\w{1,256})"
)


def formatted(text: str, parse_mode: str, given: object) -> tuple[str, list[Entity]]:
    """The text a reader sees and its entities, from what a request holds (parse_mode wins over entities)."""
    mode = parse_mode.lower()
    if mode == "html":
        text, found = _read_html(text)
        return text, list(found)
    if mode in ("", "none"):
        entities = given_entities(given, text)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request("Unsupported parse_mode (the local Bot API reads HTML and entities, not Markdown)")
    else:
        raise bad_request("Unsupported parse_mode")
    text, entities = trimmed(text, entities)
    return text, with_found(text, entities)[:ENTITIES]


@lru_cache(maxsize=1024)  # a hall is sent the same text hundreds of times
def _read_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Nobody changes an entity once read."""
    text, entities = trimmed(*parse_html(source))
    return text, tuple(with_found(text, entities)[:ENTITIES])


def given_entities(given: object, text: str) -> list[Entity]:
    """Entities written out by the client; those that Telegram finds by itself are found again, not believed."""
    if not isinstance(given, list) or not given:
        return []
    total = utf16_length(text)
    read = [_given_entity(entity, total) for entity in given]
    kept = [entity for entity in read if entity is not None and entity["type"] not in _TYPED]
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _given_entity(entity: object, total: int) -> Entity | None:
    if not isinstance(entity, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    for name in ("type", "offset", "length"):
        if name not in entity:
            raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
    if entity["type"] not in _KINDS:
        raise bad_request("Can't parse MessageEntity: Unsupported type specified")
    offset, length = int(entity["offset"]), int(entity["length"])
    if offset < 0 or length <= 0 or offset >= total:
        return None
    place: Entity = {"type": entity["type"], "offset": offset, "length": min(length, total - offset)}
    return place | {name: entity[name] for name in _EXTRAS if entity.get(name) is not None}


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds commands, addresses, mentions and hashtags as Telegram does, outside code and links."""
    if not _HINT.search(text):
        return entities
    closed = [entity for entity in entities if entity["type"] in ("code", "pre", "text_link", "text_mention")]
    found = [entity for entity in _found(text) if not any(_overlap(entity, other) for other in closed)]
    return sorted(entities + found, key=lambda entity: (entity["offset"], -entity["length"]))


def _found(text: str) -> list[Entity]:
    return [
        {
            "type": str(match.lastgroup),
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Spaces around the text go, as Telegram removes them; entities follow or vanish with them."""
    text = text.replace("\r\n", "\n").replace("\r", "") if "\r" in text and not entities else text
    short = text.strip(" \t\n\r\v\f\0")
    if len(short) == len(text) or not entities:
        return short, entities
    lost = utf16_length(text[: len(text) - len(text.lstrip(" \t\n\r\v\f\0"))])
    total = utf16_length(short)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lost, 0)
        end = min(entity["offset"] + entity["length"] - lost, total)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return short, moved


_WRAPPERS: Final[dict[str, tuple[str, str]]] = {
    "bold": ("<b>", "</b>"), "italic": ("<i>", "</i>"), "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"), "code": ("<code>", "</code>"), "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"), "expandable_blockquote": ("<blockquote>", "</blockquote>"),
    "spoiler": ('<span class="spoiler">', "</span>"), "bot_command": ('<span class="command">', "</span>"),
    "mention": ('<span class="mention">', "</span>"), "hashtag": ('<span class="hashtag">', "</span>"),
    "text_mention": ('<span class="mention">', "</span>"),
}  # fmt: skip


def as_html(text: str, entities: list[Entity]) -> str:
    """The text as HTML that is safe to insert in a page: everything a person typed is escaped."""
    if not entities:
        return escape(text)
    units = text.encode("utf-16-le", "surrogatepass")

    def cut(start: int, end: int) -> str:
        return units[start * 2 : end * 2].decode("utf-16-le", "replace")

    return _draw(0, len(units) // 2, sorted(entities, key=lambda e: (e["offset"], -e["length"])), cut)


def _draw(start: int, end: int, entities: list[Entity], cut: Callable[[int, int], str]) -> str:
    """Draws entities inside one another; one that overlaps a neighbour's end is cut at that end."""
    drawn, at, index = "", start, 0
    while index < len(entities):
        entity = entities[index]
        begin, stop = max(entity["offset"], at), min(entity["offset"] + entity["length"], end)
        index += 1
        if stop <= begin:
            continue
        inner = []
        while index < len(entities) and entities[index]["offset"] < stop:
            inner.append(entities[index])
            index += 1
        opening, closing = _wrapper(entity, cut(begin, stop))
        drawn += escape(cut(at, begin)) + opening + _draw(begin, stop, inner, cut) + closing
        at = stop
    return drawn + escape(cut(at, end))


def _wrapper(entity: dict[str, Any], shown: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in ("text_link", "url"):
        link = checked_link(str(entity.get("url", shown)))
        if re.match(r"(?i)(https?|tg|mailto):", link):
            return f'<a href="{escape(link)}" rel="noopener noreferrer" target="_blank">', "</a>"
    return _WRAPPERS.get(kind, ("", ""))
