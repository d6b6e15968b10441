"""Changing and deleting messages the bot has sent."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.chats import Chat, Group
from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.limits import DELETABLE_SECONDS
from rehearsal.botapi.methods.call import Call
from rehearsal.botapi.methods.markup import reply_markup
from rehearsal.botapi.methods.media import input_media

_CAPTIONED: Final = frozenset(("photo", "document", "voice", "video", "audio", "animation"))
_FILES: Final = _CAPTIONED
_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(call: Call) -> dict[str, Any]:
    fields = call.text()
    chat, message = _own_message(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(call, chat, message, {"text", "entities", "link_preview_options"}, fields)


def edit_message_caption(call: Call) -> dict[str, Any]:
    fields = call.caption()
    chat, message = _own_message(call)
    if not _CAPTIONED & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _change(call, chat, message, {"caption", "caption_entities"}, fields)


def edit_message_media(call: Call) -> dict[str, Any]:
    chat, message = _own_message(call)
    _, fields = input_media(call, call.parameters.json("media", "input media"))
    texts = {"text", "entities", "link_preview_options", "caption", "caption_entities"}
    return _change(call, chat, message, texts | _FILES, fields)


def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    chat, message = _own_message(call)
    return _change(call, chat, message, set(), {}, mark_edited=False)


def _own_message(call: Call) -> tuple[Chat, dict[str, Any]]:
    if call.parameters.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if not call.parameters.has("chat_id") and not call.parameters.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = call.writable_chat()
    message = call.message(chat, "message to edit")
    if message.get("from") != call.bot.user or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    call: Call,
    chat: Chat,
    message: dict[str, Any],
    dropped: set[str] | frozenset[str],
    fields: dict[str, Any],
    *,
    mark_edited: bool = True,
) -> dict[str, Any]:
    """Put `fields` in place of `dropped`, and the request's keyboard in place of the old one."""
    kept = {name: value for name, value in message.items() if name not in dropped and name != "reply_markup"}
    markup = reply_markup(call, inline_only=True)
    changed = kept | fields | ({"reply_markup": markup} if markup else {})
    if changed == message:
        raise bad_request(_NOT_MODIFIED)
    if mark_edited:
        changed["edit_date"] = call.api.date()
    chat.replace(changed)
    call.api.show("edited", chat, message["message_id"], changed)
    return changed


def delete_message(call: Call) -> bool:
    chat = call.chat()
    message = call.message(chat, "message to delete")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted")
    _delete(call, chat, message["message_id"])
    return True


def delete_messages(call: Call) -> bool:
    """Up to 100 at once; those that cannot be found or deleted are passed over."""
    chat = call.chat()
    wanted = call.parameters.json("message_ids", "message_ids")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("Message identifiers are not specified")
    if len(wanted) > 100:
        raise bad_request("Too many message identifiers specified")
    for message_id in wanted:
        message = chat.messages.get(int(message_id))
        if message is not None and _may_delete(call, chat, message):
            _delete(call, chat, message["message_id"])
    return True


def _may_delete(call: Call, chat: Chat, message: dict[str, Any]) -> bool:
    if call.api.date() - message["date"] > DELETABLE_SECONDS:
        return False
    own = message.get("from") == call.bot.user
    return own or not isinstance(chat, Group) or chat.is_administrator(call.bot.id)


def _delete(call: Call, chat: Chat, message_id: int) -> None:
    chat.remove(message_id)
    call.api.show("deleted", chat, message_id)


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
