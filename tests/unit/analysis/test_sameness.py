"""A new idea is compared with those already given: copies first, then the likeliest."""

from dataclasses import replace

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


def test_a_copy_is_found_however_it_is_retyped() -> None:
    texts = [f"Une idée {n} pour la rue {n} du quartier" for n in range(60)]
    known = given([*texts, "Réparer l'ascenseur de la tour Jupiter"], UniversalEncoder())
    best = known.closest("de la tour JUPITER reparer l'assenseur", 1)[0]
    assert (best.row, best.copy) == (60, True)


def test_paraphrases_are_proposed_apart_from_copies_and_each_idea_once() -> None:
    texts = [
        "Des bus la nuit",
        "Ouvrir une crèche de quartier",
        "Plus d'autobus le soir et la nuit",
        "ouvrir une creche de quartier !!",
        "Baisser les loyers",
        "Une piscine ouverte l'été",
        "Un dentiste au village",
    ]
    found = given(texts, UniversalEncoder(), languages=["fr"] * len(texts)).paraphrases(least=0.3)
    assert found[0][:2] == (0, 2)
    assert (1, 3) not in [pair[:2] for pair in found]
    assert [chance for *_, chance in found] == sorted((chance for *_, chance in found), reverse=True)
    rows = [row for low, high, _ in found for row in (low, high)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("texts", [[], ["Des bus"], ["Des bus", "Des bus"]])
def test_nothing_to_compare_nothing_proposed(texts: list[str]) -> None:
    assert given(texts, UniversalEncoder()).paraphrases(least=0.0) == ()


def test_signals_of_a_text_with_itself_are_full(known: Given) -> None:
    idea = known.heard[0]
    meaning, civic, shared, rare, near, denial = signals(idea, idea, known.rarity, 0.5)
    assert (meaning, shared, rare, near, denial) == (pytest.approx(1), 1.0, 1.0, 0.5, 0.0)
    assert civic == pytest.approx(1)


def test_a_denial_is_seen() -> None:
    known = given(["Il faut des bus", "Il ne faut pas de bus"], UniversalEncoder())
    assert [idea.denies for idea in known.heard] == [False, True]


def test_words_shared_by_everybody_count_less_than_rare_ones() -> None:
    texts = ["une école de quartier", "un gymnase de quartier", "un jardin de quartier", "un jardin au bord du canal"]
    known = given(texts, UniversalEncoder())
    quarter = signals(known.heard[0], known.heard[1], known.rarity, 0.5)
    garden = signals(known.heard[2], known.heard[3], known.rarity, 0.5)
    assert quarter[2] >= garden[2]
    assert quarter[3] < garden[3]


def test_each_language_has_its_own_weights() -> None:
    known = given(["A bus at night", "More buses late at night"], UniversalEncoder(), languages=["en", "en"])
    one, other = known.heard
    as_french = [replace(idea, language="fr") for idea in (one, other)]
    assert known.chance(one, other, 0.5) != known.chance(*as_french, 0.5)


def test_an_idea_in_creole_is_the_same_as_in_french(known: Given) -> None:
    assert known.closest("Louvri yon gadri nan katye a", 1)[0].row == 1
