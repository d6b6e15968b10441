"""Ideas in Creole are compared through French words, and shown as they were typed."""

from analysis.creole import in_french
from analysis.themes import find_themes

FRENCH = [
    "Plus de bus le soir", "Un arrêt de bus devant l'hôpital", "Le bus est en retard", "Un ticket de bus moins cher",
    "Ouvrir une crèche", "Des places en crèche", "La crèche ferme trop tôt", "Une crèche pour les bébés",
]  # fmt: skip
HAITIAN = [
    "Plis bis nan aswè", "Yon arè bis devan lopital la", "Bis la toujou an reta", "Tikè bis la twò chè",
    "Louvri yon gadri nan katye a", "Pa gen ase plas nan gadri a", "Gadri a fèmen twò bonè", "Yon gadri pou tibebe yo",
]  # fmt: skip


def test_creole_is_put_word_by_word_in_french() -> None:
    assert in_french("Louvri yon gadri nan katye a", "ht") == "ouvrir un garderie dans quartier"


def test_an_article_tied_to_its_word_is_set_aside() -> None:
    assert "école" in (in_french("timoun-yan alé lékol-a", "gcr") or "")


def test_a_text_we_know_too_little_of_stays_as_it_is() -> None:
    assert in_french("zwazo ap chante anwo pyebwa bò larivyè", "ht") is None
    assert in_french("Plus de bus", "fr") is None


def test_an_idea_in_creole_joins_its_theme_in_french() -> None:
    found = find_themes([*FRENCH, *HAITIAN], k=2)
    assert set(found.languages[8:]) == {"ht"}
    agree = sum(found.assignments[row] == found.assignments[row + 8] for row in range(8))
    assert agree >= 7
    assert all(not {"gadri", "yon"} & set(theme.label.lower().split()) for theme in found.themes)
