"""A local Bot API over real HTTP, on the machine's clock, each call compared with the official schema."""

from collections.abc import AsyncIterator

import pytest

from rehearsal.botapi import BotApi, BotApiServer
from tests.unit.botapi.town import TOKEN, watch


@pytest.fixture
def api() -> BotApi:
    """One bot, and Amina who has pressed Start."""
    api = BotApi(seed=3)
    watch(api)
    api.add_bot(TOKEN)
    api.add_person("Amina").opens_link("CODE")
    return api


@pytest.fixture
async def server(api: BotApi) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(api) as server:
        yield server
