"""Checks requests and answers of the local Bot API against the published description of the Bot API."""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_NEAR = Path(__file__).parents[4] / "shared" / "bot_api" / "schema.json"
PLACE = Path(os.environ.get("PALABRE_BOT_API_SCHEMA", _NEAR))

RESULTS = {
    "getMe": "User", "getUpdates": "Array of Update", "getWebhookInfo": "WebhookInfo", "sendMessage": "Message",
    "sendPhoto": "Message", "sendDocument": "Message", "sendVoice": "Message", "sendVideo": "Message",
    "sendAudio": "Message", "sendAnimation": "Message", "sendSticker": "Message", "sendVideoNote": "Message",
    "sendLocation": "Message", "sendVenue": "Message", "sendContact": "Message", "sendDice": "Message",
    "sendMediaGroup": "Array of Message", "editMessageText": "Message", "editMessageCaption": "Message",
    "editMessageMedia": "Message", "editMessageReplyMarkup": "Message", "forwardMessage": "Message",
    "copyMessage": "MessageId", "getFile": "File", "getMyCommands": "Array of BotCommand", "getMyName": "BotName",
    "getMyDescription": "BotDescription", "getMyShortDescription": "BotShortDescription",
    "getChatMenuButton": "MenuButton", "getChat": "ChatFullInfo", "getChatMember": "ChatMember",
    "getChatAdministrators": "Array of ChatMember", "getChatMemberCount": "Integer",
    "getUserProfilePhotos": "UserProfilePhotos",
}  # fmt: skip
LEGACY = {"reply_to_message_id", "disable_web_page_preview", "allow_sending_without_reply", "hide_keyboard"}
_SIMPLE: dict[str, type | tuple[type, ...]] = {
    "Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": (int, float), "Float number": (int, float),
    "InputFile": (str, bytes),
}  # fmt: skip


@cache
def _schema() -> dict[str, dict[str, Any]]:
    if not PLACE.exists():
        pytest.skip(f"the official schema is not at {PLACE}")
    items = json.loads(PLACE.read_text())["items"]
    return {child["name"]: child for item in items for child in item["children"]}


@cache
def official_names() -> dict[str, str]:
    """Method names by lower case."""
    return {name.lower(): name for name, child in _schema().items() if child.get("category") == "methods"}


def check_call(method: str, parameters: dict[str, Any], files: tuple[str, ...], answer: dict[str, Any]) -> None:
    """Raise AssertionError, naming the field, when a successful call or its answer is not as documented."""
    name = official_names()[method.lower()]
    _check_request(name, parameters, files)
    _check(RESULTS.get(name, "Boolean"), answer["result"], f"{name} result")


def check_update(update: dict[str, Any]) -> None:
    _check("Update", update, "Update")


def _check_request(name: str, parameters: dict[str, Any], files: tuple[str, ...]) -> None:
    documented = {field["name"]: field for field in _schema()[name]["annotations"]}
    unknown = parameters.keys() - documented.keys() - LEGACY - set(files)
    assert not unknown, f"{name} has no parameter {unknown}"
    for field in documented.values():
        if field["name"] in parameters:
            value = _decoded(field["type"], parameters[field["name"]])
            _check(field["type"], value, f"{name}.{field['name']}")
        else:
            assert not field["required"] or field["name"] in files, f"{name} lacks {field['name']}"


def _decoded(kind: str, value: Any) -> Any:
    """A parameter that came as a string, as every form sends it, in its documented type."""
    if not isinstance(value, str) or kind in ("String", "InputFile", "InputFile or String", "Integer or String"):
        return value
    return json.loads(value)


def _check(kind: str, value: Any, where: str) -> None:
    if kind.startswith("Array of "):
        assert isinstance(value, list), f"{where}: {kind} expected, not {value!r}"
        for index, item in enumerate(value):
            _check(kind.removeprefix("Array of "), item, f"{where}[{index}]")
    elif " or " in kind or " and " in kind:
        _check_one_of(re.split(r", | or | and ", kind), value, where)
    elif kind in _SIMPLE:
        fits = isinstance(value, _SIMPLE[kind]) and (kind in ("Boolean", "True") or not isinstance(value, bool))
        assert fits, f"{where}: {kind} expected, not {value!r}"
    else:
        _check_object(kind, value, where)


def _check_one_of(kinds: list[str], value: Any, where: str) -> None:
    problems = []
    for kind in kinds:
        try:
            _check(kind, value, where)
        except AssertionError as problem:
            problems.append(str(problem))
        else:
            return
    raise AssertionError(f"{where} is none of {kinds}: {problems}")


def _check_object(kind: str, value: Any, where: str) -> None:
    described = _schema()[kind]
    members = re.findall(r"^ - (\w+)$", described["description"], re.MULTILINE)
    if not described["annotations"] and members:
        _check_one_of(members, value, where)
        return
    assert isinstance(value, dict), f"{where}: {kind} expected, not {value!r}"
    documented = {field["name"]: field for field in described["annotations"]}
    unknown = value.keys() - documented.keys()
    assert not unknown, f"{where}: {kind} has no field {unknown}"
    missing = {name for name, field in documented.items() if field["required"]} - value.keys()
    assert not missing, f"{where}: {kind} lacks {missing}"
    for name, item in value.items():
        _check(documented[name]["type"], item, f"{where}.{name}")
