"""Every sentence exists in every language, says the same things, reads short, and follows French typography."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

import bot
import participation
import web.errors  # noqa: F401 -- its refusals have sentences too
from i18n import load_catalog
from participation.errors import Refusal
from participation.model.people import Role
from participation.questions import QUESTION_TYPES

FOLDER = Path(__file__).parents[3] / "i18n"
ROOMS = [Path(bot.__file__).parent, Path(participation.__file__).parent]
CATALOG = load_catalog()
LANGUAGES = CATALOG.languages
PREFIXES = ("bot-", "notice-", "question-", "moment-", "percent", "language-name")
WORDS_IN_A_SENTENCE = 15
BUILT = ("bot-panel-", "bot-key-", "bot-menu-", "bot-usage-", "role-", "question-", "refusal")
"""Beginnings of the keys that code puts together: each has its own test below."""


def sentences(language: str) -> dict[str, ftl.Pattern]:
    """Every message and attribute of a language, as parsed."""
    found: dict[str, ftl.Pattern] = {}
    for file in sorted((FOLDER / language).glob("*.ftl")):
        resource = FluentParser().parse(file.read_text(encoding="utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice"
                assert entry.value is not None
                found[entry.id.name] = entry.value
                found |= {f"{entry.id.name}.{a.id.name}": a.value for a in entry.attributes}
    return found


def variants(pattern: ftl.Pattern) -> Iterator[str]:
    """Each text a pattern may give, a placeable being « X »."""
    texts = [""]
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            texts = [text + element.value for text in texts]
        elif isinstance(element.expression, ftl.SelectExpression):
            choices = [c for variant in element.expression.variants for c in variants(variant.value)]
            texts = [text + choice for text in texts for choice in choices]
        else:
            texts = [text + "X" for text in texts]
    return iter(texts)


def variables(pattern: ftl.Pattern) -> set[str]:
    return {node.id.name for node in _walk(pattern) if isinstance(node, ftl.VariableReference)}


def _walk(node: object) -> Iterator[object]:
    yield node
    for value in vars(node).values() if isinstance(node, ftl.BaseNode) else ():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ftl.BaseNode):
                yield from _walk(child)


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from refusals(child)


def literals() -> set[str]:
    """Strings in the code that can only be keys of the catalogue."""
    files = [path for room in ROOMS for path in room.rglob("*.py")]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {
        text for text in texts if text.startswith(PREFIXES) and re.fullmatch(r"[a-z][a-z_-]*[a-z](\.[a-z_]+)?", text)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_with_the_same_variables(language: str) -> None:
    source, other = sentences("fr"), sentences(language)
    assert sorted(other) == sorted(source)
    assert {key: variables(value) for key, value in other.items()} == {key: variables(v) for key, v in source.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_sentence(language: str) -> None:
    assert {kind.key for kind in refusals()} - sentences(language).keys() == set()


def test_every_refusal_sentence_has_its_refusal() -> None:
    assert {key for key in sentences("fr") if key.startswith("refusal")} == {kind.key for kind in refusals()}


def test_every_key_used_in_the_code_exists() -> None:
    assert literals() - sentences("fr").keys() == set()


def test_no_sentence_of_the_bot_is_left_unused() -> None:
    ours = {key for key in sentences("fr") if key.startswith(("bot-", "notice-"))}
    used = literals()
    named = {key for key in ours if key in used or key.startswith(BUILT)}
    assert ours - named - told_elsewhere() == set()


def told_elsewhere() -> set[str]:
    """Notices that the composition root says."""
    text = "".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "app").rglob("*.py"))
    return set(re.findall(r'"(notice-[a-z-]+)"', text))


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name(role: Role) -> None:
    assert all(CATALOG.say(language, f"role-{role.value}", {}) for language in LANGUAGES)


@pytest.mark.parametrize("kind", QUESTION_TYPES)
@pytest.mark.parametrize("attribute", ["command", "menu", "usage", "instruction"])
def test_every_question_type_brings_its_sentences(kind: str, attribute: str) -> None:
    assert all(f"question-{kind}.{attribute}" in sentences(language) for language in LANGUAGES)


def test_what_is_said_in_a_little_window_holds_no_tag() -> None:
    said = {
        k: v for k, v in sentences("fr").items() if re.match(r"refusal|.*-toast$|question-\w+\.(noted|instruction)", k)
    }
    tagged = [key for key, value in said.items() if any("<" in text for text in variants(value))]
    assert tagged == []


FRENCH = [(key, text) for key, value in sentences("fr").items() for text in variants(value)]


@pytest.mark.parametrize(("key", "text"), FRENCH, ids=[key for key, _ in FRENCH])
def test_french_sentences_follow_french_typography(key: str, text: str) -> None:
    words = re.sub(r"</?\w+>|https?://\S+", "", text)
    assert not re.search(r"'|\"|[^\u202f\u00a0?!.…\s|][;!?](\s|$)| [:;!?»]|« |n° ", words), words


IN_A_CHAT = [(key, text) for key, text in FRENCH if not key.startswith("web-")]


@pytest.mark.parametrize(("key", "text"), IN_A_CHAT, ids=[key for key, _ in IN_A_CHAT])
def test_french_sentences_in_a_chat_are_short(key: str, text: str) -> None:
    parts = re.split(r"[.!?…]+(?:\s|$)|\n|\s:(?=\s)|<code>.*?</code>|Exemples?\s:.*", re.sub(r"</?[bi]>", "", text))
    longest = max(parts, key=lambda part: len(part.split()))
    assert len(longest.split()) <= WORDS_IN_A_SENTENCE, longest
