"""The limits Telegram sets, counted in its own units."""

import re
from typing import Final

from rehearsal.botapi.errors import ActionRefused, ApiError, bad_request

TEXT_UNITS: Final = 4096
CAPTION_UNITS: Final = 1024
CALLBACK_DATA_BYTES: Final = 64
CALLBACK_TEXT_CHARACTERS: Final = 200
KEYBOARD_BUTTONS: Final = 100
ENTITIES: Final = 100
ALBUM_ITEMS: Final = 10
BOT_DOWNLOAD_BYTES: Final = 20 * 1024 * 1024
UPLOAD_BYTES: Final = 50 * 1024 * 1024
PHOTO_BYTES: Final = 10 * 1024 * 1024
DELETABLE_SECONDS: Final = 48 * 3600
MESSAGE_LIFETIME: Final = 24 * 3600.0
CALLBACK_LIFETIME: Final = 150.0

_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every Telegram length and offset."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(text: str) -> None:
    """Refuse a message longer than 4096 units after entity parsing, or empty once trimmed."""
    if not text:
        raise bad_request("Text must be non-empty")
    if len(text) * 2 > TEXT_UNITS and utf16_length(text) > TEXT_UNITS:
        raise bad_request("Message is too long")


def check_caption(text: str) -> None:
    if len(text) * 2 > CAPTION_UNITS and utf16_length(text) > CAPTION_UNITS:
        raise bad_request("Message caption is too long")


def check_upload(size: int, *, photo: bool = False) -> None:
    if size > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if photo and size > PHOTO_BYTES:
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")


def check_start_parameter(parameter: str) -> None:
    """A deep link's parameter as Telegram's applications accept it: 1-64 of A-Z a-z 0-9 _ -."""
    if not _START_PARAMETER.fullmatch(parameter):
        raise ActionRefused(f"A deep link takes 1 to 64 characters among A-Z a-z 0-9 _ -, this one is {parameter!r}.")
