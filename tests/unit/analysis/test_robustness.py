"""Whatever people type, the engine answers: no text makes it fail, every row goes somewhere."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.answers import ideas_in, says_nothing
from analysis.encoders import NoEncoder
from analysis.languages import detect_language
from analysis.terms import count_terms
from analysis.text import fold, tidy, tokens
from analysis.themes import find_themes

TYPED = st.text(max_size=80) | st.sampled_from(
    ["<b>", "l'", "''", "-", "😀", "école", "bus bus", "\ud83d\ude00", "ﷺ", "１２", "ß"]
)


@given(TYPED)
@settings(deadline=None)
def test_reading_never_fails_and_tidying_twice_changes_nothing(text: str) -> None:
    says_nothing(text)
    detect_language(text)
    assert tidy(tidy(text)) == tidy(text)
    assert all(tokens(text))
    assert all(ideas_in(text)) or not tidy(text)


@given(st.text(alphabet=st.characters(categories=["L"]), max_size=30))
@settings(deadline=None)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.lists(TYPED, max_size=30))
@settings(max_examples=40, deadline=None)
def test_terms_count_texts_and_never_more(texts: list[str]) -> None:
    assert all(1 <= term.count <= len(texts) and term.surface for term in count_terms(texts))


@given(st.lists(TYPED | st.sampled_from(["plus de bus", "des crèches", "un parc"]), max_size=25))
@settings(max_examples=15, deadline=None)
def test_every_row_goes_somewhere(texts: list[str]) -> None:
    found = find_themes(texts, encoder=NoEncoder())
    themes = {theme.id for theme in found.themes}
    for row, theme in enumerate(found.assignments):
        assert (theme in themes) + (row in found.orphans) + (row in found.set_aside) == 1
    assert len(found.second) == len(found.map) == len(found.languages) == len(found.details) == len(texts)
