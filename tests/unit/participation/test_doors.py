"""Codes are read aloud and copied from walls; invitations open once and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.errors import CodeExpired, CodeUsed, TitleMissing, TooLong
from participation.model.access import fingerprint, invitation, new_secret
from participation.model.people import Role
from participation.model.workshop import CODE_ALPHABET, check_title, new_code, tidy_code

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def test_a_code_is_six_letters_nobody_confuses() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {6}
    assert set("".join(codes)) <= set(CODE_ALPHABET)
    assert not set("0O1IL") & set(CODE_ALPHABET)


@pytest.mark.parametrize("given", ["abc 234", "ABC-234", " a.b.c.2.3.4 ", "Abc234"])
def test_a_code_is_read_as_people_type_it(given: str) -> None:
    assert tidy_code(given) == "ABC234"


def test_a_secret_fits_in_a_link_and_only_its_fingerprint_is_kept() -> None:
    secret = new_secret()
    kept = invitation(secret, Role.CAPTAIN, 3, NOW, timedelta(hours=1))
    assert len(secret) == 22
    assert secret not in repr(kept)
    assert kept.fingerprint == fingerprint(secret)


def test_an_invitation_expires_and_is_used_once() -> None:
    one = invitation(new_secret(), Role.CAPTAIN, 3, NOW, timedelta(hours=1))
    one.check(NOW + timedelta(minutes=59))
    with pytest.raises(CodeExpired):
        one.check(NOW + timedelta(hours=1))
    from dataclasses import replace

    with pytest.raises(CodeUsed):
        replace(one, used_at=NOW).check(NOW)


def test_a_title_is_one_line_neither_empty_nor_endless() -> None:
    assert check_title("  Réunion \n du quartier ") == "Réunion du quartier"
    with pytest.raises(TitleMissing):
        check_title(" \n ")
    with pytest.raises(TooLong):
        check_title("a" * 121)
