"""Private chats and groups: their members, their messages, what is pinned in them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from rehearsal.botapi.errors import bad_request, forbidden, migrated

if TYPE_CHECKING:
    from rehearsal.botapi.bots import Bot
    from rehearsal.botapi.people import Person

Message = dict[str, Any]

PRESENT: Final = frozenset(("creator", "administrator", "member", "restricted"))
ADMINISTRATORS: Final = frozenset(("creator", "administrator"))


class Chat:
    """Messages are Bot API objects and never changed in place: an edit stores another object, so that what
    a bot received or an update quotes stays as it was."""

    def __init__(self, header: dict[str, Any], instance: str, kept: int | None) -> None:
        self.header = header
        self.instance = instance
        self.messages: dict[int, Message] = {}
        self.pinned: list[int] = []
        self.reactions: dict[int, dict[int, list[dict[str, Any]]]] = {}
        self.markups: deque[dict[str, Any]] = deque(maxlen=1)  # the last reply keyboard, or its removal
        self._kept = kept
        self._last_id = 0

    @property
    def id(self) -> int:
        return int(self.header["id"])

    @property
    def is_private(self) -> bool:
        return str(self.header["type"]) == "private"

    def add(self, sender: dict[str, Any] | None, date: int, content: dict[str, Any]) -> Message:
        """Store a message under the next id; the oldest goes when only the last N are kept."""
        self._last_id += 1
        origin = {} if sender is None else {"from": sender}
        message = {"message_id": self._last_id, **origin, "chat": self.header, "date": date, **content}
        self.messages[self._last_id] = message
        if self._kept is not None and len(self.messages) > self._kept:
            self.remove(next(iter(self.messages)))
        return message

    def replace(self, message: Message) -> None:
        self.messages[message["message_id"]] = message

    def remove(self, message_id: int) -> Message | None:
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        self.reactions.pop(message_id, None)
        return self.messages.pop(message_id, None)

    def check_writable(self, bot: Bot) -> None:
        """Raise what Telegram answers when this bot may not write here."""
        raise NotImplementedError


class PrivateChat(Chat):
    """One person and one bot."""

    def __init__(self, person: Person, bot: Bot, instance: str, kept: int | None) -> None:
        super().__init__(person.private_header(), instance, kept)
        self.person = person
        self.bot = bot
        self.started = False
        self.blocked = False

    def check_writable(self, bot: Bot) -> None:
        if self.person.deleted:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")


class Group(Chat):
    """A group or a supergroup; statuses are those of ChatMember, by user id."""

    def __init__(self, header: dict[str, Any], instance: str, kept: int | None) -> None:
        super().__init__(header, instance, kept)
        self.statuses: dict[int, str] = {}
        self.upgraded_to: Group | None = None

    @property
    def title(self) -> str:
        return str(self.header["title"])

    def has(self, user_id: int) -> bool:
        return self.statuses.get(user_id) in PRESENT

    def is_administrator(self, user_id: int) -> bool:
        return self.statuses.get(user_id) in ADMINISTRATORS

    def present(self) -> list[int]:
        return [user_id for user_id, status in self.statuses.items() if status in PRESENT]

    def check_writable(self, bot: Bot) -> None:
        if self.upgraded_to is not None:
            raise migrated(self.upgraded_to.id)
        status = self.statuses.get(bot.id)
        if status in PRESENT:
            return
        if status is None:
            raise bad_request("chat not found")
        kind = "supergroup" if self.header["type"] == "supergroup" else "group"
        left = "was kicked from" if status == "kicked" else "is not a member of"
        raise forbidden(f"bot {left} the {kind} chat")


def member_json(status: str, user: dict[str, Any]) -> dict[str, Any]:
    """A ChatMember object with the fields its kind requires."""
    member: dict[str, Any] = {"status": status, "user": user}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_RIGHTS, True)
    elif status == "kicked":
        member["until_date"] = 0
    return member


_RIGHTS: Final = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_send_welcome_messages", "can_pin_messages",
)  # fmt: skip
