"""What every page needs at hand: the store, the clock, the sentences, the figures of the house."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp import web

from i18n import Catalog, Voice
from participation.model.people import Person
from participation.model.policy import Policy
from participation.model.workshop import Workshop
from participation.ports import Clock, Store
from web.clouds import Clouds
from web.live import Hub
from web.pages import Pages

Apart = Callable[..., Awaitable[Any]]
"""`await apart(work, *given)`: does slow work away from the event loop, in a thread or in another process."""


@dataclass(frozen=True)
class Site:
    """Built once by `web_application`; handlers reach it by `request.config_dict[SITE]`."""

    store: Store
    clock: Clock
    catalog: Catalog
    policy: Policy
    public_url: str
    """Without a slash at its end."""
    bot_username: str
    hub: Hub
    pages: Pages
    apart: Apart
    clouds: Clouds | None = None

    @property
    def is_https(self) -> bool:
        """Whether people reach us by https: cookies then travel nowhere else."""
        return urlsplit(self.public_url).scheme == "https"

    def join_link(self, code: str) -> str:
        """What the join QR says."""
        return f"https://t.me/{self.bot_username}?start={code}"

    def voice_of(self, workshop: Workshop) -> Voice:
        """The workshop's own language and clock, for what its room sees."""
        language = self.catalog.closest(workshop.language)
        return Voice(self.catalog, language, ZoneInfo(workshop.time_zone), self.clock.now())

    def voice_for(self, person: Person, workshop: Workshop | None = None) -> Voice:
        """A person's language, on the clock of the workshop they look at."""
        zone = workshop.time_zone if workshop else self.policy.time_zone
        return Voice(self.catalog, self.catalog.closest(person.language), ZoneInfo(zone), self.clock.now())


SITE = web.AppKey("site", Site)
