"""The page of the rehearsal: a facilitator's phone and councillors' phones side by side, live, in a browser."""

from rehearsal.phones.application import phones_application
from rehearsal.phones.links import Links

__all__ = ["Links", "phones_application"]
