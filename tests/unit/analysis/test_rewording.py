"""Of what a language model answers, only names made of the ideas' own words are shown."""

import pytest

from analysis.rewording import accepted, messages

IDEAS = ["Des bus gratuits le soir", "Le bus de nuit pour les jeunes", "Transports gratuits"]


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("Bus gratuits", "Bus gratuits"),
        ("« bus de nuit gratuit ».", "Bus de nuit gratuit"),
        ("**Transport pour les jeunes**", "Transport pour les jeunes"),
    ],
)
def test_a_name_in_the_words_of_the_ideas_is_shown(answer: str, label: str) -> None:
    assert accepted(answer, IDEAS) == label


@pytest.mark.parametrize(
    "answer",
    [
        "", "   ", "Bus", "Tramways gratuits", "Bus gratuits, nuit, jeunes, soir et transports",
        "Voici un nom : bus gratuits", "Bus gratuits\nparce que les idées en parlent", "Bus 24", "pour les des",
        "<script> bus </script>", "Bus\u202e gratuits menteurs",
    ],
)  # fmt: skip
def test_what_the_model_invents_or_explains_is_dropped(answer: str) -> None:
    assert accepted(answer, IDEAS) == ""


def test_two_themes_never_get_the_same_name() -> None:
    assert accepted("bus gratuits", IDEAS, taken=["Bus Gratuits"]) == ""


def test_little_is_sent_of_a_large_theme() -> None:
    sent = messages("Bus", ["un bus " * 200] * 500, "Que changer ?")
    assert [part["role"] for part in sent] == ["system", "user"]
    assert len(sent[1]["content"]) < 7_000
    assert "Que changer ?" in sent[1]["content"]
