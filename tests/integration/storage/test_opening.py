"""A database that cannot be used is refused with one sentence, and nothing is put in its place."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage import SqlStore, Unusable, open_store, upgrade_schema

Opened = Callable[..., SqlStore]


def refused(url: str, **how: Any) -> str:
    with pytest.raises(Unusable) as raised:
        open_store(url, **how)
    return str(raised.value)


@contextlib.contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may write everywhere; this account may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="palabre-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


def test_a_missing_database_is_refused_and_not_created(tmp_path: Path) -> None:
    path = tmp_path / "palabre.db"
    said = refused(f"sqlite:///{path}", must_exist=True)
    assert said == (
        f"La base {path} n’existe pas encore : elle est faite au premier démarrage (palabre run). "
        "Si elle a déjà servi, vérifiez l’adresse, ou restaurez une sauvegarde (palabre restore)."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_the_first_start_makes_is_not_asked_of_people(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "palabre.db"
    assert refused(str(path), must_exist=True).startswith(f"La base {path} n’existe pas encore")
    assert not path.parent.exists()


def test_a_database_that_vanished_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "palabre.db"
    open_store(str(path), exclusive=True).close()
    path.unlink()
    said = refused(str(path), exclusive=True)
    assert said == (
        f"La base {path} a disparu alors que palabre.db-lease est encore là : remettez-la en place ou restaurez une "
        f"sauvegarde (palabre restore). Pour repartir de zéro, effacez {path}-lease."
    )
    assert not path.exists()


def test_an_emptied_file_is_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "palabre.db"
    open_store(str(path), exclusive=True).close()
    path.write_bytes(b"")
    assert refused(str(path)) == f"La base {path} est un fichier vide : restaurez une sauvegarde (palabre restore)."
    assert path.read_bytes() == b""


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Compte rendu du conseil. " * 200)
    before = path.read_bytes()
    assert (
        refused(str(path))
        == f"{path} n’est pas une base SQLite : donnez un autre fichier, ou restaurez une sauvegarde."
    )
    assert path.read_bytes() == before


def test_a_damaged_database_is_told(tmp_path: Path, migrated: Path) -> None:
    path = tmp_path / "palabre.db"
    whole = bytearray(migrated.read_bytes())
    whole[4096 : 4096 * 8] = os.urandom(4096 * 7)
    path.write_bytes(whole)
    assert refused(str(path)) == (
        f"La base {path} est abîmée : restaurez la dernière sauvegarde (palabre restore), gardez ce fichier de côté."
    )


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recettes.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    assert refused(str(path)) == f"{path} est la base d’un autre programme : donnez un autre fichier à Palabre."


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert refused(str(tmp_path)) == (
        f"{tmp_path} est un dossier : donnez le nom d’un fichier, par exemple {tmp_path / 'palabre.db'}."
    )


def test_a_read_only_database_is_told(open_folder: Path) -> None:
    path = open_folder / "palabre.db"
    open_store(str(path)).close()
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with as_somebody_else():
        said = refused(str(path))
    assert said == f"La base {path} est en lecture seule : rendez-la modifiable par le compte qui lance Palabre."


def test_a_read_only_folder_is_told(open_folder: Path) -> None:
    path = open_folder / "palabre.db"
    open_folder.chmod(0o555)
    with as_somebody_else():
        said = refused(str(path))
    assert said == f"Le dossier {open_folder} est en lecture seule : la base {path} ne peut pas y être écrite."


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "mysql://localhost/x",
            "L’adresse de la base commence par « mysql:// », inconnu ici : "
            "écrivez sqlite:///chemin/fichier.db ou postgresql://utilisateur@machine/base.",
        ),
        ("sqlite://var/x.db", "L’adresse sqlite://var/x.db a deux barres : il en faut trois, sqlite:///var/x.db."),
    ],
)
def test_a_wrong_address_is_told(url: str, sentence: str) -> None:
    assert refused(url) == sentence


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    said = refused("postgresql://palabre:motdepasse@127.0.0.1:1/palabre", patience=2.0)
    assert said.startswith("La base postgresql://127.0.0.1/palabre ne répond pas ou refuse l’accès (")
    assert said.endswith(") : vérifiez l’adresse, le compte et le serveur.")
    assert "motdepasse" not in said


def set_revision(url: str, revision: str) -> None:
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
            connection.commit()
        return
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", (revision,))


def test_a_database_newer_than_the_code_is_refused(shared_url: str, request: pytest.FixtureRequest) -> None:
    from storage.upgrade import newest

    set_revision(shared_url, "2031_01_01_later")
    request.addfinalizer(lambda: set_revision(shared_url, newest()))
    said = refused(shared_url)
    assert said.endswith(
        " vient d’une version plus récente de Palabre (2031_01_01_later) : mettez Palabre à jour, ou "
        "restaurez une sauvegarde faite avec cette version."
    )


def test_an_empty_server_database_is_refused_when_it_should_exist(postgres: Any) -> None:
    url = postgres.blank()
    assert refused(url, must_exist=True).endswith(
        " est vide : vérifiez l’adresse, ou restaurez une sauvegarde (palabre restore)."
    )
    open_store(url).close()
    upgrade_schema(url)
    open_store(url, must_exist=True).close()


def test_a_second_palabre_on_the_same_database_is_refused(opened: Opened, shared_url: str) -> None:
    first = opened(shared_url, exclusive=True)
    said = refused(shared_url, exclusive=True)
    assert said.startswith(f"Palabre tourne déjà sur la base {first.database.name} (")
    assert str(os.getpid()) in said
    assert said.endswith(") : arrêtez l’autre avant de lancer celui-ci.")
    opened(shared_url)  # a command beside it is welcome
    first.close()
    opened(shared_url, exclusive=True)


async def test_who_lost_the_lease_with_the_connection_writes_no_more(opened: Opened, postgres: Any) -> None:
    from storage import StoreUnavailable
    from storage.lease import RUNNING_LOCK

    url = postgres.emptied()
    store = opened(url, exclusive=True)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name LIKE 'palabre%' AND pid <> pg_backend_pid()"
        )
        other.execute("SELECT pg_advisory_lock(%s)", (RUNNING_LOCK,))
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await store.write(lambda tx: tx.workshops.all())
        other.execute("SELECT pg_advisory_unlock(%s)", (RUNNING_LOCK,))
    assert await store.write(lambda tx: tx.workshops.all()) == []
