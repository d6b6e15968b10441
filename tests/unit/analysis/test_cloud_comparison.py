"""A comparison cloud colours only what is more than chance, and exposes nobody."""

import pytest

from analysis.cloud_comparison import Group, TooFewAnswers, compare_clouds

NORTH = Group("Nord", ["des bus"] * 14 + ["un médecin"] * 8 + ["un parc"] * 3)
SOUTH = Group("Sud", ["un médecin"] * 9 + ["des loyers moins chers"] * 13 + ["un parc", "des bus"] * 2)


def test_each_group_gets_the_words_it_says_more_and_shared_words_stay_grey() -> None:
    cloud = compare_clouds(NORTH, SOUTH)
    found = {word.text: word.theme for word in cloud.layout.words}
    assert (found["bus"], found["loyers"], found["médecin"], found["parc"]) == (0, 1, None, None)
    places = {word.text: word.x for word in cloud.layout.words}
    assert places["bus"] < 0.5 < places["loyers"]


def test_the_lines_say_who_says_what_and_hide_counts_under_five() -> None:
    lines = compare_clouds(NORTH, SOUTH).lines
    assert lines[0] == "Plutôt « Nord » : bus (14, contre moins de 5)"
    assert lines[1].startswith("Plutôt « Sud » : ")
    assert lines[-1] == "Dit des deux côtés : médecin"


def test_alike_groups_are_said_to_be_alike() -> None:
    cloud = compare_clouds(NORTH, Group("Sud", list(reversed(NORTH.texts))))
    assert cloud.lines[0].startswith("Aucun mot ne distingue nettement « Nord » de « Sud »")
    assert {word.theme for word in cloud.layout.words if word.count} == {None}


def test_a_small_group_is_not_compared() -> None:
    with pytest.raises(TooFewAnswers, match="« Table 4 » compte moins de 10 réponses"):
        compare_clouds(NORTH, Group("Table 4", [*["des bus"] * 9, "RAS"]))


def test_a_hidden_word_is_hidden_in_the_comparison_too() -> None:
    cloud = compare_clouds(NORTH, SOUTH, hidden=["loyer"])
    assert not any("loyer" in line for line in cloud.lines)
    assert "loyers" not in {word.text for word in cloud.layout.words}


def test_the_names_of_the_groups_are_drawn_above_the_words() -> None:
    words = {word.text: word for word in compare_clouds(NORTH, SOUTH).layout.words}
    assert max(words["Nord"].y, words["Sud"].y) < min(
        word.y for text, word in words.items() if text not in {"Nord", "Sud"}
    )
