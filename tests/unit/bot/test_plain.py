"""What an ordinary call puts on the line, and that its two forms say the same."""

import orjson

from bot.plain import PlainData

CALL = {
    "chat_id": 12,
    "text": "Réponse ✔ <b>a</b>",
    "show_alert": False,
    "reply_markup": {"inline_keyboard": [[{"text": "Oui", "callback_data": "v:1"}]]},
    "parse_mode": None,
}


def test_what_is_not_given_is_not_sent() -> None:
    assert orjson.loads(PlainData(CALL).body) == {name: v for name, v in CALL.items() if v is not None}


def test_a_form_says_the_same_as_the_json_body() -> None:
    form = PlainData(CALL).json_parameters
    read = {name: text if name == "text" else orjson.loads(text) for name, text in form.items()}
    assert read == orjson.loads(PlainData(CALL).body)


def test_half_a_surrogate_is_escaped_and_stops_nothing() -> None:
    assert PlainData({"text": "a\ud83d"}).body == b'{"text": "a\\ud83d"}'
