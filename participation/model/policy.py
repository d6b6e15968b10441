"""The figures an operator may set, as the rules need them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits and durations; `app` fills them from the settings."""

    time_zone: str = "Europe/Paris"
    language: str = "fr"
    most_ideas: int = 100
    """Ideas one member may have on one wall."""
    ideas_for_themes: int = 8
    invitation: timedelta = timedelta(hours=48)
    sign_in: timedelta = timedelta(minutes=5)
    session: timedelta = timedelta(hours=12)
    presence: timedelta = timedelta(minutes=60)
    """Somebody seen since then is counted as present."""
    messages_per_second: float = 25.0
