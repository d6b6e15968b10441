"""Forwarding and copying messages from one chat to another."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.methods.call import Call
from rehearsal.botapi.methods.sending import deliver

_NOT_CARRIED: Final = frozenset(
    [
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "reply_markup",
        "reply_to_message",
        "media_group_id",
        "has_protected_content",
    ]
)


def _source(call: Call, what: str) -> dict[str, Any]:
    message = call.message(call.chat("from_chat_id"), what)
    if message.get("has_protected_content"):
        raise bad_request(f"{what.removesuffix(' to copy').removesuffix(' to forward')} can't be forwarded")
    return message


def _content(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in _NOT_CARRIED}


def forward_message(call: Call) -> dict[str, Any]:
    message = _source(call, "message to forward")
    origin = {"type": "user", "sender_user": message["from"], "date": message["date"]}
    return deliver(call, {"forward_origin": origin, **_content(message)})


def copy_message(call: Call) -> dict[str, int]:
    """A copy without link to the original; a new caption replaces the old one."""
    message = _source(call, "message to copy")
    content = {name: value for name, value in _content(message).items() if name != "forward_origin"}
    if call.parameters.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= call.caption()
    if not content:
        raise bad_request("message can't be copied")
    return {"message_id": deliver(call, content)["message_id"]}


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
