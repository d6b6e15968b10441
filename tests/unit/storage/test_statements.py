"""A statement has one text per database: named parameters, literal constants, and nothing compiled twice."""

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from storage.json_text import pack, pack_answer, unpack, unpack_answer
from storage.rows import given as named
from storage.rows import select
from storage.statements import Statement
from storage.tables.trays import INBOX


def test_constants_are_literal_so_that_partial_indexes_apply() -> None:
    statement = Statement(sa.select(INBOX.c.id).where(INBOX.c.state == "new", INBOX.c.bot_id == named("bot")))
    texts = {dialect: " ".join(statement.on(dialect)[0].split()) for dialect in ("sqlite", "postgresql")}
    assert texts == {
        "sqlite": "SELECT inbox.id FROM inbox WHERE inbox.state = 'new' AND inbox.bot_id = :bot",
        "postgresql": "SELECT inbox.id FROM inbox WHERE inbox.state = 'new' AND inbox.bot_id = %(bot)s::BIGINT",
    }


def test_what_the_compiler_adds_is_given_at_each_call() -> None:
    statement = select(INBOX, limit=named("most"))
    assert [statement.on(dialect)[1] for dialect in ("sqlite", "postgresql")] == [{"param_1": 0}, {}]


def test_a_statement_is_compiled_once_per_database() -> None:
    statement = select(INBOX, INBOX.c.id == named("id"))
    assert statement.on("sqlite") is statement.on("sqlite")


@given(st.lists(st.one_of(st.integers(0, 19), st.text(st.characters(exclude_categories=["Cs"]))), min_size=1))
def test_an_answer_comes_back_from_its_one_text(items: list[int | str]) -> None:
    answer = tuple(items)
    assert unpack_answer(pack_answer(answer)) == answer


def test_an_answer_has_one_text() -> None:
    assert [pack_answer((0, 2)), pack_answer(("école", "à 100 %"))] == ["[0,2]", '["école","à 100 %"]']


def test_the_keys_of_details_become_texts() -> None:
    assert unpack(pack({"ideas": {12: (3, True)}, "to": None})) == {"ideas": {"12": [3, True]}, "to": None}
