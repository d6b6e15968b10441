"""Phrases are cut where a French reader would cut them."""

from analysis.phrases import find_phrases
from analysis.words import read_all


def surfaces(*texts: str) -> set[str]:
    return {phrase.surface for phrase in find_phrases(read_all(texts))}


def test_a_noun_comes_with_its_adjectives_and_the_nouns_joined_to_it() -> None:
    found = surfaces("Il faut de l'aide aux devoirs gratuite le soir")
    assert {"aide", "aide aux devoirs", "devoirs"} <= found
    assert not any(phrase.startswith(("de ", "l'")) or phrase.endswith((" aux", " le")) for phrase in found)


def test_no_verb_opens_a_phrase() -> None:
    assert surfaces("Taxer les riches") == {"riches"}
    assert surfaces("attendre les gosses", "remplacer") == {"gosses"}


def test_days_and_moments_open_nothing_in_the_plural_either() -> None:
    assert surfaces("les matins", "le mercredi", "des groupes") == set()


def test_a_word_that_no_dictionary_knows_is_a_slip_unless_written_as_a_name() -> None:
    slips = {
        p.surface for p in find_phrases(read_all(["la pissine, le laché", "le bus du Mirail, les AESH"])) if p.slip
    }
    assert {"pissine", "laché"} <= slips
    assert not any("Mirail" in surface or "AESH" in surface for surface in slips)


def test_numbers_and_words_as_vague_as_a_week_open_nothing() -> None:
    assert surfaces("2 fois par semaine, 15 minutes") == set()


def test_a_noun_and_an_adjective_that_do_not_agree_make_no_phrase() -> None:
    assert "professeurs absents" in surfaces("les professeurs absents")
    assert "professeur absents" not in surfaces("les professeur absents")


def test_an_adjective_stands_before_its_noun_only_when_french_puts_it_there() -> None:
    assert "produits de première nécessité" in surfaces("les produits de première nécessité")
    assert "gratuite cantine" not in surfaces("une gratuite cantine")


def test_a_phrase_does_not_say_a_word_twice() -> None:
    assert "famille en famille" not in surfaces("un cahier de famille en famille")
