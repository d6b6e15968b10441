"""Everything kept, as one unit of work sees it: the repositories, on one session."""

from dataclasses import dataclass
from types import TracebackType

from storage.activities import WORKSHOP_OF_ACTIVITY, SqlActivities, SqlAnswers
from storage.deliveries import SqlDeliveries
from storage.ideas import SqlCorrections, SqlIdeas, SqlThemes
from storage.inbox import SqlInbox
from storage.jobs import SqlJobs
from storage.journal import SqlJournal
from storage.people import SqlDialogues, SqlNames, SqlPasses, SqlPeople
from storage.problems import StoreUnavailable
from storage.pulse import SqlPulse
from storage.replies import SqlPictures, SqlReplies
from storage.statements import Session
from storage.workshops import SqlMembers, SqlWorkshops, WorkshopOf


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit changed, told to the listeners."""

    activities: frozenset[int]
    workshops: frozenset[int]
    trays: frozenset[str]


class SqlTransaction:
    """The `Transaction` of the rules. One lives as long as its session; the writer or a reader frames each unit."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.needs_scrub = False
        self._touched: list[tuple[str, int | str]] = []
        self.people = SqlPeople(session, self._scrub)
        self.names = SqlNames(session)
        self.passes = SqlPasses(session)
        self.dialogues = SqlDialogues(session)
        self.workshops = SqlWorkshops(session)
        self.members = SqlMembers(session, WorkshopOf(session, WORKSHOP_OF_ACTIVITY))
        self.activities = SqlActivities(session)
        self.answers = SqlAnswers(session, self.activities)
        self.ideas = SqlIdeas(session)
        self.themes = SqlThemes(session)
        self.corrections = SqlCorrections(session)
        self.journal = SqlJournal(session)
        self.inbox = SqlInbox(session)
        self.replies = SqlReplies(session, self._queued)
        self.deliveries = SqlDeliveries(session, self._queued)
        self.pictures = SqlPictures(session)
        self.jobs = SqlJobs(session, self._queued)
        self.pulse = SqlPulse(session)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        return (StoreUnavailable,)

    def savepoint(self) -> "Savepoint":
        return Savepoint(self.session, self._touched)

    def touch(self, activity_id: int) -> None:
        self._touched.append(("activity", activity_id))

    def touch_workshop(self, workshop_id: int) -> None:
        self._touched.append(("workshop", workshop_id))

    def changes(self) -> Changes | None:
        """What was touched since the last call and not undone; None when nothing was."""
        if not self._touched:
            return None
        found = frozenset(self._touched)
        self._touched.clear()
        return Changes(
            frozenset(int(what) for kind, what in found if kind == "activity"),
            frozenset(int(what) for kind, what in found if kind == "workshop"),
            frozenset(str(what) for kind, what in found if kind == "tray"),
        )

    def _queued(self, tray: str) -> None:
        self._touched.append(("tray", tray))

    def _scrub(self) -> None:
        self.needs_scrub = True


class Savepoint:
    """What happens inside is undone alone when it raises. Savepoints nest: the innermost of a name is meant."""

    __slots__ = ("_before", "_session", "_touched")

    def __init__(self, session: Session, touched: list[tuple[str, int | str]]) -> None:
        self._session = session
        self._touched = touched

    def __enter__(self) -> None:
        self._before = len(self._touched)
        self._session.command("SAVEPOINT unit")

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._session.lost is not None:
            return  # the whole transaction is gone or going
        if kind is not None:
            del self._touched[self._before :]
            self._session.known.clear()
            self._session.command("ROLLBACK TO SAVEPOINT unit")
        self._session.command("RELEASE SAVEPOINT unit")
