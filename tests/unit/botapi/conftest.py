"""The town of the local Bot API's tests, with Amina already in conversation with the bot."""

import pytest

from tests.unit.botapi.town import Town


@pytest.fixture
async def town() -> Town:
    """Amina has pressed Start and the bot has read it; Bruno never wrote."""
    town = Town()
    town.amina.opens_link()
    seen = await town.updates()
    await town.updates(offset=seen[-1]["update_id"] + 1)
    return town
