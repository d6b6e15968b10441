"""Post-its, the themes they are put in and the way they took."""

from dataclasses import replace
from typing import Any

import pytest

from participation.model.idea import Correction, CorrectionKind, Idea, Source, Theme
from participation.model.journal import Fact
from participation.ports import Transaction
from storage import SqlStore
from tests.integration.storage.room import MINUTE, NOW, Room, furnish


def write_ideas(tx: Transaction, room: Room, *texts: str, name: str = "Amina") -> list[Idea]:
    member = room.members[name]
    sources = [Source(f"telegram:{1000 + member.number}", 50 + i) for i in range(len(texts))]
    return [
        tx.ideas.add(room.activity.id, member.id, text, source, NOW)
        for text, source in zip(texts, sources, strict=True)
    ]


def add_theme(tx: Transaction, room: Room, position: int, label: str) -> Theme:
    return tx.themes.add(Theme(0, room.activity.id, position, label, NOW, words=("bus", "nuit"), quotes=(3, 1)))


async def test_an_idea_comes_back_whole_with_the_next_number(store: SqlStore) -> None:
    room = await store.write(furnish)
    first, second = await store.write(lambda tx: write_ideas(tx, room, "Un bus de nuit 🚌", "Plus d’arbres"))
    member = room.members["Amina"].id
    assert first == Idea(first.id, room.activity.id, member, 1, "Un bus de nuit 🚌", Source("telegram:1001", 50), NOW)
    assert second.number == 2
    theme = await store.write(lambda tx: add_theme(tx, room, 0, "Transports"))
    changed = replace(
        first, text="Un bus la nuit", edited_at=NOW + MINUTE, hidden_at=NOW + MINUTE, theme_id=theme.id, is_pinned=True
    )
    await store.write(lambda tx: tx.ideas.save(changed))
    assert await store.read(lambda tx: tx.ideas.get(first.id)) == changed
    assert await store.read(lambda tx: tx.ideas.by_source(Source("telegram:1001", 51))) == second
    assert await store.read(lambda tx: tx.ideas.by_source(Source("telegram:1001", 99))) is None


async def test_a_message_makes_one_idea(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: write_ideas(tx, room, "Un bus"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.write(lambda tx: write_ideas(tx, room, "Encore un bus"))
    assert await store.read(lambda tx: tx.ideas.count(room.activity.id)) == 1


async def test_withdrawn_ideas_leave_every_list_hidden_ones_stay_on_the_board(store: SqlStore) -> None:
    room = await store.write(furnish)

    def unit(tx: Transaction) -> Any:
        kept, withdrawn, hidden = write_ideas(tx, room, "gardée", "retirée", "masquée")
        withdrawn = replace(withdrawn, withdrawn_at=NOW)
        hidden = replace(hidden, hidden_at=NOW)
        tx.ideas.save(withdrawn)
        tx.ideas.save(hidden)
        return kept, hidden, write_ideas(tx, room, "de Driss", name="Driss")[0]

    kept, hidden, other = await store.write(unit)
    activity, amina = room.activity.id, room.members["Amina"].id
    assert await store.read(lambda tx: tx.ideas.of_activity(activity)) == [kept, hidden, other]
    assert await store.read(lambda tx: tx.ideas.newest(activity, 1)) == [other]
    assert await store.read(lambda tx: tx.ideas.newest(activity, 9)) == [other, kept]
    assert await store.read(lambda tx: tx.ideas.of_member(activity, amina)) == [kept, hidden]
    assert await store.read(lambda tx: tx.ideas.count(activity)) == 2
    assert other.number == 4


async def test_the_way_of_an_idea_is_kept_and_only_people_pin(store: SqlStore) -> None:
    room = await store.write(furnish)
    bruno = room.people["Bruno"].id

    def unit(tx: Transaction) -> Any:
        moved, left = write_ideas(tx, room, "un", "deux")
        one, two = add_theme(tx, room, 0, "A"), add_theme(tx, room, 1, "B")
        tx.ideas.place({moved.id: one.id, left.id: one.id}, NOW, None)
        tx.ideas.place({moved.id: one.id, left.id: None}, NOW + MINUTE, None)
        tx.ideas.place({moved.id: two.id}, NOW + 2 * MINUTE, bruno)
        tx.ideas.place({moved.id: two.id}, NOW + 3 * MINUTE, None)
        return moved.id, left.id, one.id, two.id

    moved, left, one, two = await store.write(unit)
    paths = await store.read(lambda tx: (tx.ideas.path(moved), tx.ideas.path(left)))
    assert paths[0] == [(one, NOW, None), (two, NOW + 2 * MINUTE, bruno)]
    assert paths[1] == [(one, NOW, None), (None, NOW + MINUTE, None)]
    placed = await store.read(lambda tx: [tx.ideas.get(i) for i in (moved, left)])
    assert [(i.theme_id, i.is_pinned) for i in placed if i] == [(two, True), (None, False)]
    await store.write(lambda tx: tx.ideas.pin(moved, False))
    assert (await store.read(lambda tx: tx.ideas.get(moved))).is_pinned is False  # type: ignore[union-attr]


async def test_a_theme_comes_back_whole(store: SqlStore) -> None:
    room = await store.write(furnish)

    def unit(tx: Transaction) -> tuple[Theme, Theme]:
        first, second = add_theme(tx, room, 1, "Bus"), add_theme(tx, room, 0, "Arbres")
        whole = replace(first, given_label="Se déplacer", stability=0.84, merged_into=second.id, retired_at=NOW)
        tx.themes.save(whole)
        return whole, second

    whole, second = await store.write(unit)
    assert await store.read(lambda tx: tx.themes.get(whole.id)) == whole
    assert await store.read(lambda tx: tx.themes.of_activity(room.activity.id)) == [second, whole]
    assert await store.read(lambda tx: (tx.themes.get(99), tx.themes.grouped_at(room.activity.id))) == (None, None)


async def test_the_newest_correction_not_undone_is_the_last(store: SqlStore) -> None:
    room = await store.write(furnish)
    activity = room.activity.id

    def unit(tx: Transaction) -> Any:
        tx.corrections.add(activity, CorrectionKind.RENAME, {"theme": 3, "label": None}, 1, NOW)
        tx.corrections.add(activity, CorrectionKind.MOVE, {"ideas": {12: [3, True]}}, None, NOW + MINUTE)
        newest = tx.corrections.last(activity)
        assert newest is not None
        tx.corrections.undone(newest.id, NOW + 2 * MINUTE)
        older = tx.corrections.last(activity)
        assert older is not None
        tx.corrections.undone(older.id, NOW + 2 * MINUTE)
        return newest, older, tx.corrections.last(activity)

    newest, older, nothing = await store.write(unit)
    moved: dict[str, object] = {"ideas": {"12": [3, True]}}  # JSON has no other keys than texts
    assert newest == Correction(newest.id, activity, CorrectionKind.MOVE, NOW + MINUTE, None, moved)
    assert older == Correction(older.id, activity, CorrectionKind.RENAME, NOW, 1, {"theme": 3, "label": None})
    assert nothing is None


async def test_the_journal_is_read_newest_first_and_never_changed(store: SqlStore) -> None:
    room = await store.write(furnish)
    facts = [Fact(f"fact-{n}", NOW + n * MINUTE, room.workshop.id, 4, 5, {"count": n, "to": None}) for n in range(3)]

    def unit(tx: Transaction) -> None:
        for fact in facts:
            tx.journal.write(fact)
        tx.journal.write(Fact("elsewhere", NOW))

    await store.write(unit)
    assert await store.read(lambda tx: tx.journal.of_workshop(room.workshop.id, 2)) == [facts[2], facts[1]]
    for command in ("UPDATE fact SET name = 'x'", "DELETE FROM fact"):
        with pytest.raises(Exception, match="append-only"):
            await store.write(lambda tx, c=command: tx.session.command(c))  # type: ignore[attr-defined]
    assert len(await store.read(lambda tx: tx.journal.of_workshop(room.workshop.id))) == 3
    assert await store.read(lambda tx: tx.journal.of_the_house()) == [Fact("elsewhere", NOW)]


async def test_vectors_are_kept_once_by_encoder_and_hash(store: SqlStore) -> None:
    first, other = b"\x00\xff" * 100, b"\x01"
    await store.vectors.put_many("use-fr", {"a": first, "b": other})
    await store.vectors.put_many("use-fr", {"a": other})
    await store.vectors.put_many("other", {"a": other})
    await store.vectors.put_many("other", {})
    assert await store.vectors.get_many("use-fr", ["a", "b", "c"]) == {"a": first, "b": other}
