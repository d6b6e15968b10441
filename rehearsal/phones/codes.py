"""Finds the join code of a workshop in what a facilitator's phone shows."""

import re
from html import unescape

from rehearsal.botapi import Bubble

LONGEST = 12  # a code is read aloud to a room; anything longer is the secret of an invitation


def join_code(bubble: Bubble, bot_username: str) -> str:
    """The code of the last link to the bot in this bubble or under it; empty when there is none."""
    link = rf"\bt(?:elegram)?\.me/{re.escape(bot_username)}/?\?start=([A-Za-z0-9_-]+)"
    places = [unescape(bubble.html), *(button.url for button in bubble.buttons)]
    codes = [code for place in places for code in re.findall(link, place, re.IGNORECASE)]
    return next((code for code in reversed(codes) if len(code) <= LONGEST), "")
