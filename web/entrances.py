"""Every way in declares who may use it; what declares nothing lets nobody in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from aiohttp import web
from aiohttp.typedefs import Handler


class Who(Enum):
    """Who may use an entrance."""

    ANYBODY = "anybody"
    """Shows only what the room may see."""
    SIGNED_IN = "signed-in"
    STEERING = "steering"
    """Those who steer the workshop named in the address (`{workshop}`), and only its activities (`{activity}`)."""
    MACHINE = "machine"
    """Another program, which proves itself by a secret of its own: no cookie is read, no form token asked."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A route and who may use it."""

    method: str
    path: str
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    who: Who


Permissions = Mapping[web.AbstractRoute, Who]
PERMISSIONS: web.AppKey[dict[web.AbstractRoute, Who]] = web.AppKey("permissions", dict)


def open_entrances(app: web.Application, entrances: Sequence[Entrance]) -> None:
    """Add the routes, each with its permission."""
    declared = app.setdefault(PERMISSIONS, {})
    for entrance in entrances:
        route = app.router.add_route(entrance.method, entrance.path, entrance.handler)
        declared[route] = entrance.who


def who_may(request: web.Request) -> Who | None:
    """Who may use the route of this request; None when it declares nothing, or there is no such route."""
    return request.config_dict[PERMISSIONS].get(request.match_info.route)


def is_mounted(request: web.Request) -> bool:
    """Whether another application, mounted inside this one by the composition root, answers this request itself."""
    return len(request.match_info.apps) > 1


__all__ = ["PERMISSIONS", "Entrance", "Handler", "Who", "is_mounted", "open_entrances", "who_may"]
