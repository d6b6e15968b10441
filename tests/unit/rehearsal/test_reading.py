"""Claims about what a simulated councillor understands of a message."""

from html import escape, unescape

import pytest

from rehearsal.botapi import Bubble, Button
from rehearsal.reading import Asked, label, understand

QUESTION = "Quel jour vous arrange ?"


def bubble(html: str, *labels: str) -> Bubble:
    keyboard = tuple((Button(row, 0, text, data=f"d{row}"),) for row, text in enumerate(labels))
    text = unescape(html.replace("<b>", "").replace("</b>", ""))
    return Bubble(
        chat_id=1, message_id=9, kind="text", mine=False, sender="Palabre", date=0, edited_at=None, text=text,
        html=html, keyboard=keyboard, attachment=None, reply_to=None, pinned=False, album="", forwarded_from="",
        reactions=(), details={},
    )  # fmt: skip


def kind_of(html: str, *labels: str) -> str | None:
    asked = understand(bubble(html, *labels))
    return asked.kind if asked else None


def test_a_button_that_accepts_is_a_consent_whatever_stands_beside_it() -> None:
    asked = understand(bubble("Ce que vous dites…", "Plus d’informations", "J’accepte", "Je refuse"))
    assert asked == Asked("consent", "", (Button(1, 0, "J’accepte", data="d1"),))


def test_a_ballot_is_a_bold_question_with_one_button_per_option() -> None:
    asked = understand(bubble(f"<b>{QUESTION}</b>\nVotre choix : aucun", "Lundi", "Mardi", "Jeudi"))
    assert asked is not None
    assert (asked.kind, asked.question, asked.most) == ("ballot", QUESTION, 1)
    assert [option.text for option in asked.options] == ["Lundi", "Mardi", "Jeudi"]


@pytest.mark.parametrize(
    ("instruction", "most"),
    [
        ("Choisissez une réponse. Vous pouvez changer d’avis jusqu’à la fermeture.", 1),
        ("Plusieurs réponses possibles.", None),
        ("Plusieurs choix possibles, 3 au plus.", 3),
        ("Choisissez jusqu’à deux réponses.", 2),
        ("Au plus 4 choix.", 4),
        ("Trois réponses au maximum.", 3),
        ("Choose at most 2.", 2),
    ],
)
def test_the_limit_of_a_ballot_is_read_in_its_instruction(instruction: str, most: int | None) -> None:
    asked = understand(bubble(f"<b>{QUESTION}</b>\n{instruction}", "A", "B"))
    assert asked is not None
    assert asked.most == most


def test_buttons_that_are_only_numbers_mean_the_lines_of_the_message() -> None:
    text = f"<b>{QUESTION}</b>\n\n<b>1.</b> Le samedi matin\n✔ <b>2.</b> Le mercredi\n\nTouchez votre choix."
    asked = understand(bubble(text, "1", "✔ 2"))
    assert asked is not None
    assert asked.labels == ("Le samedi matin", "Le mercredi")


def test_tools_of_a_ballot_are_not_options_and_its_last_button_finishes() -> None:
    asked = understand(bubble(f"<b>{QUESTION}</b>\nPlusieurs choix.", "Lundi", "Mardi", "Valider", "Mes réponses"))
    assert asked is not None
    assert [option.text for option in asked.options] == ["Lundi", "Mardi"]
    assert asked.finish == Button(2, 0, "Valider", data="d2")


def test_ideas_and_words_are_told_apart_by_their_instruction() -> None:
    assert kind_of("<b>Que changer à l’école ?</b>\nÉcrivez une idée par message, avec vos mots.") == "ideas"
    assert kind_of("<b>Votre quartier ?</b>\nUn à trois mots, séparés par des virgules.") == "words"


@pytest.mark.parametrize(
    "html",
    [
        "Bonjour et bienvenue !",
        "Idée <b>n° 3</b> reçue. Vous pouvez la corriger.",
        "<b>Que changer ?</b>\nLe recueil des idées est clos. Merci.",
        "<b>Que changer ?</b>\nRésultats : 12 idées.",
        "<b>Bienvenue</b>\nLa première question arrive.",
        "<b>Message de l’équipe</b>\nEnvoyez vos idées avant midi.",
        "<b>Voici ce que le groupe a répondu. Merci !</b>\n12 personnes ont donné des idées.",
        "<b>Que changer ?</b>\n12 personnes ont donné des idées.",
        "<b>Que changer ?</b>\nC’est fermé. Merci !",
    ],
)
def test_greetings_receipts_closings_and_results_ask_nothing(html: str) -> None:
    assert kind_of(html) is None


def test_a_receipt_that_quotes_what_the_reader_wrote_asks_nothing() -> None:
    said = "et l'ascenseur, c'est pour quand ?"
    assert understand(bubble(f"Votre idée n° 1 :\n<b>{escape(said)}</b>"), {said}) is None


def test_a_receipt_with_its_own_buttons_is_not_a_ballot() -> None:
    assert kind_of("Idée <b>n° 3</b> reçue.", "Retirer cette idée", "Modifier") is None


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("✅ Oui", "Oui"),
        ("1️⃣ Oui", "Oui"),
        ("2. Non", "Non"),
        ("Emploi (12)", "Emploi"),
        ("2 fois", "2 fois"),
        ("👍", "👍"),
    ],
)
def test_marks_numbers_and_counts_are_not_part_of_an_option(shown: str, meant: str) -> None:
    assert label(Button(0, 0, shown, data="x")) == meant
