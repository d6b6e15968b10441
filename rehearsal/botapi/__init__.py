"""A local Telegram Bot API: the same answers, limits and delivery as Telegram's, with persons on the other side."""

from typing import TYPE_CHECKING

from rehearsal.botapi.bots import Bot
from rehearsal.botapi.bubbles import Attachment, Bubble, Button, as_json
from rehearsal.botapi.chats import Group
from rehearsal.botapi.clock import Clock, RunningClock, VirtualClock
from rehearsal.botapi.core import BotApi, Reply
from rehearsal.botapi.errors import ActionRefused, ConnectionCut
from rehearsal.botapi.faults import Fault
from rehearsal.botapi.files import StoredFile
from rehearsal.botapi.http import BotApiServer, application, routes
from rehearsal.botapi.parameters import Upload
from rehearsal.botapi.people import CallbackAnswer, Person, Press
from rehearsal.botapi.phone import BotProfile, ChatCard, Command, Phone, PhoneEvent, ReplyKeyboard, Subscription, Toast
from rehearsal.botapi.rates import RateLimits
from rehearsal.botapi.recorder import Recorded, Recorder
from rehearsal.botapi.webhook import Delivered

if TYPE_CHECKING:
    from rehearsal.botapi.in_process import InProcessRequest

__all__ = [
    "ActionRefused",
    "Attachment",
    "Bot",
    "BotApi",
    "BotApiServer",
    "BotProfile",
    "Bubble",
    "Button",
    "CallbackAnswer",
    "ChatCard",
    "Clock",
    "Command",
    "ConnectionCut",
    "Delivered",
    "Fault",
    "Group",
    "InProcessRequest",
    "Person",
    "Phone",
    "PhoneEvent",
    "Press",
    "RateLimits",
    "Recorded",
    "Recorder",
    "Reply",
    "ReplyKeyboard",
    "RunningClock",
    "StoredFile",
    "Subscription",
    "Toast",
    "Upload",
    "VirtualClock",
    "application",
    "as_json",
    "routes",
]


def __getattr__(name: str) -> object:
    """python-telegram-bot takes a second to import, and the server's own process has no use for it."""
    if name == "InProcessRequest":
        from rehearsal.botapi.in_process import InProcessRequest

        return InProcessRequest
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
