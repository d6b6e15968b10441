"""Everything kept, as one unit of work sees it: the repositories, on one session."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from storage.activities import WORKSHOP_OF_ACTIVITY, SqlActivities, SqlAnswers
from storage.deliveries import SqlDeliveries
from storage.ideas import SqlCorrections, SqlIdeas, SqlThemes
from storage.journal import SqlJournal
from storage.people import SqlDialogues, SqlNames, SqlPasses, SqlPeople
from storage.problems import StoreUnavailable
from storage.statements import Session
from storage.trays import SqlInbox, SqlJobs, SqlPictures, SqlPulse, SqlReplies
from storage.workshops import SqlMembers, SqlWorkshops, WorkshopOf


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit changed, told to the listeners."""

    activities: frozenset[int]
    workshops: frozenset[int]
    trays: frozenset[str]


class SqlTransaction:
    """The `Transaction` of the rules. One lives as long as its session; `begin` and `changes` frame each commit."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.needs_scrub = False
        self._activities: set[int] = set()
        self._workshops: set[int] = set()
        self._trays: set[str] = set()
        self._savepoints = 0
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
        self.replies = SqlReplies(session, self._trays.add)
        self.deliveries = SqlDeliveries(session, self._trays.add)
        self.pictures = SqlPictures(session)
        self.jobs = SqlJobs(session, self._trays.add)
        self.pulse = SqlPulse(session)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        return (StoreUnavailable,)

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        self._savepoints += 1
        name = f"unit_{self._savepoints}"
        self.session.command(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self.session.command(f"ROLLBACK TO SAVEPOINT {name}")
            self.session.command(f"RELEASE SAVEPOINT {name}")
            raise
        finally:
            self._savepoints -= 1
        self.session.command(f"RELEASE SAVEPOINT {name}")

    def touch(self, activity_id: int) -> None:
        self._activities.add(activity_id)

    def touch_workshop(self, workshop_id: int) -> None:
        self._workshops.add(workshop_id)

    def changes(self) -> Changes | None:
        """What was touched since the last call; None when nothing was."""
        found = Changes(frozenset(self._activities), frozenset(self._workshops), frozenset(self._trays))
        self._activities.clear()
        self._workshops.clear()
        self._trays.clear()
        return found if found.activities or found.workshops or found.trays else None

    def _scrub(self) -> None:
        self.needs_scrub = True
