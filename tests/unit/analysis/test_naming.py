"""Names set themes apart, quotes speak for them, and other voices are heard."""

import numpy as np

from analysis.expressions import join_expressions
from analysis.features import unit
from analysis.naming import coherence, name_themes
from analysis.quotes import dissent, polarity, quotes
from analysis.support import support_of
from analysis.words import read_all

TEXTS = [
    "Plus de transports en commun",
    "Des transports en commun le soir",
    "Transports en commun gratuits",
    "Une crèche de quartier",
    "La crèche le soir",
    "Une crèche gratuite",
]
LABELS = [0, 0, 0, 1, 1, 1]


def named(texts: list[str], labels: list[int], question: str = "") -> list[str]:
    readings = join_expressions(read_all(texts), least_count=2)
    return [name.label for name in name_themes(readings, np.array(labels), question=question)]


def test_each_theme_is_named_by_what_sets_it_apart() -> None:
    labels = named(TEXTS, LABELS)
    assert labels[0] == "Transports en commun"
    assert labels[1].startswith("Crèche")
    assert "soir" not in " ".join(labels)


def test_every_word_of_a_label_is_held_by_two_of_its_ideas() -> None:
    texts = [*TEXTS[:3], "Une piscine chauffée", "La piscine du centre", "Une piscine pour les petits"]
    assert named(texts, LABELS)[1] == "Piscine"


def test_a_label_is_made_longer_by_words_that_speak_for_other_ideas() -> None:
    texts = ["La cantine est chère", "Cantine à un euro", "Cantine, jardin, tout", "Le jardin pour tous", "Un bus"]
    assert named(texts, [0, 0, 0, 0, 1])[0] == "Jardin et cantine"


def test_ideas_without_a_common_word_are_named_by_whole_words_of_one_of_them() -> None:
    texts = [
        "Remplacer les professeurs absents",
        "Des manuels à jour",
        "Plus d'accompagnants",
        "Un vélo",
        "Un vélo bleu",
    ]
    label = named(texts, [0, 0, 0, 1, 1])[0]
    assert "…" not in label
    assert label.lower() in " ".join(texts).lower()


def test_words_of_the_question_name_nothing_by_themselves() -> None:
    texts = ["École et musique", "De la musique à l'école", "Une école pour tous", "Un bus", "Des bus"]
    labels = named(texts, [0, 0, 0, 1, 1], "Que manque-t-il à l'école ?")
    assert labels[0] == "Musique"


def test_a_label_does_not_say_the_same_word_twice() -> None:
    texts = [
        "voter plus souvent",
        "le vote obligatoire",
        "les votes blancs",
        "voter et le vote",
        "une crèche",
        "des crèches",
    ]
    assert named(texts, [0, 0, 0, 0, 1, 1])[0].lower().count("vot") == 1


def test_no_two_labels_are_alike_even_for_like_themes() -> None:
    assert len(set(named(["école", "école", "école", "école"], [0, 0, 1, 1]))) == 2


def test_themes_without_words_have_a_number() -> None:
    assert named(["12", "...", "بيت"], [0, 1, 1])[0] == "Thème 1"


def test_words_akin_in_civic_french_support_each_other() -> None:
    support = support_of(read_all(["une crèche", "une garderie", "des impôts"]))
    assert support.holding("crech").tolist() == [0]
    assert support.akin("crech").tolist() == [0, 1]


def test_quotes_are_the_most_central_and_do_not_repeat_each_other() -> None:
    rows = unit(np.array([[1, 0], [1, 0], [1, 0.6], [1, 0.8], [0, 1]], np.float32))
    texts = ["une idée assez longue"] * 2 + ["une autre idée longue", "encore une idée longue", "une idée à part ici"]
    found = quotes(rows, texts, np.arange(5))
    assert len({texts[row] for row in found}) == len(found)
    assert found[0] in (2, 3)


def test_an_insult_is_not_read_aloud_when_another_idea_says_as_much() -> None:
    rows = unit(np.array([[1, 0.01], [1, 0], [1, 0.5], [1, 0.9]], np.float32))
    texts = [
        "bande de clowns, réparez l'ascenseur",
        "Réparer l'ascenseur de la tour",
        "Un ascenseur neuf",
        "L'escalier",
    ]
    assert quotes(rows, texts, np.arange(4))[0] != 0


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


def test_rude_words_and_slips_are_not_projected() -> None:
    texts = ["Bande de clowns", "Des clowns à la mairie", "Le chantié d'inssertion", "Un vélo", "Un vélo bleu"]
    label = named(texts, [0, 0, 0, 1, 1])[0].lower()
    assert not any(word in label for word in ("clown", "inssertion"))


def test_texting_names_nothing_even_when_several_people_write_so() -> None:
    texts = [
        "mon fils fé ses devoirs seul",
        "il fé ses devoirs dans le couloir",
        "on fé koi",
        "Un vélo",
        "Un vélo bleu",
    ]
    assert named(texts, [0, 0, 0, 1, 1])[0] == "Devoirs"
    texts = ["g laché la fac", "laché par la fac", "fac laché", "Un vélo", "Un vélo bleu"]
    assert named(texts, [0, 0, 0, 1, 1])[0] == "Fac"


def test_an_example_comes_from_the_idea_that_speaks_best_for_the_theme() -> None:
    texts = ["Des manuels scolaires récents", "Une salle chauffée", "Remplacer les maîtres", "Un vélo", "Un vélo bleu"]
    names = name_themes(read_all(texts), np.array([0, 0, 0, 1, 1]), central=[(1, 0), (3,)])
    assert names[0].label == "Salle chauffée"


def test_a_word_of_a_central_idea_names_a_theme_before_two_words_of_an_idea_beside_it() -> None:
    texts = ["J'attends un stage", "Vends poussette double", "Remplacer les maîtres", "Un vélo", "Un vélo bleu"]
    names = name_themes(read_all(texts), np.array([0, 0, 0, 1, 1]), central=[(0,), (3,)])
    assert names[0].label == "Stage"
