"""A new idea is compared with those already given: copies first, then the likeliest."""

import pytest

from analysis.encoders import UniversalEncoder
from analysis.sameness import Given, given, signals


@pytest.fixture(scope="module")
def known() -> Given:
    texts = ["Des bus la nuit", "Ouvrir une crèche de quartier", "Baisser les loyers", "Une piscine ouverte l'été"]
    return given(texts, UniversalEncoder())


def test_a_copy_comes_first_and_is_said_to_be_one(known: Given) -> None:
    found = known.closest("ouvrir une creche de quartier !!")
    assert (found[0].row, found[0].copy, [other.copy for other in found[1:]]) == (1, True, [False, False])


def test_the_same_idea_in_other_words_is_the_likeliest(known: Given) -> None:
    assert known.closest("Plus d'autobus le soir et la nuit")[0].row == 0


def test_nothing_given_nothing_close() -> None:
    assert given([], UniversalEncoder()).closest("Des bus") == ()


def test_signals_of_a_text_with_itself_are_full() -> None:
    assert signals("Des bus la nuit", "des bus la NUIT", 1.0) == (1.0, 1.0, 1.0)
