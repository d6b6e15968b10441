"""The web application, built from plain values: no setting is read here."""

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import web

from i18n import Catalog
from participation.model.policy import Policy
from participation.ports import Clock, Store
from web import desk, health, projector, review, signin, statics
from web.clouds import Clouds
from web.entrances import PERMISSIONS, Entrance, Who, open_entrances
from web.errors import errors
from web.gate import guard
from web.headers import add_headers
from web.live import Hub
from web.pages import Pages
from web.site import SITE, Apart, Site

LARGEST_BODY = 1 << 20
"""Bytes: what a webhook may bring; our own forms are far smaller."""


def web_application(
    *,
    store: Store,
    clock: Clock,
    catalog: Catalog,
    policy: Policy,
    public_url: str,
    bot_username: str,
    hub: Hub | None = None,
    unavailable: tuple[type[Exception], ...] = (),
    extra_routes: Sequence[Entrance] = (),
    mounted: Mapping[str, web.Application] | None = None,
    more_health: health.More | None = None,
    apart: Apart = asyncio.to_thread,
    clouds: Clouds | None = None,
) -> web.Application:
    """Every page. `unavailable`: what the store raises when it cannot answer now (said as 503).

    `extra_routes`: routes of others, each with its permission (the webhook is `Who.MACHINE`). `mounted`: whole
    applications under a prefix, which guard themselves and write their own headers. `apart` does slow work elsewhere;
    `clouds` lays out the cloud of the wall (without it, words are a list).
    """
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[errors(unavailable), guard])
    app[PERMISSIONS] = {}
    app[SITE] = Site(
        store,
        clock,
        catalog,
        policy,
        public_url.rstrip("/"),
        bot_username,
        hub or Hub(store, clock),
        Pages(),
        apart,
        clouds,
    )
    app[health.MORE] = more_health
    for room in (projector, signin, desk, review, statics, health):
        open_entrances(app, room.ENTRANCES)
    open_entrances(app, extra_routes)
    for prefix, other in (mounted or {}).items():
        app.add_subapp(prefix, other)
    app.on_response_prepare.append(add_headers)
    app.on_startup.append(_start)
    app.on_shutdown.append(_stop)
    return app


async def _start(app: web.Application) -> None:
    site = app[SITE]
    site.hub.start()
    if site.clouds is not None:
        site.clouds.listen(site.hub.changed)


async def _stop(app: web.Application) -> None:
    await app[SITE].hub.stop()


__all__ = ["Entrance", "Who", "web_application"]
