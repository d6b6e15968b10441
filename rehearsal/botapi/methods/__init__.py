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

FAMILIES: Final = (callbacks, chats, commands, copying, editing, getting, media, profile, sending, webhooks)

METHODS: Final[dict[str, Method]] = {
    name.lower(): method for family in FAMILIES for name, method in family.METHODS.items()
}

OFFICIAL_NAMES: Final = {name.lower(): name for family in FAMILIES for name in family.METHODS}

__all__ = ["METHODS", "OFFICIAL_NAMES", "Call", "Method"]
