"""Coming in by the one-time link the bot gives, and going out."""

from aiohttp import web

from participation.actions.steering import sign_in, sign_out
from web.entrances import Entrance, Who
from web.sessions import drop_session, give_entry, give_session, keep_entry, session_of
from web.showing import page
from web.site import SITE

LONGEST_LINK = 1024


async def door(request: web.Request) -> web.Response:
    """The code is in the address's fragment, which no server, log or link preview sees; the page's script posts it."""
    return _door(request)


async def exchange(request: web.Request) -> web.Response:
    """A code, or the whole link that ends with it, once and within minutes, for a session."""
    site = request.config_dict[SITE]
    given = str((await request.post()).get("code", "")).strip()[:LONGEST_LINK]
    code = given.rpartition("#")[2]
    before, now = session_of(request), site.clock.now()
    secret = await site.store.write(lambda tx: sign_in(tx, code, site.policy, now))
    if secret is None:
        return _door(request, status=410, is_refused=True)
    if before is not None:
        await site.store.write(lambda tx: sign_out(tx, before))
    response = _go_to("/")
    give_session(response, site, secret)
    return response


async def leave(request: web.Request) -> web.Response:
    """End the session, here and in the store."""
    site, session = request.config_dict[SITE], session_of(request)
    if session is not None:
        await site.store.write(lambda tx: sign_out(tx, session))
    response = _go_to("/entrer")
    drop_session(response, site)
    return response


def _go_to(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})


def _door(request: web.Request, status: int = 200, *, is_refused: bool = False) -> web.Response:
    secret, token = give_entry(request)
    response = page(request, "door.html", status, csrf=token, is_refused=is_refused)
    keep_entry(response, request.config_dict[SITE], secret)
    return response


ENTRANCES = (
    Entrance("GET", "/entrer", door, Who.ANYBODY),
    Entrance("POST", "/entrer", exchange, Who.ANYBODY),
    Entrance("POST", "/sortir", leave, Who.SIGNED_IN),
)
