"""SQLite: a file beside the program (or memory, for tests), every commit on the disk before it is acknowledged."""

import os
import sqlite3
from pathlib import Path

from storage.problems import Unusable
from storage.statements import Session

_OLDEST = (3, 35, 0)  # RETURNING

_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


class Embedded:
    """An SQLite database."""

    dialect = "sqlite"
    begin_writing = "BEGIN IMMEDIATE"
    begin_reading = "BEGIN"

    def __init__(self, file: str, patience: float) -> None:
        self.path = Path(file).expanduser() if file else None
        self.is_shared = self.path is not None
        self._patience = patience

    @property
    def name(self) -> str:
        return str(self.path or "sqlite://")

    def connect(self, *, reading: bool = False, create: bool = False) -> sqlite3.Connection:
        # Threads take turns on a connection, never two at once: each session belongs to one worker.
        connection = sqlite3.connect(
            self._target(create=create),
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        for pragma in self._pragmas(reading=reading):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _pragmas(self, *, reading: bool) -> list[str]:
        pragmas = ["trusted_schema=OFF", "foreign_keys=ON", "secure_delete=ON"]
        if reading:
            return [*pragmas, "query_only=ON"]
        if self.path is None:
            return pragmas
        # FULL: with NORMAL a power cut took up to about a thousand acknowledged commits.
        return [*pragmas, "journal_mode=WAL", "synchronous=FULL"]

    def _target(self, *, create: bool) -> str:
        """A file that vanished while we ran must not come back empty: only the opening may create one."""
        if self.path is None:
            return ":memory:"
        return f"{self.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def is_outage(self, problem: BaseException, *, is_reading: bool = False) -> bool:
        if not isinstance(problem, sqlite3.DatabaseError):
            return False
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
        if is_reading and code == sqlite3.SQLITE_READONLY:
            return False  # a unit that was to read tried to write
        return code in _OUTAGES

    def scrub(self, session: Session) -> bool:
        """Deleted bytes are zeroed in the file (secure_delete); the write-ahead log still has them until it is cut."""
        if self.path is None:
            return True
        session.command("PRAGMA busy_timeout=0")  # never wait for a reader here: votes wait behind us
        busy = session.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)", {}).fetchall()[0][0]
        session.command(f"PRAGMA busy_timeout={int(self._patience * 1000)}")
        return not busy

    def check(self, *, must_exist: bool) -> None:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise Unusable(
                f"Ce Python contient SQLite {sqlite3.sqlite_version} ; il faut au moins 3.35. Installez un Python plus récent."
            )
        if self.path is None:
            return
        self._check_place(self.path, must_exist=must_exist)
        if self.path.exists():
            self._check_file(self.path, must_exist=must_exist)

    def _check_place(self, path: Path, *, must_exist: bool) -> None:
        folder = path.parent
        if not folder.is_dir():
            if must_exist:
                self._check_missing(path, must_exist=True)
            raise Unusable(f"Le dossier {folder} n’existe pas : créez-le, ou corrigez l’adresse de la base {path}.")
        if path.is_dir():
            raise Unusable(f"{path} est un dossier : donnez le nom d’un fichier, par exemple {path / 'palabre.db'}.")
        if not path.exists():
            self._check_missing(path, must_exist=must_exist)
        if not _may(folder, os.W_OK):
            raise Unusable(f"Le dossier {folder} est en lecture seule : la base {path} ne peut pas y être écrite.")
        if path.exists() and not _may(path, os.R_OK | os.W_OK):
            raise Unusable(
                f"La base {path} est en lecture seule : rendez-la modifiable par le compte qui lance Palabre."
            )

    def _check_missing(self, path: Path, *, must_exist: bool) -> None:
        left = [found for found in (lease_file(path), _beside(path, "-wal")) if found.exists()]
        if left:
            raise Unusable(
                f"La base {path} a disparu alors que {left[0].name} est encore là : remettez-la en place ou restaurez une "
                f"sauvegarde (palabre restore). Pour repartir de zéro, effacez {left[0]}."
            )
        if must_exist:
            raise Unusable(
                f"La base {path} n’existe pas encore : elle est faite au premier démarrage (palabre run). "
                "Si elle a déjà servi, vérifiez l’adresse, ou restaurez une sauvegarde (palabre restore)."
            )

    def _check_file(self, path: Path, *, must_exist: bool) -> None:
        if path.stat().st_size == 0:
            if must_exist or _beside(path, "-wal").exists() or lease_file(path).exists():
                raise Unusable(f"La base {path} est un fichier vide : restaurez une sauvegarde (palabre restore).")
            return
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=self._patience)
            try:
                self._check_health(path, connection)
            finally:
                connection.close()
        except sqlite3.DatabaseError as problem:
            raise Unusable(self.sentence(problem)) from problem

    def _check_health(self, path: Path, connection: sqlite3.Connection) -> None:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "alembic_version" not in tables:
            raise Unusable(f"{path} est la base d’un autre programme : donnez un autre fichier à Palabre.")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Unusable(_damaged(path))
        # Something to write, and undo: a read-only disk lets a transaction begin.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.rollback()

    def sentence(self, problem: Exception) -> str:
        match getattr(problem, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_NOTADB:
                return f"{self.path} n’est pas une base SQLite : donnez un autre fichier, ou restaurez une sauvegarde."
            case sqlite3.SQLITE_CORRUPT:
                return _damaged(self.path)
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
                return f"La base {self.path} ne peut pas être écrite : le fichier, son dossier ou le disque est en lecture seule."
            case sqlite3.SQLITE_BUSY:
                return (
                    f"La base {self.path} est occupée par un autre programme depuis {self._patience:.0f} secondes : "
                    "arrêtez-le et recommencez."
                )
            case sqlite3.SQLITE_FULL:
                return f"Le disque de la base {self.path} est plein : libérez de la place et recommencez."
            case _:
                return f"La base {self.path} ne s’ouvre pas : {problem}."


def lease_file(path: Path) -> Path:
    """Locked while Palabre runs; left in place afterwards, so that a database gone missing is noticed."""
    return _beside(path, "-lease")


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _damaged(path: Path | None) -> str:
    return f"La base {path} est abîmée : restaurez la dernière sauvegarde (palabre restore), gardez ce fichier de côté."
