"""Claims about the names of methods: any case is understood, the official one is recorded."""

from rehearsal.botapi.methods import OFFICIAL_NAMES
from tests.unit.botapi.official_schema import official_names
from tests.unit.botapi.town import Town


def test_the_names_we_record_are_spelled_as_telegram_spells_them() -> None:
    assert {name: official_names()[name] for name in OFFICIAL_NAMES} == OFFICIAL_NAMES


async def test_any_case_is_understood(town: Town) -> None:
    before = town.api.recorder.counts["getMe", 200]
    for name in ("getme", "GETME", "getMe"):
        assert (await town.ask(name))["username"] == "palabre_bot"
    assert town.api.recorder.counts["getMe", 200] == before + 3
