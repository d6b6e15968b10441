"""What people type is read as French: apostrophes, elisions, accents, shorthand."""

import pytest

from analysis.text import LONGEST_TEXT, clauses, fold, spoken, tidy, tokens


def test_tidy_keeps_accents_and_capitals_and_drops_what_nobody_sees() -> None:
    assert tidy("  L’E\u0301cole\u200b\u00a0: \r\n\r\n un\tlieu ") == "L'École :\nun lieu"


def test_a_novel_pasted_in_one_answer_is_cut_not_refused() -> None:
    assert len(tidy("a" * (LONGEST_TEXT + 50))) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("L’école qu'on aime", ["L'", "école", "qu'", "on", "aime"]),
        ("aujourd’hui, quelqu'un", ["aujourd'hui", "quelqu'un"]),
        ("jusqu'à Île-de-France", ["jusqu'", "à", "Île-de-France"]),
        ("dites-moi, y a-t-il un rendez-vous ?", ["dites", "y", "a", "un", "rendez-vous"]),
        ("parce qu'il faut", ["parce", "qu'", "il", "faut"]),
        ("voir https://exemple.fr/a ou a@b.fr #mobilité 😀", ["voir", "ou", "mobilité"]),
        ("", []),
    ],
)
def test_tokens_cut_elisions_and_keep_whole_words_whole(typed: str, read: list[str]) -> None:
    assert tokens(typed) == read


def test_a_clause_ends_at_a_pause() -> None:
    assert clauses("Plus de bus, moins de bruit.\n- Des crèches") == (
        ("Plus", "de", "bus"),
        ("moins", "de", "bruit"),
        ("Des", "crèches"),
    )


def test_fold_ignores_accents_case_and_ligatures() -> None:
    assert [fold("Œuvre"), fold("ÉCOLE"), fold("maïs")] == ["oeuvre", "ecole", "mais"]


def test_shorthand_is_opened_and_shouting_squeezed() -> None:
    assert [spoken("BCP"), spoken("ouiiiii"), spoken("rdv"), spoken("École")] == [
        "beaucoup",
        "oui",
        "rendez-vous",
        "école",
    ]
