"""What is typed enters clean, once and for all, and otherwise intact."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from participation.model.text import calm, clean, excerpt

ANYTHING = st.text(st.characters(codec=None))


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_what_is_clean_can_be_written_anywhere(text: str) -> None:
    tidy = clean(text)
    assert tidy.encode("utf-8").decode("utf-8") == tidy
    assert json.loads(json.dumps(tidy)) == tidy
    assert "\x00" not in tidy
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in tidy)
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in tidy)


def test_a_nul_and_half_a_surrogate_leave_a_mark() -> None:
    assert clean("a\x00b\ud83dc") == "a\ufffdb\ufffdc"


def test_accents_emoji_arabic_and_line_breaks_stay() -> None:
    for text in ("Créole : sé nou ki la", "👩‍👩‍👧 ❤️", "مرحبا بكم", "une\ndeux", "हिन्दी", "x²"):
        assert clean(text) == text


def test_composed_and_decomposed_accents_are_one_text() -> None:
    assert clean("e\u0301cole") == "école"


def test_a_name_cannot_turn_the_line_around() -> None:
    assert clean("abc\u202edef\u2066") == "abcdef"


def test_empty_lines_and_spaces_are_kept_few() -> None:
    assert clean("  a \t b\r\n\r\n\r\n\r\nc  ") == "a b\n\nc"


def test_zalgo_is_tamed_on_screens_only() -> None:
    wild = "e" + "\u0323" * 40 + "a"
    assert calm(clean(wild)).count("\u0323") <= 3
    assert calm("Vietnamien : ế") == "Vietnamien : ế"


def test_an_excerpt_ends_after_a_whole_word() -> None:
    assert excerpt("Ouvrir une crèche, le soir", 26) == "Ouvrir une crèche, le soir"
    assert excerpt("Ouvrir une crèche, le soir", 20) == "Ouvrir une crèche…"
    assert excerpt("deux\nlignes   ici", 40) == "deux lignes ici"


def test_an_endless_word_is_cut_all_the_same() -> None:
    assert excerpt("a" * 500, 10) == "a" * 9 + "…"
