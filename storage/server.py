"""PostgreSQL through psycopg: for towns that already run one, or when several machines must write."""

import os
import re
import socket
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from storage.problems import Unusable
from storage.statements import Session

WRITING_LOCK = 7_052_001
"""Advisory lock held during every write transaction: writers of several processes take turns, as on SQLite."""


class Server:
    """A PostgreSQL database."""

    dialect = "postgresql"
    begin_writing = f"BEGIN; SELECT pg_advisory_xact_lock({WRITING_LOCK})"
    begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    path: Path | None = None
    is_shared = True

    def __init__(self, url: str, patience: float) -> None:
        self._patience = patience
        try:
            self._target = conninfo_to_dict(url)
        except psycopg.ProgrammingError as problem:
            raise Unusable(
                "L’adresse de la base PostgreSQL est mal écrite : postgresql://utilisateur@machine/base."
            ) from problem

    @property
    def name(self) -> str:
        host = self._target.get("host") or "localhost"
        return f"postgresql://{host}/{self._target.get('dbname') or ''}"

    def connect(self, *, reading: bool = False, create: bool = False) -> "psycopg.Connection[Any]":
        how: dict[str, Any] = {
            "connect_timeout": max(2, int(self._patience)),
            # A machine that vanished must not keep its lease for hours.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "application_name": f"palabre {os.getpid()}@{socket.gethostname()}"[:63],
            **self._target,
        }
        connection = psycopg.connect(**how, autocommit=True)
        try:
            self._settle(connection, reading=reading)
        except BaseException:
            connection.close()
            raise
        return connection

    def _settle(self, connection: "psycopg.Connection[Any]", *, reading: bool) -> None:
        settings = {
            "lock_timeout": f"{int(self._patience * 1000)}ms",
            "synchronous_commit": "on",
            "tcp_keepalives_idle": "10",
            "tcp_keepalives_interval": "5",
            "tcp_keepalives_count": "3",
            "default_transaction_read_only": "on" if reading else "off",
        }
        for name, value in settings.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))

    def is_outage(self, problem: BaseException, *, is_reading: bool = False) -> bool:
        if isinstance(problem, psycopg.errors.ReadOnlySqlTransaction):
            return not is_reading  # the server became a replica; or a unit that was to read tried to write
        # OperationalError: connections, resources, disk full, locks not obtained; InterfaceError: a closed connection.
        return isinstance(problem, psycopg.OperationalError | psycopg.InterfaceError)

    def scrub(self, session: Session) -> bool:
        """The server reclaims deleted rows by itself (autovacuum) and its log is its administrator's."""
        return True

    def check(self, *, must_exist: bool) -> None:
        try:
            with self.connect() as connection:
                row = connection.execute(
                    "SELECT pg_encoding_to_char(encoding), pg_is_in_recovery() FROM pg_database "
                    "WHERE datname = current_database()"
                ).fetchone()
                tables = connection.execute(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                ).fetchall()
        except psycopg.OperationalError as problem:
            raise Unusable(self.sentence(problem)) from problem
        assert row is not None  # noqa: S101 - we are connected to that very database
        self._check_found(str(row[0]), bool(row[1]), {name for (name,) in tables}, must_exist=must_exist)

    def _check_found(self, encoding: str, is_replica: bool, tables: set[str], *, must_exist: bool) -> None:
        if encoding != "UTF8":
            raise Unusable(f"La base {self.name} est en {encoding} : recréez-la en UTF8 (createdb --encoding=UTF8).")
        if is_replica:
            raise Unusable(
                f"La base {self.name} est une copie en lecture seule : donnez l’adresse du serveur principal."
            )
        if tables and "alembic_version" not in tables:
            raise Unusable(
                f"{self.name} est la base d’un autre programme : créez-en une pour Palabre (createdb palabre)."
            )
        if must_exist and not tables:
            raise Unusable(
                f"La base {self.name} est vide : vérifiez l’adresse, ou restaurez une sauvegarde (palabre restore)."
            )

    def sentence(self, problem: Exception) -> str:
        # psycopg's message names the host and the user, never the password; its first line says it all.
        said = re.sub(r"\s+", " ", str(problem).strip().splitlines()[0] if str(problem).strip() else "")
        return f"La base {self.name} ne répond pas ou refuse l’accès ({said}) : vérifiez l’adresse, le compte et le serveur."
