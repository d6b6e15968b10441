"""Claims about the tables that leave the platform: no correction makes what people gave disappear from them."""

import csv
import io

from participation.actions.exporting import idea_lines, ideas_csv, result_lines
from participation.actions.grouping import hide_idea, merge_ideas, move_idea, regroup
from participation.model.idea import Group, Grouping, Idea, Source
from participation.ports import Transaction
from participation.questions.kit import Question
from storage import SqlStore
from tests.integration.storage.room import NOW, Room, furnish, open_activity

TEXTS = ("Des bancs", "Un marché", "Plus de bancs", "Bancs à l’ombre", "Un chenil")


def give(tx: Transaction) -> tuple[Room, list[Idea]]:
    """Two themes: Marché holds the second and third ideas, Bancs the first and fourth; the last one is loose."""
    room = furnish(tx)
    activity = open_activity(tx, room.workshop.id, Question("ideas", "Que changer ?", ()))
    ideas = [
        tx.ideas.add(activity.id, room.members["Amina"].id, text, Source("paper", n), NOW)
        for n, text in enumerate(TEXTS)
    ]
    ids = [idea.id for idea in ideas]
    groups = (Group("Marché", (ids[1], ids[2])), Group("Bancs", (ids[0], ids[3])))
    regroup(tx, activity.id, Grouping(groups), NOW)
    return room, ideas


def counts(tx: Transaction, room: Room) -> list[tuple[str, int]]:
    return [(line.label, line.count) for line in result_lines(tx, room.workshop.id) if line.type == "ideas"]


async def test_ideas_shown_as_one_count_each_and_say_which_one_is_shown(store: SqlStore) -> None:
    room, ideas = await store.write(give)
    amina, bancs = room.people["Amina"], ideas[0]

    def merge(tx: Transaction) -> None:
        merge_ideas(tx, amina, bancs.id, ideas[2].id, NOW)
        merge_ideas(tx, amina, bancs.id, ideas[3].id, NOW)

    assert await store.read(lambda tx: counts(tx, room)) == [("Marché", 2), ("Bancs", 2), ("", 1)]
    await store.write(merge)
    assert await store.read(lambda tx: counts(tx, room)) == [("Bancs", 3), ("Marché", 1), ("", 1)]
    table = await store.read(lambda tx: ideas_csv(tx, room.workshop.id))
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["text"] for row in rows] == list(TEXTS)
    assert [row["same_as"] for row in rows] == ["", "", str(bancs.id), str(bancs.id), ""]
    assert [row["theme"] for row in rows] == ["Bancs", "Marché", "Bancs", "Bancs", ""]


async def test_the_table_holds_as_many_ideas_of_a_theme_as_the_figures_say(store: SqlStore) -> None:
    """Whatever is moved or hidden once ideas are merged: what is hidden leaves both, with what it stood for."""
    room, ideas = await store.write(give)
    amina = room.people["Amina"]

    def correct(tx: Transaction) -> None:
        marche = tx.ideas.get(ideas[1].id)
        merge_ideas(tx, amina, ideas[0].id, ideas[3].id, NOW)
        merge_ideas(tx, amina, ideas[4].id, ideas[2].id, NOW)
        move_idea(tx, amina, ideas[0].id, marche.theme_id if marche else None, NOW)
        hide_idea(tx, amina, ideas[4].id, True, NOW)

    await store.write(correct)
    lines = await store.read(lambda tx: list(idea_lines(tx, room.workshop.id)))
    assert [(line.text, line.theme) for line in lines] == [
        ("Des bancs", "Marché"),
        ("Un marché", "Marché"),
        ("Bancs à l’ombre", "Marché"),
    ]
    assert await store.read(lambda tx: counts(tx, room)) == [("Marché", 3)]
    await store.write(lambda tx: hide_idea(tx, amina, ideas[3].id, True, NOW))
    assert await store.read(lambda tx: counts(tx, room)) == [("Marché", 2)]
    assert len(await store.read(lambda tx: list(idea_lines(tx, room.workshop.id)))) == 2
