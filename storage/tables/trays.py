"""Tables of the doors and of slow work: what came in, what must go out, what is being computed."""

import sqlalchemy as sa

from storage.tables.row import NEVER_AGAIN, Kept, big, only, own_key, prose, ref, table


class InboxRow(Kept, table=True):
    """A raw update; `id` is the order of arrival, (bot, update) its name at Telegram, which may restart at random."""

    __tablename__ = "inbox"
    __table_args__ = (
        sa.UniqueConstraint("bot_id", "update_id"),
        only("ix_inbox_new", "id", where="state = 'new'"),
        only("ix_inbox_dead", "id", where="state = 'dead'"),
    )

    id: int = own_key()
    bot_id: int = big()
    update_id: int = big()
    body: str = prose()
    state: str = prose()
    attempts: int = 0
    problem: str = prose()
    received_at: int = big()


class ReplyRow(Kept, table=True):
    """An answer on its way out; deleted once gone."""

    __tablename__ = "reply"
    __table_args__ = (
        sa.Index(
            "uq_reply_waiting",
            "address",
            "key",
            unique=True,
            sqlite_where=sa.text("state = 'waiting' AND key IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND key IS NOT NULL"),
        ),
        only("ix_reply_waiting", "id", where="state = 'waiting'"),
        NEVER_AGAIN,
    )

    id: int = own_key()
    address: int = big()
    lane: str = prose()
    key: str | None = prose()
    body: str = prose()
    state: str = prose()
    attempts: int = 0
    created_at: int = big()
    not_before: int = big()


class DeliveryRow(Kept, table=True):
    """A message to one member."""

    __tablename__ = "delivery"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "kind", "round", "member_id"),
        sa.Index(None, "member_id"),
        only("ix_delivery_waiting", "id", where="fate = 'waiting'"),
        only("ix_delivery_taken", "id", where="fate = 'taken'"),
        NEVER_AGAIN,
    )

    id: int = own_key()
    kind: str = prose()
    # 0 stands for "no activity": a NULL would never equal another one and the key would prevent nothing.
    activity_id: int = big()
    member_id: int = ref("member.id")
    round: int = big()
    text: str = prose()
    fate: str = prose()
    attempts: int = 0
    receipt: int | None = big()
    problem: str = prose()
    created_at: int = big()
    not_before: int = big()
    settled_at: int | None = big()


class PictureRow(Kept, table=True):
    """A file to be sent."""

    __tablename__ = "picture"
    __table_args__ = (NEVER_AGAIN,)

    id: int = own_key()
    name: str = prose()
    content: bytes
    created_at: int = big()


class JobRow(Kept, table=True):
    """Slow work somebody asked for; deleted once done."""

    __tablename__ = "job"
    __table_args__ = (NEVER_AGAIN,)

    id: int = own_key()
    kind: str = prose()
    activity_id: int = ref("activity.id")
    asked_by: int | None = big()
    details: str = prose()
    state: str = prose()
    attempts: int = 0
    created_at: int = big()


class PulseRow(Kept, table=True):
    """One row: when this installation was last known to be alive."""

    __tablename__ = "pulse"

    id: int = own_key()
    at: int = big()


class VectorRow(Kept, table=True):
    """What an encoder made of a text, by the text's hash: the text itself is not here."""

    __tablename__ = "vector"

    encoder: str = prose(primary=True)
    text_hash: str = prose(primary=True)
    content: bytes
    created_at: int = big()


INBOX = table(InboxRow)
REPLY = table(ReplyRow)
DELIVERY = table(DeliveryRow)
PICTURE = table(PictureRow)
JOB = table(JobRow)
PULSE = table(PulseRow)
VECTOR = table(VectorRow)
