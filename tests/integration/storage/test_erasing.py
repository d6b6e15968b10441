"""Erasing somebody leaves their counts and nothing that leads to them, not in the tables, not in the files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from participation.actions.grouping import regroup
from participation.actions.joining import forget
from participation.model.access import Pass
from participation.model.findings import Findings, Subtheme
from participation.model.idea import Group, Grouping, Source
from participation.model.message import Kind
from participation.model.policy import Policy
from participation.ports import Transaction
from storage import SqlStore
from storage.tables import METADATA
from tests.integration.storage.room import MINUTE, NAMES, NOW, Room, furnish

NAME = "Zénobie-Cunégonde"
ACCOUNT = 6_123_456_789


def live(tx: Transaction, room: Room) -> tuple[int, int]:
    """Everything a person may leave behind."""
    person = tx.people.add(ACCOUNT, NAME, "fr", NOW)
    member = tx.members.add(room.workshop.id, person.id, room.members["Amina"].role, NOW)
    tx.dialogues.put(person.id, "edit", {"texte": NAME})
    tx.passes.add(Pass("f" * 64, "session", NOW + MINUTE, person_id=person.id))
    tx.answers.put(room.activity.id, member.id, (1,), NOW, f"telegram:{ACCOUNT}")
    idea = tx.ideas.add(room.activity.id, member.id, f"Signé {NAME}", Source(f"telegram:{ACCOUNT}", 5), NOW)
    tx.ideas.save(replace(idea, text="", withdrawn_at=NOW))
    tx.replies.add(ACCOUNT, "message", f"Bonjour {NAME}", NOW)
    tx.deliveries.add(Kind.NOTICE, [member.id], NOW, text=f"Pour {NAME}")
    for number, died in ((1, True), (2, False)):
        tx.inbox.add(7, number, f'{{"from":{{"id":{ACCOUNT},"first_name":"{NAME}"}}}}', NOW)
        if died:
            tx.inbox.failed(7, number, f"KeyError: {NAME}", 1)
        else:
            tx.inbox.done(7, number)
    return person.id, member.id


def everything(tx: Transaction) -> str:
    driver = tx.session.driver  # type: ignore[attr-defined]
    return "\n".join(str(driver.execute(f"SELECT * FROM {table}", {}).fetchall()) for table in METADATA.tables)


async def test_nothing_in_the_tables_leads_to_somebody_erased(store: SqlStore) -> None:
    room = await store.write(furnish)
    person, member = await store.write(lambda tx: live(tx, room))
    before = await store.read(everything)
    await store.write(lambda tx: tx.people.erase(person))
    after = await store.read(everything)
    assert [(NAME in text, str(ACCOUNT) in text) for text in (before, after)] == [(True, True), (False, False)]

    def counted(tx: Transaction) -> Any:
        kept = tx.members.get(member)
        assert kept is not None
        return kept.person_id, kept.left_at is not None, tx.answers.tally(room.activity.id), tx.inbox.dead()

    assert await store.read(counted) == (None, True, {(1,): 1}, 1)
    assert await store.read(lambda tx: tx.people.get(person)) is None
    await store.write(lambda tx: tx.people.erase(person))


async def test_nothing_found_in_the_ideas_of_somebody_erased_stays_in_the_tables(store: SqlStore) -> None:
    room = await store.write(furnish)
    person, _ = await store.write(lambda tx: live(tx, room))

    def group(tx: Transaction) -> None:
        member = tx.members.find(room.workshop.id, person)
        assert member is not None
        idea = tx.ideas.add(room.activity.id, member.id, f"Chez {NAME}, des arbres", Source("telegram:9", 6), NOW)
        tree = tx.ideas.add(room.activity.id, room.members["Driss"].id, "des arbres", Source("telegram:8", 6), NOW)
        both = (idea.id, tree.id)
        seen = Findings(
            splits={idea.id: (f"Chez {NAME}", "des arbres")},
            subthemes=(Subtheme(NAME, both),),
            reworded={f"La place de {NAME}": NAME},
        )
        found = Group(f"La place de {NAME}", both, 0.5, (NAME.casefold(), "arbres"), both)
        regroup(tx, room.activity.id, Grouping((found,), findings=seen), NOW)

    def erase(tx: Transaction) -> None:
        known = tx.people.get(person)
        assert known is not None
        forget(tx, known, Policy(), NOW + MINUTE)

    await store.write(group)
    before = await store.read(everything)
    await store.write(erase)
    after = await store.read(everything)
    assert ["nobie" in text for text in (before, after)] == [True, False], "however it is written"
    themes = await store.read(lambda tx: tx.themes.of_activity(room.activity.id))
    assert [(theme.found_label, theme.words) for theme in themes] == [("Arbres", ("arbres",))]


async def test_the_number_of_somebody_erased_is_never_given_again(store: SqlStore) -> None:
    first = await store.write(lambda tx: tx.people.add(1, "Driss", "fr", NOW))
    await store.write(lambda tx: tx.people.erase(first.id))
    second = await store.write(lambda tx: tx.people.add(1, "Driss", "fr", NOW))
    assert second.id > first.id


async def test_nothing_in_the_files_leads_to_somebody_erased(opened: Callable[..., SqlStore], file_url: str) -> None:
    path = Path(file_url.removeprefix("sqlite:///"))
    store = opened(file_url)
    room = await store.write(furnish)
    person, _ = await store.write(lambda tx: live(tx, room))

    def found() -> bool:
        files = [p.read_bytes() for p in path.parent.glob("palabre.db*")]
        return any(
            word in whole for whole in files for word in (NAME.encode(), b"Cun\\u00e9gonde", str(ACCOUNT).encode())
        )

    before = found()
    await store.write(lambda tx: tx.people.erase(person))
    await store.write(lambda _tx: None)  # the log is cut after the commit that erased, before the next one
    assert (before, found()) == (True, False)


async def test_what_is_old_is_forgotten_and_what_waits_is_not(store: SqlStore) -> None:
    room = await store.write(furnish)

    def unit(tx: Transaction) -> Any:
        for number in (1, 2, 3):
            tx.inbox.add(7, number, "{}", NOW if number < 3 else NOW + MINUTE)
        tx.inbox.done(7, 1)
        tx.inbox.failed(7, 2, "KeyError", 1)
        tx.deliveries.add(Kind.BALLOT, room.ids(*NAMES), NOW, activity_id=room.activity.id, text="vieux")
        tx.deliveries.stale(room.activity.id, [Kind.BALLOT])
        tx.deliveries.add(Kind.NOTICE, room.ids("Amina"), NOW, text="attend")
        old, new = tx.pictures.add("a.png", b"a", NOW), tx.pictures.add("b.png", b"b", NOW + MINUTE)
        tx.people.forget_old(NOW + MINUTE)
        texts = tx.session.driver.execute("SELECT DISTINCT text FROM delivery ORDER BY text", {}).fetchall()  # type: ignore[attr-defined]
        return tx.inbox.dead(), len(tx.inbox.waiting(9)), texts, tx.pictures.get(old), tx.pictures.get(new)

    assert await store.write(unit) == (1, 1, [("",), ("attend",)], None, ("b.png", b"b"))
