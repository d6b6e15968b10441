"""The methods of the Bot API: a registry from lower-case name to the function that obeys it."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.methods import (
    callbacks,
    chats,
    commands,
    copying,
    editing,
    getting,
    media,
    profile,
    sending,
    webhooks,
)
from rehearsal.botapi.methods.call import Call

Method = Callable[[Call], Any]

METHODS: Final[dict[str, Method]] = {
    name.lower(): method
    for family in (callbacks, chats, commands, copying, editing, getting, media, profile, sending, webhooks)
    for name, method in family.METHODS.items()
}

__all__ = ["METHODS", "Call", "Method"]
