"""Reads a text written with parse_mode HTML into plain text and entities, refusing what Telegram refuses."""

import re
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.botapi.errors import ApiError, bad_request
from rehearsal.botapi.limits import utf16_length

Entity = dict[str, Any]

_SIMPLE: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
_TAGS: Final = {*_SIMPLE, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*))(;?)")
_SPECIAL = re.compile(r"[<&]")
_SPACES = " \t\r\n\0\x0b"
_NAME_END = re.compile(r"[ \t\r\n\0\x0b=>/\"']")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    start: int  # index in the list of written pieces, to find what an <a> without href surrounds


class _Reader:
    """One pass over the source; `pieces` is the text written so far, `units` its length in UTF-16."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.units = 0
        self.open: list[_OpenTag] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            found = _SPECIAL.search(self.source, self.at)
            if found is None:
                self.write(self.source[self.at :])
                break
            self.write(self.source[self.at : found.start()])
            self.at = found.start()
            self._read_special()
        if self.open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return _checked("".join(self.pieces)), _sorted(self.entities)

    def write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.units += utf16_length(text)

    def _read_special(self) -> None:
        if self.source[self.at] == "&":
            character, self.at = _reference(self.source, self.at)
            self.write(character)
        elif self.source.startswith("</", self.at):
            self._close_tag()
        else:
            self._open_tag()

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode("utf-8", "surrogatepass"))

    def _word_end(self, index: int) -> int:
        while index < len(self.source) and self.source[index] not in _SPACES and self.source[index] != ">":
            index += 1
        return index

    def _skip_spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACES:
            self.at += 1

    def _current(self) -> str:
        return self.source[self.at : self.at + 1]

    def _open_tag(self) -> None:
        begin = self.at
        self.at = self._word_end(begin + 1)
        if not self._current():
            raise _fault(f"Unclosed start tag at byte offset {self._byte(begin)}")
        name = self.source[begin + 1 : self.at].lower()
        if name not in _TAGS:
            raise _fault(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise _fault(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.at += 1
        self.open.append(_OpenTag(name, argument, self.units, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_spaces()
            if self._current() == ">":
                return argument
            name = self._attribute_name(tag, begin)
            value = self._attribute_value(tag, begin)
            argument = _argument(tag, name, value, argument)

    def _attribute_name(self, tag: str, begin: int) -> str:
        end = _NAME_END.search(self.source, self.at)
        if end is None:
            raise _fault(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        name = self.source[self.at : end.start()]
        if not name:
            raise _fault(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self.at = end.start()
        self._skip_spaces()
        return name

    def _attribute_value(self, tag: str, begin: int) -> str | None:
        if self._current() == "=":
            self.at += 1
            self._skip_spaces()
        elif self._current():
            return None
        if not self._current():
            raise _fault(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = self._quoted() if self._current() in "'\"" else self._token()
        if not self._current():
            raise _fault(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _token(self) -> str:
        found = _TOKEN.match(self.source, self.at)
        value = found.group() if found else ""
        start, self.at = self.at, self.at + len(value)
        if self._current() and self._current() not in _SPACES and self._current() != ">":
            raise _fault(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return value.lower()

    def _quoted(self) -> str:
        quote, value = self._current(), ""
        self.at += 1
        while self._current() not in (quote, ""):
            if self._current() == "&":
                character, self.at = _reference(self.source, self.at)
                value += character
            else:
                value += self._current()
                self.at += 1
        if self._current():
            self.at += 1
        return value

    def _close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _fault(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at = self._word_end(begin + 2)
        name = self.source[begin + 2 : self.at].lower()
        self._skip_spaces()
        if self._current() != ">":
            raise _fault(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise _fault(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.units > tag.offset:
            self._add_entity(tag)

    def _add_entity(self, tag: _OpenTag) -> None:
        place: Entity = {"offset": tag.offset, "length": self.units - tag.offset}
        if tag.name in ("pre", "code"):
            self._add_code(tag, place)
        elif tag.name == "a":
            self._add_link(tag, place)
        elif tag.name == "tg-emoji":
            if not tag.argument.isdecimal() or int(tag.argument) == 0:
                raise _fault("Invalid custom emoji identifier specified")
            self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": tag.argument})
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self.entities.append({"type": kind, **place})
        elif tag.name in _SIMPLE:
            self.entities.append({"type": _SIMPLE[tag.name], **place})

    def _add_link(self, tag: _OpenTag, place: Entity) -> None:
        url = tag.argument or "".join(self.pieces[tag.start :])
        if user := re.fullmatch(r"tg://user\?id=(\d+)", url):
            self.entities.append({"type": "text_mention", **place, "user": {"id": int(user.group(1))}})
        elif link := checked_link(url):
            self.entities.append({"type": "text_link", **place, "url": link})

    def _add_code(self, tag: _OpenTag, place: Entity) -> None:
        """<pre><code class="language-x"> is one entity, `pre` with its language."""
        last = self.entities[-1] if self.entities else {}
        same_place = {"offset": last.get("offset"), "length": last.get("length")} == place
        if tag.name == "pre" and same_place and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
        elif tag.name == "code" and same_place and last["type"] == "pre" and tag.argument:
            last["language"] = tag.argument
        else:
            entity: Entity = {"type": tag.name, **place}
            if tag.argument:
                entity["language"] = tag.argument
            self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities (offsets in UTF-16 units), or a 400 with Telegram's description."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


def checked_link(url: str) -> str:
    """The address as Telegram keeps it in a text link, or nothing when it would drop the link."""
    if re.match(r"(?i)(https?|tg|ton|tonsite|mailto|tel):", url):
        host = re.match(r"(?i)https?://([^/?#]*)", url)
        if host is None:
            return url
        if "." not in host.group(1):
            return ""
        return url if url[len(host.group()) :] else url + "/"
    return f"http://{url}/" if re.fullmatch(r"[\w.-]+\.[^\W\d_]{2,}", url) else ""


def _argument(tag: str, name: str, value: str | None, known: str) -> str:
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return known
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value[len("language-") :]
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value[len("tg-") :]
    return known


def _reference(source: str, at: int) -> tuple[str, int]:
    """The character a reference stands for and where reading goes on; an unknown one is a plain ampersand."""
    found = _REFERENCE.match(source, at)
    if found is None:
        return "&", at + 1
    hexadecimal, decimal, name, _ = found.groups()
    if name:
        return (_NAMED[name], found.end()) if name in _NAMED else ("&", at + 1)
    digits = hexadecimal or decimal or ""
    code = int(digits, 16 if hexadecimal else 10) if digits and len(digits) < 10 else 0
    if not 0 < code < 0x10FFFF:
        return "&", at + 1
    return chr(code), found.end()


def _checked(text: str) -> str:
    """Two halves of a surrogate pair written as references make one character; a lone half is refused."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise _fault(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ) from None


def _sorted(entities: list[Entity]) -> list[Entity]:
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _fault(sentence: str) -> ApiError:
    return bad_request(f"Can't parse entities: {sentence}")
