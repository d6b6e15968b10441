"""Keyboards as a request gives them: checked as Telegram checks them, kept as it gives them back."""

import re
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.limits import CALLBACK_DATA_BYTES, KEYBOARD_BUTTONS
from rehearsal.botapi.methods.call import Call

_STYLES: Final = ("primary", "danger", "success")
_KINDS: Final = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_DECORATIONS: Final = ("icon_custom_emoji_id",)
_URL = re.compile(r"(?i)(?:(https?)://)?([^/?#\s]+)([^\s]*)")


def reply_markup(call: Call, *, inline_only: bool = False) -> dict[str, Any] | None:
    """The keyboard of a request, or None; what is not inline is kept for the phone alone."""
    given = call.parameters.json("reply_markup", "reply keyboard markup")
    if given is None or given == {}:
        return None
    if not isinstance(given, dict):
        raise bad_request("Object expected as reply markup")
    if given.get("inline_keyboard"):
        return _inline(given["inline_keyboard"])
    if inline_only and ("keyboard" in given or "remove_keyboard" in given or "force_reply" in given):
        raise bad_request("Inline keyboard expected")
    if given.get("keyboard"):
        return _ordinary(given)
    if given.get("remove_keyboard") or given.get("force_reply"):
        return given
    return None


def _inline(rows: object) -> dict[str, Any] | None:
    if not isinstance(rows, list):
        raise bad_request('Can\'t parse field "inline_keyboard": expected an Array')
    kept = [[_usual_button(button) or _inline_button(button) for button in _row(row)] for row in rows]
    kept = [row for row in kept if row]
    if sum(map(len, kept)) > KEYBOARD_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _row(row: object) -> list[object]:
    if not isinstance(row, list):
        raise bad_request('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return row


def _inline_button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("Can't parse inline keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    kind = next((kind for kind in _KINDS if _counts(kind, button)), None)
    if kind is None:
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    value = _checked(kind, button[kind])
    return {"text": button["text"], kind: value} | _looks(button)


def _usual_button(button: object) -> dict[str, Any] | None:
    """A text and a short reference, as nearly all buttons are; None: look closer."""
    if type(button) is not dict or len(button) != 2:
        return None
    text, data = button.get("text"), button.get("callback_data")
    if type(text) is not str or type(data) is not str or not text.strip():
        return None
    return button.copy() if 0 < len(data) <= CALLBACK_DATA_BYTES and data.isascii() else None


def _counts(kind: str, button: dict[str, Any]) -> bool:
    """Telegram reads the first kind it knows; an empty url or callback_data does not count."""
    return bool(button.get(kind)) if kind in ("url", "callback_data") else button.get(kind) is not None


def _checked(kind: str, value: Any) -> Any:
    if kind == "callback_data" and len(str(value).encode()) > CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "url":
        return _checked_url(str(value))
    if kind == "web_app" and not str(value.get("url", "")).startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{value.get('url', '')}' is invalid: Only HTTPS links are allowed"
        )
    return value


def _checked_url(url: str) -> str:
    if re.match(r"(?i)(tg|ton|tonsite|mailto|tel):", url):
        return url
    found = _URL.fullmatch(url.strip())
    if found is None or "." not in found.group(2):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return f"{(found.group(1) or 'http').lower()}://{found.group(2)}{found.group(3) or '/'}"


def _looks(button: dict[str, Any]) -> dict[str, Any]:
    style = str(button.get("style") or "").lower()
    if style not in ("", "default", *_STYLES):
        raise bad_request("Can't parse inline keyboard button: invalid button style specified")
    looks = {name: button[name] for name in _DECORATIONS if button.get(name)}
    return looks | ({"style": style} if style in _STYLES else {})


def _ordinary(given: dict[str, Any]) -> dict[str, Any]:
    rows = given["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "keyboard" must be an Array of Arrays')
    for button in (button for row in rows for button in row):
        text = button.get("text") if isinstance(button, dict) else button
        if not isinstance(text, str):
            raise bad_request("Can't parse keyboard button: KeyboardButton must be a String or an Object")
        if not text.strip():
            raise bad_request("Keyboard button text must be non-empty")
    return given
