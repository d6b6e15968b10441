"""Words meet under one key whatever their spelling, and are shown as people write them."""

import pytest

from analysis.lemmas import accent, lemma
from analysis.words import keys, natural_form, read, read_word


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ("école", "Écoles", "école"),
        ("ecole", "ECOLES", "école"),
        ("taxe", "taxes", "taxe"),
        ("cheval", "chevaux", "cheval"),
        ("impot", "impôts", "impôt"),
        ("assos", "associations", "association"),
    ],
)
def test_spellings_of_a_word_share_a_key(one: str, other: str, key: str) -> None:
    assert (read_word(one).key, read_word(other).key) == (key, key)


def test_two_words_that_differ_by_an_accent_stay_two_words() -> None:
    assert (lemma("marché"), lemma("marche")) == ("marché", "marche")


def test_a_missing_accent_is_put_back_only_when_no_word_is_spelled_so() -> None:
    assert [accent(w) for w in ("sante", "cote", "du", "xylobulle")] == ["santé", "cote", "du", "xylobulle"]


def test_words_without_content_are_left_out_of_the_keys() -> None:
    assert keys(read("Il faut qu'on fasse bcp plus de crèches, 3 ou 4 !")) == ["crèche"]


def test_the_commonest_spelling_is_shown_with_its_accents() -> None:
    assert natural_form(["ecoles", "ecoles", "ECOLES", "écoles", "école"]) == "écoles"


def test_names_and_acronyms_keep_their_capitals() -> None:
    assert [natural_form(["CAF", "CAF", "caf"]), natural_form(["Cayenne"])] == ["CAF", "Cayenne"]


def test_creole_is_read_in_its_own_language() -> None:
    assert keys(read("nou bezwen plis lopital nan katye a", "ht")) == ["plis", "lopital", "katye"]


def test_small_words_typed_without_accents_are_still_small_words() -> None:
    assert keys(read("apres tres deja peut-etre une crèche")) == ["crèche"]


def test_shorthand_is_opened_in_french_only() -> None:
    assert [w.key for clause in read("le bus ki passe") for w in clause] == ["le", "bus", "qui", "passe"]
    assert not any(word.content for clause in read("ki", "ht") for word in clause)


def test_a_plural_that_means_more_than_its_verb_is_counted() -> None:
    assert keys(read("aide aux devoirs")) == ["aide", "devoir"]
