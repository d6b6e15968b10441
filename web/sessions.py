"""Who is behind a browser: the session cookie, and the token each form carries so that no other site posts for them."""

import asyncio
import hmac
from datetime import timedelta

from aiohttp import web

from participation.model.access import fingerprint, new_secret
from web.site import SITE, Site

SLOWEST_BODY = 10.0
"""Seconds a browser may take to send a form."""
TOKEN_FIELD = "csrf"  # noqa: S105 -- a field's name
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105 -- a header's name
ENTRY_LASTS = timedelta(hours=1)


class Forged(Exception):
    """A form without the token its page gave it: another site's, or a page left open too long."""


def session_of(request: web.Request) -> str | None:
    """The session's secret, as the cookie brings it."""
    return request.cookies.get(_session_name(request.config_dict[SITE])) or None


def give_session(response: web.StreamResponse, site: Site, secret: str) -> None:
    """Let this browser in, for as long as a session lasts; what it held before it signed in is dropped."""
    _set(response, site, _session_name(site), secret, site.policy.session)
    response.del_cookie(_entry_name(site), path="/", secure=site.is_https, httponly=True, samesite="Lax")


def drop_session(response: web.StreamResponse, site: Site) -> None:
    """Forget this browser."""
    response.del_cookie(_session_name(site), path="/", secure=site.is_https, httponly=True, samesite="Lax")


def form_token(request: web.Request) -> str:
    """The token of this browser's forms; empty when it holds no cookie of ours yet."""
    held = session_of(request) or request.cookies.get(_entry_name(request.config_dict[SITE]))
    return _token(held) if held else ""


def give_entry(request: web.Request) -> tuple[str, str]:
    """For the sign-in form, which has no session: (secret to keep in a cookie, token to put in the form)."""
    held = request.cookies.get(_entry_name(request.config_dict[SITE])) or new_secret()
    return held, _token(session_of(request) or held)


def keep_entry(response: web.StreamResponse, site: Site, secret: str) -> None:
    """Keep the sign-in form's secret in its cookie."""
    _set(response, site, _entry_name(site), secret, ENTRY_LASTS)


async def check_form(request: web.Request) -> None:
    """Refuse what our own page did not post."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forged()
    given = request.headers.get(TOKEN_HEADER)
    if given is None:
        async with asyncio.timeout(SLOWEST_BODY):
            given = str((await request.post()).get(TOKEN_FIELD, ""))
    expected = form_token(request)
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Forged()


def _token(secret: str) -> str:
    """Derived, not kept: whoever reads a form's token cannot find the session from it."""
    return fingerprint(f"form:{secret}")[:32]


def _session_name(site: Site) -> str:
    return "__Host-palabre" if site.is_https else "palabre"


def _entry_name(site: Site) -> str:
    return "__Host-entree" if site.is_https else "entree"


def _set(response: web.StreamResponse, site: Site, name: str, value: str, lasting: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(lasting.total_seconds()),
        path="/",
        secure=site.is_https,
        httponly=True,
        samesite="Lax",
    )
