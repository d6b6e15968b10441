"""The projected page of a room: public, read only, the same for the wall and for a phone."""

from aiohttp import web

from i18n import Voice
from participation.errors import UnknownCode
from participation.model.workshop import tidy_code
from web.clouds import Shape
from web.entrances import Entrance, Who
from web.joining import qr_svg
from web.live import Frame
from web.room import DrawRoom
from web.showing import data, page
from web.site import SITE
from web.streaming import stream


async def screen(request: web.Request) -> web.Response:
    """The page itself; it draws what its stream brings, and is already readable before the stream comes."""
    site = request.config_dict[SITE]
    frame = await _glance(request)
    shown = frame.drawn.state
    t = Voice(site.catalog, str(shown["language"]))
    return page(request, "screen.html", t=t, state=shown)


async def state(request: web.Request) -> web.Response:
    """What the page shows at this moment, as data."""
    frame = await _glance(request)
    return data(frame.drawn.state)


async def live(request: web.Request) -> web.StreamResponse:
    """The page's stream."""
    site, code = request.config_dict[SITE], _code(request)
    shape = Shape.TALL if request.query.get("forme") == Shape.TALL else Shape.WIDE
    has_cloud = request.query.get("vue") == "nuage"
    draw = DrawRoom(site, code, shape, has_cloud)
    return await stream(request, site.hub, f"room:{code}:{shape}:{has_cloud}", draw)


async def qr(request: web.Request) -> web.Response:
    """The join QR of this room."""
    site = request.config_dict[SITE]
    await _glance(request)
    headers = {"Cache-Control": "public, max-age=3600"}
    return web.Response(body=qr_svg(site.join_link(_code(request))), content_type="image/svg+xml", headers=headers)


async def _glance(request: web.Request) -> Frame:
    site, code = request.config_dict[SITE], _code(request)
    return await site.hub.glance(f"room:{code}:{Shape.WIDE}:{False}", DrawRoom(site, code))


def _code(request: web.Request) -> str:
    """The code as it is kept; what cannot be one is not looked for."""
    code = tidy_code(request.match_info["code"])
    if len(code) > 64 or not code.isascii():
        raise UnknownCode(code=code[:64])
    return code


ENTRANCES = (
    Entrance("GET", "/ecran/{code}", screen, Who.ANYBODY),
    Entrance("GET", "/ecran/{code}/etat", state, Who.ANYBODY),
    Entrance("GET", "/ecran/{code}/direct", live, Who.ANYBODY),
    Entrance("GET", "/ecran/{code}/qr.svg", qr, Who.ANYBODY),
)
