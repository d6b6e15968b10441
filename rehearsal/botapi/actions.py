"""What a person's gesture changes in the world, and the update each bot concerned receives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rehearsal.botapi.bubbles import Button, button_at, buttons_of
from rehearsal.botapi.chats import Chat, Group, PrivateChat, member_json
from rehearsal.botapi.entities import with_found
from rehearsal.botapi.errors import ActionRefused

if TYPE_CHECKING:
    from rehearsal.botapi.bots import Bot
    from rehearsal.botapi.core import BotApi
    from rehearsal.botapi.people import Person, Press

_SERVICE = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "pinned_message",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    ]
)


def check_may_write(person: Person, chat: Chat) -> None:
    if person.deleted:
        raise ActionRefused(f"{person.name} has deleted this account.")
    if isinstance(chat, PrivateChat) and chat.blocked:
        raise ActionRefused(f"{person.name} has blocked the bot: unblock it first.")
    if isinstance(chat, Group) and chat.upgraded_to is not None:
        raise ActionRefused(f"« {chat.title} » has become a supergroup.")
    if isinstance(chat, Group) and not chat.has(person.id):
        raise ActionRefused(f"{person.name} is not in « {chat.title} ».")


def send(person: Person, chat: Chat, content: dict[str, Any], reply_to: int | None) -> int:
    """A message from a person: stored, shown on the phones, queued for the bots that may read it."""
    check_may_write(person, chat)
    if isinstance(chat, PrivateChat):
        chat.started = True
    if reply_to is not None:
        if reply_to not in chat.messages:
            raise ActionRefused(f"Message {reply_to} is not on this phone.")
        content = {**content, "reply_to_message": quoted(chat.messages[reply_to])}
    message = chat.add(person.user, person.api.date(), content)
    person.api.show("message", chat, message["message_id"], message)
    tell_bots(person.api, chat, "message", message)
    return int(message["message_id"])


def edit(person: Person, chat: Chat, message_id: int, text: str) -> None:
    """A person edits one of their own messages; nothing happens when nothing changes."""
    check_may_write(person, chat)
    message = chat.messages.get(message_id)
    if message is None or message.get("from") != person.user:
        raise ActionRefused(f"Message {message_id} is not one {person.name} can edit.")
    field = "text" if "text" in message else "caption"
    if field == "text" and not text:
        raise ActionRefused("An empty message cannot be sent.")
    if message.get(field, "") == text:
        return
    entities = with_found(text, [])
    name = "entities" if field == "text" else "caption_entities"
    changed = {**message, field: text, "edit_date": person.api.date(), name: entities}
    if not entities:
        del changed[name]
    chat.replace(changed)
    person.api.show("edited", chat, message_id, changed)
    tell_bots(person.api, chat, "edited_message", changed)


def press(person: Person, chat: Chat, message_id: int, button: Button | tuple[int, int] | str, bot: Bot) -> Press:
    """A callback query for the bot that wrote the message, and the Press that waits for its answer."""
    if isinstance(chat, Group):
        check_may_write(person, chat)
    if person.deleted:
        raise ActionRefused(f"{person.name} has deleted this account.")
    message = chat.messages.get(message_id)
    if message is None:
        raise ActionRefused(f"Message {message_id} is not on this phone.")
    found = _button(message, button)
    if not found.data:
        raise ActionRefused(f"« {found.text} » sends nothing to the bot: {found.url or 'it is another kind of button'}")
    author = person.api.bots_by_id.get(message.get("from", {}).get("id"), bot)
    return person.api.queue_press(person, author, chat, message, found.data)


def _button(message: dict[str, Any], wanted: Button | tuple[int, int] | str) -> Button:
    if isinstance(wanted, Button):
        wanted = (wanted.row, wanted.column)
    if isinstance(wanted, tuple) and (button := button_at(message, *wanted)):
        return button
    buttons = [button for row in buttons_of(message) for button in row]
    for button in buttons:
        if wanted in ((button.row, button.column), button.data):
            return button
    for button in buttons:
        if wanted == button.text:
            return button
    labels = ", ".join(f"« {button.text} »" for button in buttons) or "none"
    raise ActionRefused(f"There is no button {wanted!r} under message {message['message_id']} (there are: {labels}).")


def react(person: Person, chat: Chat, message_id: int, emoji: str) -> None:
    """A person's reaction; the bot is told if it asked for message_reaction (in groups, as administrator)."""
    check_may_write(person, chat)
    if message_id not in chat.messages:
        raise ActionRefused(f"Message {message_id} is not on this phone.")
    under = chat.reactions.setdefault(message_id, {})
    old, new = under.get(person.id, []), [{"type": "emoji", "emoji": emoji}] if emoji else []
    under[person.id] = new
    person.api.show("edited", chat, message_id, chat.messages[message_id])
    update = {
        "chat": chat.header, "message_id": message_id, "user": person.user, "date": person.api.date(),
        "old_reaction": old, "new_reaction": new,
    }  # fmt: skip
    for bot in _bots_in(person.api, chat):
        if chat.is_private or (isinstance(chat, Group) and chat.is_administrator(bot.id)):
            bot.queue.add("message_reaction", update, ("reaction", chat.id))


def set_blocked(chat: PrivateChat, *, blocked: bool) -> None:
    """Block or unblock; the bot learns it by my_chat_member."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    chat.started = True
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    change = _change(chat, chat.person.user, chat.bot.user, old, new, chat.person.api.date())
    chat.bot.queue.add("my_chat_member", change, ("my member", chat.id))


def start_group(person: Person, title: str, *, supergroup: bool) -> Group:
    group = person.api.add_group(title, supergroup=supergroup)
    group.statuses[person.id] = "creator"
    created = "supergroup_chat_created" if supergroup else "group_chat_created"
    _service(person.api, group, person.user, {created: True})
    return group


def enter_group(group: Group, user: dict[str, Any], by: Person) -> None:
    if group.has(user["id"]):
        return
    old = group.statuses.get(user["id"], "left")
    group.statuses[user["id"]] = "member"
    _tell_membership(by.api, group, user, by.user, old, "member")
    _service(by.api, group, by.user, {"new_chat_members": [user]})


def leave_group(group: Group, user: dict[str, Any], by: Person) -> None:
    """Leave, or be put out by somebody else."""
    old = group.statuses.get(user["id"], "left")
    if not group.has(user["id"]):
        return
    new = "left" if user["id"] == by.id else "kicked"
    _service(by.api, group, by.user, {"left_chat_member": user})
    group.statuses[user["id"]] = new
    _tell_membership(by.api, group, user, by.user, old, new)


def _service(api: BotApi, group: Group, sender: dict[str, Any], content: dict[str, Any]) -> None:
    message = group.add(sender, api.date(), content)
    api.show("message", group, message["message_id"], message)
    tell_bots(api, group, "message", message)


def _tell_membership(api: BotApi, group: Group, user: dict[str, Any], by: dict[str, Any], old: str, new: str) -> None:
    change = _change(group, by, user, old, new, api.date())
    if user["is_bot"]:
        api.bots_by_id[user["id"]].queue.add("my_chat_member", change, ("my member", group.id))
        return
    for bot in _bots_in(api, group):
        if group.is_administrator(bot.id):
            bot.queue.add("chat_member", change, ("member", user["id"]))


def _change(chat: Chat, by: dict[str, Any], user: dict[str, Any], old: str, new: str, date: int) -> dict[str, Any]:
    members = {"old_chat_member": member_json(old, user), "new_chat_member": member_json(new, user)}
    return {"chat": chat.header, "from": by, "date": date, **members}


def tell_bots(api: BotApi, chat: Chat, kind: str, message: dict[str, Any]) -> None:
    for bot in _bots_in(api, chat):
        if _may_read(bot, chat, message):
            bot.queue.add(kind, message, ("chat", chat.id))


def _bots_in(api: BotApi, chat: Chat) -> list[Bot]:
    if isinstance(chat, PrivateChat):
        return [chat.bot]
    assert isinstance(chat, Group)  # noqa: S101 -- tells mypy that there are two kinds of chats
    return [bot for bot in api.bots.values() if chat.has(bot.id)]


def _may_read(bot: Bot, chat: Chat, message: dict[str, Any]) -> bool:
    """Telegram's privacy mode: in a group a bot reads commands, replies to itself, and service messages."""
    if not isinstance(chat, Group) or bot.reads_all_group_messages or chat.is_administrator(bot.id):
        return True
    if _SERVICE & message.keys() or message.get("reply_to_message", {}).get("from") == bot.user:
        return True
    command = re.match(r"/\w+(?:@(\w+))?", message.get("text", ""))
    return command is not None and (command.group(1) or bot.username).lower() == bot.username.lower()


def quoted(message: dict[str, Any]) -> dict[str, Any]:
    """A message as reply_to_message holds it: without the one it answered itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def become_supergroup(api: BotApi, group: Group) -> Group:
    """Upgrade a group: another id, a service message on both sides, and 400 for whoever writes to the old."""
    owner = next(user for user, status in group.statuses.items() if status == "creator")
    sender = api.people[owner].user
    new = api.add_group(group.title, supergroup=True)
    new.statuses = dict(group.statuses)
    _service(api, group, sender, {"migrate_to_chat_id": new.id})
    group.upgraded_to = new
    _service(api, new, sender, {"migrate_from_chat_id": group.id})
    return new


def promote(api: BotApi, group: Group, user: dict[str, Any]) -> None:
    """Make somebody, person or bot, an administrator."""
    old = group.statuses.get(user["id"], "left")
    group.statuses[user["id"]] = "administrator"
    owner = next(user_id for user_id, status in group.statuses.items() if status == "creator")
    _tell_membership(api, group, user, api.people[owner].user, old, "administrator")
