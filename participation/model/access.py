"""Codes that open something once: invitations to a role, links to sign in on the web."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from participation.errors import CodeExpired, CodeUsed
from participation.model.people import Role


@dataclass(frozen=True, slots=True)
class Pass:
    """A one-time code. Only its fingerprint is kept, so that a copy of the database opens nothing."""

    fingerprint: str
    purpose: str
    """`role` (an invitation), `sign-in` (a link to the web) or `session` (a signed-in browser)."""
    expires_at: datetime
    role: Role | None = None
    workshop_id: int | None = None
    person_id: int | None = None
    used_at: datetime | None = None

    def check(self, now: datetime) -> None:
        """Refuse a code that was used or is too old."""
        if self.used_at is not None:
            raise CodeUsed()
        if now >= self.expires_at:
            raise CodeExpired()


def new_secret(bytes_of_chance: int = 16) -> str:
    """A secret of 128 bits that fits in a link (`A-Za-z0-9_-`)."""
    return secrets.token_urlsafe(bytes_of_chance)


def fingerprint(secret: str) -> str:
    """What is kept of a secret; anything somebody may send has one, half a surrogate included."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def invitation(secret: str, role: Role, workshop_id: int | None, now: datetime, lasting: timedelta) -> Pass:
    """An invitation to a role, in one workshop or (None) on the whole installation."""
    return Pass(fingerprint(secret), "role", now + lasting, role, workshop_id)
