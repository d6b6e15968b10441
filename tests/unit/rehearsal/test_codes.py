"""Claims about how the join code of a workshop is found on a facilitator's phone."""

import pytest

from rehearsal.phones.codes import join_code
from tests.unit.rehearsal.test_reading import bubble


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("Lien : https://t.me/palabre_bot?start=ABC234", "ABC234"),
        ('<a href="https://t.me/Palabre_Bot?start=ABC234">le lien</a>', "ABC234"),
        ("t.me/palabre_bot?start=OLD222 puis t.me/palabre_bot?start=NEW333", "NEW333"),
        ("Code : <b>ABC234</b>", ""),
        ("https://t.me/other_bot?start=ABC234", ""),
        ("Invitation : https://t.me/palabre_bot?start=q8Zk3JxT0aVb1cWd2eXf3g", ""),
    ],
)
def test_a_short_code_in_a_link_to_our_bot_is_a_workshops(html: str, code: str) -> None:
    assert join_code(bubble(html), "palabre_bot") == code
