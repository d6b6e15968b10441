"""Answers that say nothing are told from ideas; two ideas in one message are cut."""

import pytest

from analysis.answers import ideas_in, says_nothing


@pytest.mark.parametrize(
    "text",
    ["", "  ", "RAS", "r.a.s", "Rien à signaler", "je ne sais pas.", "Oui", "non !!!", "JSP", "pas d’avis",
     "👍", "12", "pas de soucis", "Aucun problème", "cf ci dessus", "ne s'applique pas", "ouiii",
     "Aucune idée", "sans objet", "mwen pa konnen", "idem", "voir ci-dessus", "?"],
)  # fmt: skip
def test_an_answer_without_an_idea_is_seen(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["école", "tous", "Rien ne va à l'hôpital", "oui, des bus la nuit", "Je ne sais pas lire les factures",
     "non au bruit", "RSA", "plus de police"],
)  # fmt: skip
def test_a_short_idea_is_still_an_idea(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("message", "ideas"),
    [
        ("Plus de bus le soir", ("Plus de bus le soir",)),
        (
            "- Ouvrir une crèche de quartier\n- Réparer les ascenseurs cassés",
            ("Ouvrir une crèche de quartier", "Réparer les ascenseurs cassés"),
        ),
        (
            "Baisser les loyers sociaux et développer les pistes cyclables",
            ("Baisser les loyers sociaux", "développer les pistes cyclables"),
        ),
        (
            "Plus de médecins en campagne. Il en manque partout. Des cours de français le soir.",
            (
                "Plus de médecins en campagne. Il en manque partout.",
                "Des cours de français le soir.",
            ),
        ),
        ("Le logement et l'emploi des jeunes", ("Le logement et l'emploi des jeunes",)),
        ("", ("",)),
        (
            "Le bus est toujours en retard. La piscine du centre coûte trop cher.",
            ("Le bus est toujours en retard.", "La piscine du centre coûte trop cher."),
        ),
        (
            "Le bus passe trop tard. Les chauffeurs de bus font ce qu'ils peuvent.",
            ("Le bus passe trop tard. Les chauffeurs de bus font ce qu'ils peuvent.",),
        ),
        (
            "Des sorties gratuites pour les jeunes (musée, piscine ; et aussi théâtre de rue)",
            ("Des sorties gratuites pour les jeunes (musée, piscine ; et aussi théâtre de rue)",),
        ),
        (
            "Aider les agriculteurs à acheter des terres et passer au bio",
            ("Aider les agriculteurs à acheter des terres et passer au bio",),
        ),
        (
            "Une crèche ouverte la nuit. J'ai attendu deux ans une place.",
            ("Une crèche ouverte la nuit. J'ai attendu deux ans une place.",),
        ),
    ],
)
def test_a_message_is_cut_into_its_ideas(message: str, ideas: tuple[str, ...]) -> None:
    assert ideas_in(message) == ideas


def test_a_question_and_what_answers_it_are_one_idea() -> None:
    assert len(ideas_in("On s'appelle Mohamed et alors ??? Regardez les compétences")) == 1
    assert len(ideas_in("ON S'APPELLE MOHAMED ET ALORS ??? REGARDEZ LES COMPETENCES")) == 1
