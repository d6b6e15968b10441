"""Claims about what a bot says of itself: commands by scope and language, name, descriptions, menu button."""

from typing import Any

import pytest

from rehearsal.botapi import BotProfile, Command
from tests.unit.botapi.town import Town

HELP = {"command": "aide", "description": "Aide"}


async def test_each_person_sees_the_commands_of_their_language_and_scope(town: Town) -> None:
    await town.ask("setMyCommands", commands=[HELP])
    await town.ask("setMyCommands", commands=[{"command": "help", "description": "Help"}], language_code="en")
    assert town.amina.phone().commands == (Command("aide", "Aide"),)
    assert town.bruno.phone().commands == (Command("help", "Help"),)
    launch = [{"command": "sondage", "description": "Lancer un sondage"}]
    scope = {"type": "chat", "chat_id": town.amina.id}
    await town.ask("setMyCommands", commands=launch, scope=scope)
    assert town.amina.phone().commands == (Command("sondage", "Lancer un sondage"),)
    assert await town.ask("getMyCommands", scope=scope) == launch
    await town.ask("deleteMyCommands", scope=scope)
    assert town.amina.phone().commands == (Command("aide", "Aide"),)
    assert await town.ask("getMyCommands", scope=scope) == []


@pytest.mark.parametrize(
    ("changed", "description"),
    [
        ({"commands": [{"command": "Aide !", "description": "x"}]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "aide", "description": ""}]}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [HELP] * 101}, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "{"}, "Bad Request: can't parse commands JSON object"),
        ({"scope": {"type": "planet"}}, "Bad Request: can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat"}}, "Bad Request: can't parse BotCommandScope: Empty chat_id specified"),
    ],
)
async def test_commands_that_are_refused(town: Town, changed: dict[str, Any], description: str) -> None:
    assert await town.refusal("setMyCommands", **{"commands": [HELP], **changed}) == description


async def test_name_and_descriptions_go_by_language(town: Town) -> None:
    await town.ask("setMyName", name="Palabre, le conseil")
    await town.ask("setMyDescription", description="What we do", language_code="en")
    await town.ask("setMyDescription", description="Ce que nous faisons")
    await town.ask("setMyShortDescription", short_description="Votre voix")
    assert town.amina.phone().profile == BotProfile(
        "Palabre, le conseil", "palabre_bot", "Ce que nous faisons", "Votre voix"
    )
    assert town.bruno.phone().profile.description == "What we do"
    assert await town.ask("getMyName") == {"name": "Palabre, le conseil"}
    assert await town.ask("getMyDescription", language_code="en") == {"description": "What we do"}
    assert await town.ask("getMyShortDescription") == {"short_description": "Votre voix"}
    assert await town.refusal("setMyName", name="x" * 65) == "Bad Request: BOT_TITLE_INVALID"


async def test_the_menu_button_may_differ_in_one_chat(town: Town) -> None:
    web = {"type": "web_app", "text": "Écran", "web_app": {"url": "https://example.org/"}}
    await town.ask("setChatMenuButton", chat_id=town.amina.id, menu_button=web)
    assert await town.ask("getChatMenuButton", chat_id=town.amina.id) == web
    assert await town.ask("getChatMenuButton") == {"type": "commands"}
    assert (town.amina.phone().menu_button, town.bruno.phone().menu_button) == (web, {"type": "commands"})


async def test_get_me_describes_the_bot(town: Town) -> None:
    me = await town.ask("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (123456, True, "palabre_bot")


async def test_logging_out_forgets_what_was_pending(town: Town) -> None:
    town.amina.sends_text("un")
    assert await town.ask("logOut") is True
    assert await town.updates() == []
    assert await town.ask("close") is True
