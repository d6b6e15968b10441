"""The page « add a question type » is true: its file, its line and its sentences are enough, down to the phone."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from i18n import load_catalog
from participation.questions import QUESTION_TYPES, register
from participation.questions.kit import Bar, Bars, Question, QuestionType
from storage import open_store
from tests.unit.bot.room import Room

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "add-a-question-type.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The page's first block of code in this language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def thumbs() -> Iterator[QuestionType]:
    """The page's type, registered for one test."""
    module = ModuleType("thumbs_of_the_page")
    sys.modules[module.__name__] = module
    exec(compile(block("python"), "docs/add-a-question-type.md", "exec"), module.__dict__)  # noqa: S102 -- our own page
    kind: QuestionType = module.Thumbs()
    register(kind)
    yield kind
    del QUESTION_TYPES[kind.key], sys.modules[module.__name__]


def test_its_rules_are_those_of_a_question_type(thumbs: QuestionType) -> None:
    question = thumbs.check(Question("thumbs", "On garde ?"))
    assert thumbs.press(question, None, "1").answer == (1,)
    assert thumbs.write(question, None, "👍").answer == (0,)
    assert thumbs.tally(question, {(0,): 2, (1,): 1}) == Bars((Bar("👍", 2), Bar("👎", 1)), 3)


async def test_it_lives_on_a_phone_with_nothing_else_added(thumbs: QuestionType, tmp_path: Path) -> None:
    folder = tmp_path / "i18n"
    shutil.copytree(ROOT / "i18n", folder)
    with (folder / "fr" / "questions.ftl").open("a", encoding="utf-8") as sentences:
        sentences.write("\n" + block("fluent"))
    store = open_store("sqlite://")
    try:
        room = Room(store, catalog=load_catalog(folder))
        bruno = await room.facilitator()
        assert "pouce" in bruno.commands
        amina = await room.councillor()
        assert await bruno.write("/pouce") == ["Écrivez la question :\n/pouce On garde cette idée ?"]
        await bruno.write("/pouce On garde cette idée ? pendant 5 min")
        await bruno.press("Lancer")
        assert amina.last.buttons == ["👍", "👎"]
        assert await amina.press("👍") == "✔ Noté : 👍"
        assert await amina.write("👎") == ["✔ Noté : 👎"]
        assert "👎\n██████████ 100 % (une voix)" in (await bruno.write("/resultats"))[0]
    finally:
        store.close()


def test_the_page_names_files_that_exist() -> None:
    for path in re.findall(r"`((?:participation|i18n|tests)/[\w/.-]+\.\w+)`", PAGE):
        assert (ROOT / path).exists() or path.endswith("thumbs.py"), path
