"""Names set themes apart, quotes speak for them, and other voices are heard."""

import numpy as np

from analysis.features import unit
from analysis.naming import coherence, name_themes
from analysis.quotes import dissent, polarity, quotes
from analysis.terms import count_terms

TEXTS = [
    "Plus de transports en commun",
    "Des transports en commun le soir",
    "Transports en commun gratuits",
    "Une crèche de quartier",
    "La crèche le soir",
    "Une crèche gratuite",
]
LABELS = np.array([0, 0, 0, 1, 1, 1])


def test_each_theme_is_named_by_what_sets_it_apart() -> None:
    names = name_themes(count_terms(TEXTS), LABELS)
    assert [name.label.split(",")[0] for name in names] == ["Transports en commun", "Crèche"]
    assert "soir" not in names[0].label


def test_a_label_does_not_say_the_same_word_twice() -> None:
    texts = [
        "voter plus souvent",
        "le vote obligatoire",
        "les votes blancs",
        "voter et le vote",
        "une crèche",
        "des crèches",
    ]
    label = name_themes(count_terms(texts), np.array([0, 0, 0, 0, 1, 1]))[0].label.lower()
    assert label.count("vot") == 1


def test_no_two_labels_are_alike_even_for_like_themes() -> None:
    names = name_themes(count_terms(["école", "école", "école", "école"]), np.array([0, 0, 1, 1]))
    assert len({name.label for name in names}) == 2


def test_themes_without_words_have_a_number() -> None:
    assert [name.label for name in name_themes((), np.array([0, 1]))] == ["Thème 1", "Thème 2"]


def test_quotes_are_the_most_central_and_do_not_repeat_each_other() -> None:
    rows = unit(np.array([[1, 0], [1, 0], [1, 0.6], [1, 0.8], [0, 1]], np.float32))
    texts = ["une idée assez longue"] * 2 + ["une autre idée longue", "encore une idée longue", "une idée à part ici"]
    found = quotes(rows, texts, np.arange(5))
    assert len({texts[row] for row in found}) == len(found)
    assert found[0] in (2, 3)


def test_the_other_side_is_heard() -> None:
    texts = ["Développer le vélo en ville"] * 6 + ["Supprimer les pistes de vélo inutiles"]
    rows = unit(np.array([[1, 0.01 * n] for n in range(6)] + [[1, 0.9]], np.float32))
    assert dissent(rows, texts, np.arange(7), (0,))[0] == 6


def test_a_small_theme_has_no_dissent() -> None:
    assert dissent(np.eye(3, dtype=np.float32), ["a", "b", "c"], np.arange(3), ()) == ()


def test_words_lean_to_more_or_to_less() -> None:
    leanings = [
        polarity(text) for text in ("Créer des parcs", "Supprimer les taxes", "Le parc", "Créer sans supprimer")
    ]
    assert leanings == [1, -1, 0, -1]


def test_coherence_tells_themes_from_chance() -> None:
    rows = unit(np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1]], np.float32))
    assert coherence(rows, np.array([0, 0, 1, 1])) > 0.5 > 0 > coherence(rows, np.array([0, 1, 0, 1]))
