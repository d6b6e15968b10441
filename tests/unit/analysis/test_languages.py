"""The language of an idea is told, Creoles included, and doubt goes to the expected language."""

import pytest

from analysis.languages import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("plus de transports en commun", "fr"),
        ("internet media", "fr"),
        ("pa gen travay pou jèn yo", "ht"),
        ("fo mété plis bis pou moun alé travay", "gcf"),
        ("we need more buses in the evening", "en"),
        ("hacen falta más autobuses por la noche", "es"),
        ("12 ?!", "fr"),
    ],
)
def test_the_language_of_an_idea(text: str, language: str) -> None:
    assert detect_language(text) == language
