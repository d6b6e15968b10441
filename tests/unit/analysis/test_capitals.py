"""A message all in capitals is heard as the same message in small letters."""

import numpy as np

from analysis.capitals import unshouted
from analysis.encoders import UniversalEncoder, encode_cached, fingerprint
from analysis.themes import find_themes


def test_capitals_become_a_french_sentence_with_its_accents() -> None:
    assert unshouted("AIDE POUR LES COLLEGIENS ! ET L'ECOLE ?") == "Aide pour les collégiens ! Et l'école ?"
    assert unshouted("UN BUS DE LA CAF AU RER, PAS LE DIMANCHE") == "Un bus de la CAF au RER, pas le dimanche"
    assert unshouted("PAS DE BUS LE DIMANCHE svp") == "Pas de bus le dimanche svp"
    assert unshouted("WE NEED MORE BUSES IN THE MORNING") == "We need more buses in the morning"


def test_acronyms_and_ordinary_sentences_are_left_as_typed() -> None:
    for text in ("CAF", "Plus de bus pour la CAF", "ok", "", "12 ?", "Zone B, RER C"):
        assert unshouted(text) == text


def test_shouting_changes_no_vector() -> None:
    said, shouted = "Une crèche ouverte le soir.", "UNE CRECHE OUVERTE LE SOIR."
    one, other = encode_cached(UniversalEncoder(), [said, shouted])
    assert np.array_equal(one, other)
    assert fingerprint(UniversalEncoder(), said) == fingerprint(UniversalEncoder(), shouted)


def test_messages_in_capitals_are_no_theme_of_their_own() -> None:
    subjects = {
        "crèche": ("une crèche ouverte le soir", "plus de places en crèche", "la crèche ferme trop tôt"),
        "bus": ("un bus le dimanche matin", "des bus plus fréquents le soir", "le bus ne passe plus le dimanche"),
        "arbres": ("planter des arbres sur la place", "des arbres et de l'ombre", "plus d'arbres dans la rue"),
    }
    texts = [text for said in subjects.values() for text in said]
    texts += ["UNE CRECHE POUR TOUS", "LE BUS LE DIMANCHE", "DES ARBRES DANS LA COUR"]
    found = find_themes(texts).assignments
    assert len({found[9], found[10], found[11]}) == 3
    assert (found[9], found[10], found[11]) == (found[0], found[3], found[6])
