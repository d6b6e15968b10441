"""The language of an idea is told, Creoles included, and doubt goes to the expected language."""

import pytest

from analysis.languages import detect_language, detect_languages


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


def test_several_processes_tell_the_languages_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["plus de transports en commun", "we need more buses in the evening", "RAS", "hacen falta autobuses"] * 3
    alone = detect_languages(texts)
    monkeypatch.setattr("analysis.languages.SHARED_FROM", 5)
    monkeypatch.setattr("analysis.languages.PIECE", 5)
    monkeypatch.setattr("analysis.languages.processes", lambda: 2)
    assert detect_languages(texts) == alone
