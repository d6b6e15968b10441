"""What is written in a message: typed text made harmless, lengths respected, ballots laid out."""

import html
from collections.abc import Sequence
from datetime import datetime

from bot.keyboards import Key, Rows
from i18n import Voice
from participation.model.activity import Activity, Phase
from participation.model.text import calm
from participation.questions.kit import Button, Phrase, Screen

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
TOAST_CHARACTERS = 200
BUTTON_LENGTH = 28
"""A longer option is cut by small phones: it is then numbered in the text."""
MOST_LABELLED = 8
NUMBERS_IN_A_ROW = 5
CHOICE_UNITS = 300
OPTIONS_UNITS = 2800


class Html(str):
    """A text that is HTML already: escaped, or written by us."""

    __slots__ = ()


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", errors="replace")) // 2


def cut(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, ending with « … » when something was left out, never in the middle of a character."""
    if units(text) <= limit:
        return text
    kept: list[str] = []
    left = limit - 1
    for character in text:
        left -= 2 if ord(character) > 0xFFFF else 1
        if left < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def typed(text: str, limit: int = TEXT_UNITS) -> Html:
    """What a person typed, safe inside a message in HTML: the one place where it is escaped."""
    return Html(html.escape(cut(calm(text), limit), quote=False))


def say(voice: Voice, key: str, **details: object) -> Html:
    """A sentence of the catalogue (which may hold tags), filled in with typed texts made harmless."""
    return Html(voice(key, **{name: _safe(value) for name, value in details.items()}))


def said(voice: Voice, phrase: Phrase) -> Html:
    """A phrase of the rules, whose sentence holds no tag."""
    return typed(voice.phrase(phrase))


def toast(text: str) -> str:
    """A text short enough for the little window above the chat."""
    return cut(text, TOAST_CHARACTERS)


def paragraphs(*parts: str) -> Html:
    """Parts with an empty line between them; empty ones are left out."""
    return Html("\n\n".join(part for part in parts if part))


def pages(head: Html, blocks: Sequence[Html]) -> list[Html]:
    """As few messages as hold everything; a block is never cut in two."""
    out = [head]
    for block in blocks:
        longer = paragraphs(out[-1], block)
        if units(longer) <= TEXT_UNITS:
            out[-1] = longer
        elif block:
            out.append(block)
    return out


def is_numbered(screen: Screen) -> bool:
    """Whether the options are too many or too long for buttons, and are numbered in the text instead."""
    options = _options(screen)
    return len(options) > MOST_LABELLED or any(units(button.label) > BUTTON_LENGTH for button in options)


def ballot_text(voice: Voice, activity: Activity, screen: Screen, now: datetime, *, title: str = "") -> Html:
    """A question as a councillor reads it: the question, its long options, what to do, what was chosen."""
    return paragraphs(
        say(voice, "bot-ballot-workshop", title=title) if title else "",
        Html(f"<b>{typed(screen.question)}</b>"),
        _numbered_options(screen) if is_numbered(screen) else "",
        _moment_line(voice, activity, screen, now),
        _choice_line(voice, screen),
    )


def ballot_rows(voice: Voice, screen: Screen, reference: str) -> Rows:
    """The buttons of a question; each one's reference is `reference:action`."""
    ours = [[_key(voice, button, voice.phrase(button.phrase), reference)] for button in screen.buttons if button.phrase]
    options = _options(screen)
    if not is_numbered(screen):
        return [*([_key(voice, button, calm(button.label), reference)] for button in options), *ours]
    keys = [_key(voice, button, str(n), reference) for n, button in enumerate(options, 1)]
    return [*_in_rows(keys, NUMBERS_IN_A_ROW), *ours]


def own_rows(voice: Voice, screen: Screen, reference: str) -> Rows:
    """Only the buttons that are ours (« Effacer mes mots »), to put under a receipt."""
    return [[_key(voice, button, voice.phrase(button.phrase), reference)] for button in screen.buttons if button.phrase]


def _options(screen: Screen) -> list[Button]:
    return [button for button in screen.buttons if button.phrase is None]


def _in_rows(keys: Sequence[Key], width: int) -> list[list[Key]]:
    return [list(keys[start : start + width]) for start in range(0, len(keys), width)]


def _key(voice: Voice, button: Button, label: str, reference: str) -> Key:
    text = voice("bot-chosen", label=label) if button.chosen else label
    return Key(text, f"{reference}:{button.action}")


def _numbered_options(screen: Screen) -> Html:
    options = _options(screen)
    room = OPTIONS_UNITS // len(options)
    lines = [f"{'✔ ' if b.chosen else ''}<b>{n}.</b> {typed(b.label, room)}" for n, b in enumerate(options, 1)]
    return Html("\n".join(lines))


def _moment_line(voice: Voice, activity: Activity, screen: Screen, now: datetime) -> Html:
    match activity.phase(now):
        case Phase.CLOSED:
            return say(voice, "bot-ballot-closed")
        case Phase.SCHEDULED if activity.opens_at:
            opens = say(voice, "bot-ballot-opens", opens_at=activity.opens_at)
            return Html(f"{opens}\n{said(voice, screen.instruction)}")
        case _:
            closes = say(voice, "bot-ballot-closes", closes_at=activity.closes_at) if activity.closes_at else ""
            return Html(f"{said(voice, screen.instruction)}\n{closes}".strip())


def _choice_line(voice: Voice, screen: Screen) -> Html | str:
    if not screen.choice:
        return ""
    label = voice.phrase(screen.choice_label)
    return say(voice, "bot-ballot-choice", label=label, choice=cut(", ".join(screen.choice), CHOICE_UNITS))


def _safe(value: object) -> object:
    if isinstance(value, Html):
        return value
    if isinstance(value, list | tuple):
        return Html(", ".join(typed(str(item)) for item in value))
    return typed(value) if isinstance(value, str) else value
