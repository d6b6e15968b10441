"""A button works for the one person it was made for; everything else is nothing."""

import random
import string

import pytest

from bot.keyboards import Key, Seal, inline_keyboard

SEAL = Seal(b"a secret of the tests")
AMINA, DRISS = 7_654_321, 1_234_567


def test_a_button_opens_for_its_holder_only() -> None:
    data = SEAL.pack("vote:12:3", AMINA)
    assert SEAL.open(data, AMINA) == "vote:12:3"
    assert SEAL.open(data, DRISS) is None
    assert Seal(b"another secret, as long").open(data, AMINA) is None


def test_no_part_of_a_reference_can_be_changed() -> None:
    data = SEAL.pack("vote:12:3", AMINA)
    for position in range(len(data)):
        for other in "0123456789abz:.":
            if data[position] != other:
                assert SEAL.open(data[:position] + other + data[position + 1 :], AMINA) is None


def test_a_hundred_thousand_forgeries_open_nothing() -> None:
    chance = random.Random(7)
    letters = string.ascii_letters + string.digits + "-_:."
    forged = ("vote:1:0." + "".join(chance.choices(letters, k=12)) for _ in range(100_000))
    assert [data for data in forged if SEAL.open(data, AMINA)] == []


@pytest.mark.parametrize("data", ["", ".", "vote:1:0", "vote:1:0.", "\ud800.\udfff", "é" * 40, "\x00"])
def test_strange_data_are_nothing(data: str) -> None:
    assert SEAL.open(data, AMINA) is None


def test_data_over_64_bytes_are_caught_before_telegram_refuses_them() -> None:
    assert len(SEAL.pack("v" * 51, AMINA).encode()) == 64
    with pytest.raises(ValueError, match="64 bytes"):
        SEAL.pack("v" * 52, AMINA)


def test_the_longest_reference_fits_with_room() -> None:
    assert len(SEAL.pack(f"participation:{2**31}", AMINA)) <= 64
    assert len(SEAL.pack(f"preview:{2**31}:clear", AMINA)) <= 64


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 to 64 bytes"):
        Seal(b"short")


def test_rows_become_a_keyboard_and_empty_rows_vanish() -> None:
    rows = [[Key("Oui", "vote:1:0")], [], [Key("Page", url="https://palabre.test")]]
    assert inline_keyboard(rows, SEAL, AMINA) == {
        "inline_keyboard": [
            [{"text": "Oui", "callback_data": SEAL.pack("vote:1:0", AMINA)}],
            [{"text": "Page", "url": "https://palabre.test"}],
        ]
    }
