"""Buttons: what they say, what they refer to, and the seal that makes each one good for a single person."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

DATA_BYTES = 64
"""The Bot API's limit on callback_data, in bytes; python-telegram-bot does not check it."""
MARK_BYTES = 9
LABEL_UNITS = 60


@dataclass(frozen=True, slots=True)
class Key:
    """One button: `reference` names what a press does (« vote:12:3 »), or `url` opens a page."""

    label: str
    reference: str = ""
    url: str = ""


Rows = Sequence[Sequence[Key]]


class Seal:
    """Signs what a button refers to together with the Telegram number of the one person who may press it."""

    def __init__(self, secret: bytes) -> None:
        if not 16 <= len(secret) <= 64:
            raise ValueError("a seal needs a secret of 16 to 64 bytes")
        self._keyed = blake2b(key=secret, digest_size=MARK_BYTES)

    def pack(self, reference: str, holder: int) -> str:
        """The callback_data of a button; never over 64 bytes."""
        data = f"{reference}.{self._mark(reference, holder)}"
        if len(data.encode()) > DATA_BYTES:
            raise ValueError(f"callback_data over {DATA_BYTES} bytes: {data}")
        return data

    def open(self, data: str, holder: int) -> str | None:
        """The reference, if this button was made by us for this person; else None."""
        reference, _, mark = data.rpartition(".")
        good = hmac.compare_digest(mark.encode(errors="replace"), self._mark(reference, holder).encode())
        return reference if good else None

    def _mark(self, reference: str, holder: int) -> str:
        # Keyed BLAKE2 is a MAC by itself; HMAC-SHA256 through OpenSSL costs seven times more, four times a vote.
        mark = self._keyed.copy()
        mark.update(f"{holder}\n{reference}".encode(errors="replace"))
        return base64.urlsafe_b64encode(mark.digest()).decode()


def inline_keyboard(rows: Rows, seal: Seal, holder: int) -> dict[str, Any]:
    """Rows of buttons as the Bot API takes them, sealed for this person."""
    return {"inline_keyboard": [[_button(key, seal, holder) for key in row] for row in rows if row]}


def _button(key: Key, seal: Seal, holder: int) -> dict[str, str]:
    if key.url:
        return {"text": key.label, "url": key.url}
    return {"text": key.label, "callback_data": seal.pack(key.reference, holder)}
