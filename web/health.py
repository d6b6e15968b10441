"""Whether the house stands, for whoever watches it from outside: no secret, no name, no figure about people."""

import time
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from web.entrances import Entrance, Who
from web.showing import data
from web.site import SITE

More = Callable[[], Awaitable[Mapping[str, object]]]
MORE: web.AppKey[More | None] = web.AppKey("more-health")


async def health(request: web.Request) -> web.Response:
    """200 when the store answers (it raises « unavailable » otherwise: 503), with how long it took."""
    site = request.config_dict[SITE]
    begun = time.perf_counter()
    await site.store.read(lambda tx: tx.activities.next_turn(site.clock.now()))
    more = request.config_dict[MORE]
    facts = dict(await more()) if more is not None else {}
    milliseconds = round((time.perf_counter() - begun) * 1000, 1)
    return data({"status": "ok", "store_ms": milliseconds, "viewers": site.hub.viewers, **facts})


ENTRANCES = (
    Entrance("GET", "/sante", health, Who.ANYBODY),
    Entrance("HEAD", "/sante", health, Who.ANYBODY),
)
