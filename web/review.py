"""The review page: organisers correct and name the themes; what one changes, the others see."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import orjson
from aiohttp import web

from participation.actions.grouping import ask_for_themes
from participation.ports import Transaction
from participation.questions.kit import Phrase
from web.board import SHOWN_AT_FIRST, DrawBoard
from web.corrections import correct, undo
from web.desk import WORKSHOP
from web.entrances import Entrance, Who
from web.gate import VISIT, Visit, change, look, voice
from web.map import map_of
from web.sessions import SLOWEST_BODY
from web.showing import data, page
from web.site import SITE
from web.streaming import stream

Done = Callable[[Transaction, Visit, datetime], Phrase]


async def themes(request: web.Request) -> web.Response:
    """The page; its stream fills it."""
    return page(request, "themes.html", activity=request[VISIT].of_activity())


async def live(request: web.Request) -> web.StreamResponse:
    """The stream of the columns, shared by the organisers who speak the same language."""
    site, t = request.config_dict[SITE], voice(request)
    activity = request[VISIT].of_activity()
    most = None if "tout" in request.query else SHOWN_AT_FIRST
    draw = DrawBoard(site, t, activity.id, most)
    key = f"board:{activity.id}:{t.language}:{most}"
    return await stream(request, site.hub, key, draw, lambda: look(request, _admitted))


async def seen_from_above(request: web.Request) -> web.Response:
    """The map, drawn when somebody opens it."""
    site, t = request.config_dict[SITE], voice(request)
    activity = request[VISIT].of_activity()
    return data(await site.store.read(lambda tx: map_of(tx, activity.id, t)))


async def make_correction(request: web.Request) -> web.Response:
    """One correction: rename, create, move, merge, hide, show."""
    asked = await _read(request)
    return await _do(request, lambda tx, visit, now: correct(tx, visit, asked, now))


async def take_back(request: web.Request) -> web.Response:
    """The last correction, taken back."""
    return await _do(request, undo)


async def group_again(request: web.Request) -> web.Response:
    """Ask the machine for a fresh grouping; the page moves when it is there."""
    policy = request.config_dict[SITE].policy

    def unit(tx: Transaction, visit: Visit, now: datetime) -> Phrase:
        ask_for_themes(tx, visit.of_activity(), None, policy, now)
        return Phrase("web-done-group")

    return await _do(request, unit)


async def _do(request: web.Request, done: Done) -> web.Response:
    """Make a change and say it. Every state whose tick is above the one given here includes it."""
    site = request.config_dict[SITE]
    phrase = await change(request, lambda tx, visit: done(tx, visit, site.clock.now()))
    return data({"tick": site.hub.tick(), "sentence": voice(request).phrase(phrase)})


async def _read(request: web.Request) -> dict[str, object]:
    async with asyncio.timeout(SLOWEST_BODY):
        body = await request.read()
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest() from None
    if not isinstance(asked, dict):
        raise web.HTTPBadRequest()
    return asked


def _admitted(_: Transaction, visit: Visit) -> Visit:
    return visit


THEMES = rf"{WORKSHOP}/activites/{{activity:\d+}}/themes"
ENTRANCES = (
    Entrance("GET", THEMES, themes, Who.STEERING),
    Entrance("GET", f"{THEMES}/direct", live, Who.STEERING),
    Entrance("GET", f"{THEMES}/carte", seen_from_above, Who.STEERING),
    Entrance("POST", f"{THEMES}/corrections", make_correction, Who.STEERING),
    Entrance("POST", f"{THEMES}/annuler", take_back, Who.STEERING),
    Entrance("POST", f"{THEMES}/regrouper", group_again, Who.STEERING),
)
