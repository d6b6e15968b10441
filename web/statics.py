"""Our own CSS, scripts and pictures, from memory, under an address that changes with them."""

from aiohttp import web

from web.entrances import Entrance, Who
from web.site import SITE

FOR_EVER = "public, max-age=31536000, immutable"


async def static(request: web.Request) -> web.Response:
    """One file; an older version's address gives today's file, but not for ever."""
    pages = request.config_dict[SITE].pages
    file = pages.files.get(request.match_info["name"])
    if file is None:
        raise web.HTTPNotFound()
    is_current = request.match_info["version"] == pages.version
    headers = {"Content-Type": file.content_type, "Cache-Control": FOR_EVER if is_current else "no-cache"}
    return web.Response(body=file.content, headers=headers)


async def robots(_: web.Request) -> web.Response:
    """Nothing here is for search engines."""
    return web.Response(text="User-agent: *\nDisallow: /\n")


ENTRANCES = (
    Entrance("GET", "/static/{version}/{name}", static, Who.ANYBODY),
    Entrance("GET", "/robots.txt", robots, Who.ANYBODY),
)
