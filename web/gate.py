"""The gate: checks, before any page, what its route declares, and again inside the transaction that changes something."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from aiohttp import web

from i18n import Voice
from participation.actions.steering import organised, signed_in
from participation.errors import NotAllowed, UnknownActivity
from participation.model.activity import Activity
from participation.model.people import Person
from participation.model.workshop import Workshop
from participation.ports import Transaction
from web.entrances import Handler, Who, is_mounted, who_may
from web.sessions import check_form, session_of
from web.site import SITE

T = TypeVar("T")
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class SignInNeeded(NotAllowed):
    """Nobody is signed in in this browser, or the session is over."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in, and what the address names: one of their workshops, one of its activities."""

    person: Person
    workshop: Workshop | None
    activity: Activity | None

    def of_workshop(self) -> Workshop:
        """The workshop of a route that names one."""
        assert self.workshop is not None, "this route names no workshop"  # noqa: S101 -- a mistake of ours, not of theirs
        return self.workshop

    def of_activity(self) -> Activity:
        """The activity of a route that names one."""
        assert self.activity is not None, "this route names no activity"  # noqa: S101 -- a mistake of ours, not of theirs
        return self.activity


VISIT = web.RequestKey("visit", Visit)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in whom the route declares, and nobody when it declares nothing."""
    if is_mounted(request):
        return await handler(request)
    if request.match_info.http_exception is not None:
        raise request.match_info.http_exception
    who = who_may(request)
    if who is None:
        raise web.HTTPNotFound()
    if who is Who.MACHINE:
        return await handler(request)
    if request.method not in HARMLESS:
        await check_form(request)
    if who is not Who.ANYBODY:
        request[VISIT] = await look(request, lambda _, visit: visit)
    return await handler(request)


async def look(request: web.Request, unit: Callable[[Transaction, Visit], T]) -> T:
    """Read something as the person signed in, admitted in the same snapshot."""
    return await request.config_dict[SITE].store.read(_admitted(request, unit))


async def change(request: web.Request, unit: Callable[[Transaction, Visit], T]) -> T:
    """Change something as the person signed in, admitted in the same transaction: a right withdrawn a moment ago is gone."""
    return await request.config_dict[SITE].store.write(_admitted(request, unit))


def voice(request: web.Request) -> Voice:
    """How to speak to whoever asks: the person signed in, else what the browser prefers."""
    site = request.config_dict[SITE]
    if VISIT in request:
        visit = request[VISIT]
        return site.voice_for(visit.person, visit.workshop)
    wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    return Voice(site.catalog, site.catalog.closest(wanted or site.policy.language))


def _admitted(request: web.Request, unit: Callable[[Transaction, Visit], T]) -> Callable[[Transaction], T]:
    now = request.config_dict[SITE].clock.now()
    return lambda tx: unit(tx, _admit(tx, request, now))


def _admit(tx: Transaction, request: web.Request, now: datetime) -> Visit:
    session = session_of(request)
    person = signed_in(tx, session, now) if session else None
    if person is None:
        raise SignInNeeded()
    if who_may(request) is not Who.STEERING:
        return Visit(person, None, None)
    workshop = organised(tx, person, number_in(request, "workshop"))
    return Visit(person, workshop, _activity(tx, request, workshop))


def _activity(tx: Transaction, request: web.Request, workshop: Workshop) -> Activity | None:
    if "activity" not in request.match_info:
        return None
    activity = tx.activities.get(number_in(request, "activity"))
    if activity is None or activity.workshop_id != workshop.id or activity.discarded_at is not None:
        raise UnknownActivity()
    return activity


def number_in(request: web.Request, name: str) -> int:
    """A number of the address (the routes let only digits through); one no database could hold names nothing."""
    digits = request.match_info[name]
    if len(digits) > 15:
        raise web.HTTPNotFound()
    return int(digits)
