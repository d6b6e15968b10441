"""Showing something to a browser: a page made from a template, or plain data for our scripts."""

from http import HTTPStatus

import orjson
from aiohttp import web

from i18n import Voice
from web.gate import VISIT, voice
from web.sessions import form_token
from web.site import SITE


def page(
    request: web.Request, template: str, status: int = HTTPStatus.OK, *, t: Voice | None = None, **facts: object
) -> web.Response:
    """A page in the language of whoever asks (or in the voice `t`)."""
    t = t or voice(request)
    site = request.config_dict[SITE]
    visit = request.get(VISIT)
    given = {
        "t": t,
        "language": t.language,
        "version": site.pages.version,
        "person": visit.person if visit else None,
        "workshop": visit.workshop if visit else None,
        "csrf": form_token(request),
        "bot": site.bot_username,
        "theme": theme_wanted(request),
        **facts,
    }
    return web.Response(text=site.pages.render(template, given), status=status, content_type="text/html")


def data(content: object, status: int = HTTPStatus.OK) -> web.Response:
    """Plain data for our own scripts."""
    return web.Response(body=orjson.dumps(content), status=status, content_type="application/json")


def wants_data(request: web.Request) -> bool:
    """Whether a script asks, not a person's browser."""
    return "application/json" in request.headers.get("Accept", "")


def theme_wanted(request: web.Request) -> str:
    """`?theme=dark` or `?theme=light`; otherwise the device decides."""
    wanted = request.query.get("theme", "")
    return wanted if wanted in ("dark", "light") else "auto"
