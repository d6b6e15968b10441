"""The web application on a hall's store and clock."""

from aiohttp import web

from i18n import load_catalog
from storage import StoreUnavailable
from tests.integration.web.hall import POLICY, Hall
from web.application import web_application
from web.live import Hub

CATALOG = load_catalog()
BOT = "palabre_bot"


def web_house(hall: Hall, public_url: str = "http://127.0.0.1", **more: object) -> web.Application:
    """The pages, redrawn quickly so that the tests are quick."""
    return web_application(
        store=hall.store,
        clock=hall.watch,
        catalog=CATALOG,
        policy=POLICY,
        public_url=public_url,
        bot_username=BOT,
        hub=Hub(hall.store, hall.watch, spacing=0.05),
        unavailable=(StoreUnavailable,),
        **more,  # type: ignore[arg-type]  # the tests name real parameters
    )
