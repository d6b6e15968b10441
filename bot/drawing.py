"""What a delivery says when it leaves, drawn from what is true then; None when it has no more purpose."""

import json
from datetime import datetime

from bot.ballots import Drawn
from bot.calls import Call
from bot.context import House
from bot.conversation import Conversation
from bot.handlers.ballots import drawn_for
from bot.handlers.panel import panel
from bot.keyboards import inline_keyboard
from bot.messages import paragraphs, say
from bot.results import result_text
from i18n import Voice
from participation.actions.viewing import result_of
from participation.model.activity import Activity, Phase
from participation.model.message import Addressee, Delivery, Kind
from participation.ports import Transaction


class Drawer:
    """Draws deliveries with the sentences and the seal of a conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._house = conversation.house

    def draw(self, tx: Transaction, delivery: Delivery, now: datetime) -> Call | None:
        """The call that tells this member, or None."""
        reader = tx.deliveries.addressee(delivery)
        if reader is None:
            return None
        workshop = tx.workshops.get(reader.workshop_id)
        voice = self._house.voice(delivery.language, workshop.time_zone if workshop else None, now)
        activity = tx.activities.get(delivery.activity_id) if delivery.activity_id is not None else None
        if activity is not None and activity.discarded_at is not None:
            return None
        drawn = self._drawn(tx, delivery, reader, voice, activity, now)
        return _message(self._house, delivery.address, drawn) if drawn else None

    def _drawn(
        self,
        tx: Transaction,
        delivery: Delivery,
        reader: Addressee,
        voice: Voice,
        activity: Activity | None,
        now: datetime,
    ) -> Drawn | None:
        match delivery.kind:
            case Kind.ANNOUNCEMENT:
                return say(voice, "notice-announcement", text=delivery.text), ()
            case Kind.NOTICE:
                return self._notice(tx, delivery, voice, activity, now)
            case _ if activity is None:
                return None
            case Kind.BALLOT:
                return self._ballot(tx, reader, voice, activity, now)
            case Kind.AGAIN:
                ballot = self._ballot(tx, reader, voice, activity, now)
                return (paragraphs(say(voice, "notice-again"), ballot[0]), ballot[1]) if ballot else None
            case Kind.REMINDER:
                return self._reminder(tx, reader, voice, activity, now)
            case Kind.RESULTS:
                text = result_text(voice, activity.question.text, result_of(tx, activity))
                return paragraphs(say(voice, "notice-results"), text), ()

    def _notice(
        self, tx: Transaction, delivery: Delivery, voice: Voice, activity: Activity | None, now: datetime
    ) -> Drawn:
        """A sentence to those who steer, with the panel of the question it speaks of."""
        phrase = json.loads(delivery.text)
        text = say(voice, phrase["key"], **phrase["details"])
        if activity is None or activity.launched_at is None:
            return text, ()
        about, rows = panel(tx, voice, activity, now)
        return paragraphs(text, about), rows

    def _ballot(
        self, tx: Transaction, reader: Addressee, voice: Voice, activity: Activity, now: datetime
    ) -> Drawn | None:
        if activity.phase(now) is Phase.CLOSED:
            return None
        return drawn_for(tx, self._house, voice, activity, reader.answer, reader.where, now)

    def _reminder(
        self, tx: Transaction, reader: Addressee, voice: Voice, activity: Activity, now: datetime
    ) -> Drawn | None:
        """Only to those who still have not answered, while it can be answered."""
        if reader.answer is not None or activity.phase(now) is not Phase.OPEN:
            return None
        ballot = self._ballot(tx, reader, voice, activity, now)
        return (paragraphs(say(voice, "notice-reminder"), ballot[0]), ballot[1]) if ballot else None


def _message(house: House, address: int, drawn: Drawn) -> Call:
    text, rows = drawn
    params: dict[str, object] = {
        "chat_id": address,
        "text": str(text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if rows:
        params["reply_markup"] = inline_keyboard(rows, house.seal, address)
    return Call("sendMessage", params)
