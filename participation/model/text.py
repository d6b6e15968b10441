"""What is done to every text that enters: harmless characters stay as they were typed, the others go."""

import re
import unicodedata

REPLACEMENT = "\ufffd"
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_KEPT = {"\n", "\u200c", "\u200d"}
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """NFC; NUL and lone surrogates become U+FFFD; control and bidi-override characters go; outer space goes.

    Joiners (emoji, Arabic, Indic scripts), variation selectors and line breaks stay; runs of spaces become one.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(filter(None, map(_kept, whole)))
    kept = unicodedata.normalize("NFC", kept)
    lines = [_SPACES.sub(" ", line).strip(" ") for line in kept.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def calm(text: str, marks: int = 3) -> str:
    """For screens: at most `marks` combining marks on a letter (« zalgo » is tamed, the stored text is not touched)."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return text
    out: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= marks:
            out.append(character)
    return "".join(out)


def excerpt(text: str, length: int) -> str:
    """At most `length` characters on one line, cut after a whole word and ended by « … » when something was left out."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    words, _, _ = line[:length].rpartition(" ")
    kept = words if 2 * len(words) >= length else line[: length - 1]  # one endless word is cut where it must
    return kept.rstrip(" ,;:.-–—(«") + "…"


def _kept(character: str) -> str:
    code = ord(character)
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return REPLACEMENT
    if character in _KEPT:
        return character
    if code in _BIDI or code == 0xFEFF or unicodedata.category(character) in ("Cc", "Cn", "Co"):
        return ""
    return character
