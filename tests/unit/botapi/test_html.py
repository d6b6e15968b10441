"""Claims about parse_mode HTML, entities given explicitly, lengths in UTF-16 units, and what a page is given."""

import re
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal.botapi.entities import as_html, formatted
from rehearsal.botapi.errors import ApiError
from rehearsal.botapi.html import parse_html
from rehearsal.botapi.limits import TEXT_UNITS, utf16_length
from rehearsal.botapi.typed import in_pieces

TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "tg-spoiler": "spoiler", "code": "code"}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@st.composite
def documents(draw: st.DrawFn, depth: int = 3) -> tuple[str, str]:
    """A well-formed document and the text a reader sees."""
    source, shown = "", ""
    for _ in range(draw(st.integers(0, 3))):
        words = draw(WORDS)
        source, shown = source + escape(words, quote=draw(st.booleans())).replace("&#x27;", "'"), shown + words
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(sorted(TAGS)))
            inner, inner_shown = draw(documents(depth=depth - 1))
            source, shown = f"{source}<{tag}>{inner}</{tag}>", shown + inner_shown
    return source, shown


def cut(text: str, entity: dict[str, Any]) -> str:
    units = text.encode("utf-16-le")
    return units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_text_is_what_was_escaped_and_entities_cut_whole_characters(document: tuple[str, str]) -> None:
    text, entities = parse_html(document[0])
    assert text == document[1]
    for entity in entities:
        assert cut(text, entity) in document[1]
        assert entity["length"] == utf16_length(cut(text, entity)) > 0
    assert entities == sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, st.sampled_from(sorted(TAGS)))
def test_an_entity_covers_exactly_what_its_tag_surrounds(before: str, inside: str, tag: str) -> None:
    text, entities = parse_html(f"{escape(before)}<{tag}>{escape(inside)}</{tag}>")
    assert text == before + inside
    kinds = [(entity["type"], cut(text, entity)) for entity in entities]
    assert kinds == ([(TAGS[tag], inside)] if inside else [])


@settings(max_examples=60, deadline=None)
@given(documents())
def test_drawing_again_shows_the_same_text_and_no_tag_of_the_author(document: tuple[str, str]) -> None:
    text, entities = parse_html(document[0])
    drawn = as_html(text, entities)
    assert unescape(re.sub(r"<[^>]*>", "", drawn)) == text
    assert set(re.findall(r"<([^ />]+)", drawn)) <= {"b", "i", "u", "s", "span", "code"}


@settings(max_examples=60, deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12), st.sampled_from(["bold", "italic"]))))
def test_overlapping_entities_are_drawn_as_balanced_tags(text: str, places: list[tuple[int, int, str]]) -> None:
    total = utf16_length(text)
    entities = [
        {"type": kind, "offset": offset, "length": min(length, total - offset)}
        for offset, length, kind in places
        if offset < total
    ]
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)([bi])>", as_html(text, entities)):
        if closing:
            assert stack.pop() == name
        else:
            stack.append(name)
    assert stack == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_a_length_is_counted_as_javascript_counts_it(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(character) > 0xFFFF else 1 for character in text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aé🎉 \n"), max_size=30).map(lambda text: text * 400))
def test_a_long_message_leaves_in_pieces_that_lose_no_word(text: str) -> None:
    pieces = in_pieces(text)
    assert all(0 < utf16_length(piece) <= TEXT_UNITS for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b>é</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("3 <4", "Unclosed start tag at byte offset 2"),
        ("3 < 4", "Unsupported start tag \"\" at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=>x</a>", None),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a_b>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<tg-emoji emoji-id="x">🎉</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("&#xd83c; seul", "Text contains invalid Unicode characters after decoding HTML entities, "
                          "check for unmatched surrogate code units"),
    ],
)  # fmt: skip
def test_what_cannot_be_parsed_is_told_in_telegram_s_words(source: str, fault: str | None) -> None:
    if fault is None:
        assert parse_html(source)[0] == "x"
        return
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {fault}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;b&gt; &amp;amp; &quot;&copy;", '<b> &amp; "&copy;', []),
        ("&#233;&#x1F389;&lt", "é🎉<", []),
        ("&#xd83c;&#xdf89;", "🎉", []),
        ('<a href="https://example.org/?a=1&amp;b=2">ici</a>', "ici",
         [{"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org/?a=1&b=2"}]),
        ('<pre><code class="language-python">x</code></pre>', "x",
         [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]),
        ('<code class="language-python">x</code>', "x", [{"type": "code", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ('<SPAN class="tg-spoiler">x</>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<b></b>x", "x", []),
    ],
)  # fmt: skip
def test_what_is_parsed(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


def test_spaces_around_are_removed_and_entities_follow() -> None:
    assert formatted("  \n<b> x </b>\n", "HTML", None) == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_commands_addresses_and_mentions_are_found_outside_code() -> None:
    text = "/aide 🎉 voir https://example.org/a, @palabre_bot #idee <code>/non</code>"
    shown, entities = formatted(text, "HTML", None)
    assert [(entity["type"], cut(shown, entity)) for entity in entities] == [
        ("bot_command", "/aide"), ("url", "https://example.org/a"), ("mention", "@palabre_bot"),
        ("hashtag", "#idee"), ("code", "/non"),
    ]  # fmt: skip


def test_entities_given_explicitly_are_kept_and_cut_to_the_text() -> None:
    given_entities = [{"type": "bold", "offset": 0, "length": 99}, {"type": "mention", "offset": 0, "length": 1}]
    assert formatted("🎉x", "", given_entities) == ("🎉x", [{"type": "bold", "offset": 0, "length": 3}])
    with pytest.raises(ApiError, match="Unsupported type specified"):
        formatted("x", "", [{"type": "loud", "offset": 0, "length": 1}])
    with pytest.raises(ApiError, match='Can\'t find field "length"'):
        formatted("x", "", [{"type": "bold", "offset": 0}])


def test_a_link_with_a_script_is_never_drawn() -> None:
    drawn = as_html("x", [{"type": "text_link", "offset": 0, "length": 1, "url": 'javascript:alert("1")'}])
    assert drawn == "x"
