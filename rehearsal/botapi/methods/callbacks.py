"""Answers to presses on inline buttons."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.limits import CALLBACK_TEXT_CHARACTERS
from rehearsal.botapi.methods.call import Call
from rehearsal.botapi.people import CallbackAnswer
from rehearsal.botapi.phone import Toast

_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Call) -> bool:
    """The first answer is the one the person sees; a second one is accepted and shows nothing."""
    text = call.parameters.text("text")
    if len(text) > CALLBACK_TEXT_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    try:
        press = call.bot.callbacks.take(call.parameters.text("callback_query_id"))
    except KeyError:
        raise bad_request(_TOO_OLD) from None
    if press is None:
        return True
    answer = CallbackAnswer(text, call.parameters.boolean("show_alert"), call.parameters.text("url"))
    press.settle(answer)
    if text or answer.url:
        toast = Toast(answer.text, answer.alert, call.api.clock.now(), answer.url)
        press.person.phone(call.bot).show_toast(press.chat, toast)
    return True


METHODS: Final[dict[str, Callable[[Call], Any]]] = {"answerCallbackQuery": answer_callback_query}
