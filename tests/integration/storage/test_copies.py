"""Copies are whole while votes go on; a restored one takes the place, and what was there is kept."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import SqlStore, Unusable, back_up, restore
from tests.integration.storage.room import NOW, furnish

Opened = Callable[..., SqlStore]


async def test_a_copy_made_under_writes_holds_every_vote_committed_before_it(
    opened: Opened, file_url: str, tmp_path: Path
) -> None:
    store = opened(file_url)
    room = await store.write(furnish)
    stop = asyncio.Event()
    written = 0

    async def write_on() -> None:
        nonlocal written
        while not stop.is_set():
            await store.write(lambda tx, n=written: tx.workshops.add(f"W{n:06}", "x" * 500, "Europe/Paris", "fr", NOW))
            written += 1

    writing = asyncio.ensure_future(write_on())
    await store.write(lambda tx: tx.answers.put(room.activity.id, room.members["Amina"].id, (0,), NOW, "telegram"))
    bounds = []
    for number in range(5):
        before = written
        counts = await asyncio.to_thread(back_up, file_url, tmp_path / f"copy-{number}.db")
        bounds.append(before <= counts["workshop"] - 1 <= written + 1 and counts["answer"] == 1)
    stop.set()
    await writing
    assert bounds == [True] * 5
    copy = opened(str(tmp_path / "copy-4.db"), must_exist=True)
    assert await copy.read(lambda tx: tx.answers.tally(room.activity.id)) == {(0,): 1}


async def test_a_restored_copy_takes_the_place_and_what_was_there_is_kept(
    opened: Opened, file_url: str, tmp_path: Path
) -> None:
    place = Path(file_url.removeprefix("sqlite:///"))
    store = opened(file_url, exclusive=True)
    await store.write(lambda tx: tx.workshops.add("BEFORE", "x", "Europe/Paris", "fr", NOW))
    kept = back_up(file_url, tmp_path / "copie.db")
    await store.write(lambda tx: tx.workshops.add("AFTER1", "x", "Europe/Paris", "fr", NOW))
    with pytest.raises(Unusable, match=r"^Palabre tourne déjà sur la base "):
        restore(tmp_path / "copie.db", file_url)
    store.close()
    assert restore(tmp_path / "copie.db", file_url) == kept
    (old,) = place.parent.glob("palabre.db.avant-restauration-*")
    for url, expected in ((file_url, ["BEFORE"]), (str(old), ["AFTER1", "BEFORE"])):
        found = await opened(url, must_exist=True).read(lambda tx: sorted(w.code for w in tx.workshops.all()))
        assert found == expected


def test_a_copy_never_replaces_a_file(file_url: str, tmp_path: Path) -> None:
    target = tmp_path / "notes.txt"
    target.write_text("à garder")
    with pytest.raises(Unusable) as raised:
        back_up(file_url, target)
    assert str(raised.value) == f"{target} existe déjà : donnez un autre nom à la sauvegarde."
    assert target.read_text() == "à garder"


def test_a_copy_into_a_missing_folder_is_refused(file_url: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as raised:
        back_up(file_url, tmp_path / "absent" / "copie.db")
    assert str(raised.value) == f"Le dossier {tmp_path / 'absent'} n’existe pas : créez-le d’abord."


def test_what_is_no_copy_is_not_restored(file_url: str, tmp_path: Path) -> None:
    place = Path(file_url.removeprefix("sqlite:///"))
    before = place.read_bytes()
    text, newer = tmp_path / "texte.db", tmp_path / "plus-tard.db"
    text.write_text("Compte rendu du conseil. " * 200)
    back_up(file_url, newer)
    with contextlib.closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '2031_01_01_later'")
        connection.commit()
    sentences = {
        tmp_path / "absente.db": f"La sauvegarde {tmp_path / 'absente.db'} n’existe pas.",
        text: f"{text} n’est pas une sauvegarde de Palabre (file is not a database).",
        newer: f"La sauvegarde {newer} vient d’une version plus récente de Palabre (2031_01_01_later) : "
        "mettez Palabre à jour.",
    }
    for source, sentence in sentences.items():
        with pytest.raises(Unusable) as raised:
            restore(source, file_url)
        assert str(raised.value) == sentence
    assert place.read_bytes() == before


def test_a_server_is_copied_by_its_own_tools() -> None:
    with pytest.raises(Unusable, match="pg_dump"):
        back_up("postgresql://localhost/palabre", Path("copie.db"))
