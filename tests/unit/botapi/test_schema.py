"""The checker itself refuses what is not documented: otherwise the other tests would prove nothing."""

import pytest

from rehearsal.botapi.methods import METHODS
from tests.unit.botapi.official_schema import check_call, check_update, official_names

USER = {"id": 1, "is_bot": False, "first_name": "Amina"}
CHAT = {"id": 1, "type": "private"}


def test_every_method_of_ours_is_an_official_one() -> None:
    assert METHODS.keys() - official_names().keys() == set()


def test_a_callback_query_without_chat_instance_is_refused() -> None:
    with pytest.raises(AssertionError, match="chat_instance"):
        check_update({"update_id": 1, "callback_query": {"id": "1", "from": USER}})


def test_a_field_nobody_documented_is_refused() -> None:
    with pytest.raises(AssertionError, match="colour"):
        check_update({"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": CHAT, "colour": "red"}})


def test_a_date_in_words_is_refused() -> None:
    with pytest.raises(AssertionError, match="Integer expected"):
        check_update({"update_id": 1, "message": {"message_id": 1, "date": "today", "chat": CHAT}})


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(AssertionError, match="txt"):
        check_call("getMe", {"txt": "1"}, (), {"result": USER})
