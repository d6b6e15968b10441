"""A message as a phone shows it: the bubble, its buttons, its picture or document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearsal.botapi.entities import as_html

if TYPE_CHECKING:
    from rehearsal.botapi.chats import Chat

KINDS: Final = (
    "text", "photo", "animation", "document", "voice", "video", "audio", "video_note", "sticker", "contact",
    "venue", "location", "dice", "poll", "story",
)  # fmt: skip
_FILES: Final = ("animation", "document", "voice", "video", "audio", "video_note", "sticker")
_NAMES: Final = {"voice": "voice.ogg", "sticker": "sticker.webp", "video": "video.mp4", "audio": "audio.mp3"}


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button at (row, column); `data` for a callback, `url` for a link, neither for other kinds.
    `style` is "primary", "success", "danger" or ""."""

    row: int
    column: int
    text: str
    data: str = ""
    url: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a bubble; `width` and `height` are 0 when unknown. The bytes are `api.file(file_id).content`."""

    file_id: str
    name: str
    mime_type: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Bubble:
    """`text` is the text or the caption; `html` the same, escaped, safe to insert in a page. `mine` when this
    phone's owner wrote it. `details` keeps what has no field here: contact, location, dice, service…"""

    chat_id: int
    message_id: int
    kind: str
    mine: bool
    sender: str
    date: int
    edited_at: int | None
    text: str
    html: str
    keyboard: tuple[tuple[Button, ...], ...]
    attachment: Attachment | None
    reply_to: int | None
    pinned: bool
    album: str
    forwarded_from: str
    reactions: tuple[str, ...]
    details: dict[str, Any]

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.keyboard for button in row)

    def button(self, wanted: str) -> Button:
        """The button with this label or callback data; KeyError when there is none."""
        for button in self.buttons:
            if wanted in (button.text, button.data):
                return button
        raise KeyError(f"no button {wanted!r} among {[button.text for button in self.buttons]}")


def buttons_of(message: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return tuple(
        tuple(_button(r, c, button) for c, button in enumerate(row)) for r, row in enumerate(rows)
    )  # fmt: skip


def button_at(message: dict[str, Any], row: int, column: int) -> Button | None:
    """The one button at this place, if there is one."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    there = 0 <= row < len(rows) and 0 <= column < len(rows[row])
    return _button(row, column, rows[row][column]) if there else None


def _button(row: int, column: int, button: dict[str, Any]) -> Button:
    url = button.get("url") or button.get("web_app", {}).get("url", "")
    return Button(row, column, button["text"], button.get("callback_data", ""), url, button.get("style", ""))


def bubble_of(chat: Chat, message: dict[str, Any], viewer_id: int) -> Bubble:
    kind = next((kind for kind in KINDS if kind in message), "service")
    text = message.get("text") or message.get("caption") or ""
    sender = message.get("from", {})
    message_id = message["message_id"]
    under = chat.reactions.get(message_id, {}).values()
    return Bubble(
        chat_id=chat.id,
        message_id=message_id,
        kind=kind,
        mine=sender.get("id") == viewer_id,
        sender=" ".join(filter(None, (sender.get("first_name"), sender.get("last_name")))),
        date=message["date"],
        edited_at=message.get("edit_date"),
        text=text,
        html=as_html(text, message.get("entities") or message.get("caption_entities") or []),
        keyboard=buttons_of(message),
        attachment=_attachment(kind, message),
        reply_to=message.get("reply_to_message", {}).get("message_id"),
        pinned=message_id in chat.pinned,
        album=message.get("media_group_id", ""),
        forwarded_from=_origin(message),
        reactions=tuple(reaction.get("emoji", "") for given in under for reaction in given),
        details={name: value for name, value in message.items() if name not in _SHOWN_ELSEWHERE},
    )


_SHOWN_ELSEWHERE: Final = frozenset(
    [
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "text",
        "caption",
        "entities",
        "caption_entities",
        "reply_markup",
        "photo",
        "animation",
        "document",
        "voice",
        "video",
        "audio",
        "video_note",
        "reply_to_message",
        "media_group_id",
        "forward_origin",
    ]
)


def _attachment(kind: str, message: dict[str, Any]) -> Attachment | None:
    if kind == "photo":
        photo = message["photo"][-1]
        width, height = photo["width"], photo["height"]
        return Attachment(photo["file_id"], "photo.jpg", "image/*", photo.get("file_size", 0), width, height)
    if kind not in _FILES:
        return None
    file = message[kind]
    name = file.get("file_name") or _NAMES.get(kind, kind)
    mime_type = file.get("mime_type", "application/octet-stream")
    return Attachment(
        file["file_id"], name, mime_type, file.get("file_size", 0), file.get("width", 0), file.get("height", 0)
    )


def _origin(message: dict[str, Any]) -> str:
    origin = message.get("forward_origin", {})
    return str(origin.get("sender_user_name") or origin.get("sender_user", {}).get("first_name", ""))


def as_json(view: Any) -> dict[str, Any]:
    """Any of the views (Bubble, Toast, Command…) as a plain object for a page."""
    return asdict(view)
