"""Copies typed twice are told from ideas that only share words."""

from analysis.duplicates import find_duplicates

TEXTS = [
    "Ouvrir une crèche dans le quartier",
    "ouvrir une creche dans le quartier !",
    "Fermer la crèche du centre-ville",
    "dans le quartier ouvrir une crèche",
    "Des bus de nuit",
    "",
    "",
]


def test_copies_are_found_whatever_the_accents_and_the_order() -> None:
    assert find_duplicates(TEXTS) == ((0, 1, 1.0), (0, 3, 1.0))


def test_nothing_to_compare_gives_no_pair() -> None:
    assert (find_duplicates([]), find_duplicates(["a"]), find_duplicates(["?", "!"])) == ((), (), ())
