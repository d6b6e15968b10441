"""Any text that enters by a door is read back as it entered, from every table it may be in, on every database."""

import asyncio
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake import as_ascii
from participation.model.findings import Findings
from participation.model.idea import Source, Theme
from participation.model.message import Kind
from participation.model.text import clean
from participation.ports import Transaction
from participation.questions.kit import Question
from storage import SqlStore
from tests.integration.storage.room import NOW, furnish, open_activity

HOSTILE = [
    "\x00",
    "\ud800",
    "'; DROP TABLE idea; --",
    "\\'",
    "%s %(x)s ?",
    ":name $1",
    "\u202eabc",
    "Z" + "\u0301" * 40,
]
WILD = st.one_of(st.text(st.characters(codec=None), max_size=60), st.sampled_from(HOSTILE))
Kept = dict[str, object]


class Undone(Exception):
    """Leaves nothing of an example to the next one."""


def everywhere(tx: Transaction, text: str, raw: str) -> Kept:
    """Write it wherever people's words go, and read it back."""
    room = furnish(tx)
    amina = room.members["Amina"]
    words = open_activity(tx, room.workshop.id, Question("words", text or "?", (text, "b")))
    tx.workshops.save(replace(room.workshop, title=text))
    tx.people.save(replace(room.people["Amina"], name=text))
    tx.answers.put(words.id, amina.id, (text, "mot"), NOW, "paper")
    idea = tx.ideas.add(words.id, amina.id, text, Source("paper", 1), NOW)
    tx.ideas.save(replace(idea, text=text, edited_at=NOW))
    theme = tx.themes.add(Theme(0, words.id, 0, text, NOW, given_label=text, words=(text,)))
    tx.themes.set_grouped(words.id, NOW, text, Findings())
    tx.dialogues.put(room.people["Bruno"].id, "announcement", {"text": text})
    tx.deliveries.add(Kind.ANNOUNCEMENT, [amina.id], NOW, text=text)
    tx.inbox.add(1, 7, as_ascii({"update_id": 7, "text": raw}), NOW)
    read = tx.activities.get(words.id)
    found = tx.themes.get(theme.id)
    assert read is not None
    assert found is not None
    return {
        "title": getattr(tx.workshops.get(room.workshop.id), "title", None),
        "name": getattr(tx.people.get(room.people["Amina"].id), "name", None),
        "question": read.question.text if text else "",
        "option": read.question.options[0],
        "answer": tx.answers.get(words.id, amina.id),
        "tally": dict(tx.answers.tally(words.id)),
        "idea": getattr(tx.ideas.get(idea.id), "text", None),
        "theme": (found.found_label, found.given_label, found.words),
        "coverage": tx.themes.grouped_at(words.id),
        "dialogue": tx.dialogues.get(room.people["Bruno"].id),
        "announcement": [delivery.text for delivery in tx.deliveries.take(9, NOW)],
        "update": [as_read(arrival.body) for arrival in tx.inbox.waiting(9)],
    }


def as_read(body: str) -> object:
    import json

    return json.loads(body)["text"]


def expected(text: str, raw: str) -> Kept:
    return {
        "title": text, "name": text, "question": text, "option": text, "answer": (text, "mot"), "tally": {(text, "mot"): 1},
        "idea": text, "theme": (text, text, (text,)), "coverage": (NOW, text), "dialogue": ("announcement", {"text": text}),
        "announcement": [text], "update": [raw],
    }  # fmt: skip


def test_any_text_is_kept_as_it_entered(store: SqlStore) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WILD)
    def holds(raw: str) -> None:
        text, seen = clean(raw), []

        def unit(tx: Transaction) -> None:
            seen.append(everywhere(tx, text, raw))
            raise Undone

        async def example() -> None:
            try:
                await store.write(unit)
            except Undone:
                return

        asyncio.run(example())
        assert seen == [expected(text, raw)]

    holds()
