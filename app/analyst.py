"""Does the slow work people asked for (clouds, themes, exports), one piece at a time in a workshop, and tells them when done."""

import asyncio
import contextlib
import io
import logging
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.engine import Drawing, Engine, Found, Side
from app.material import Material, answers_of, as_grouping, gather
from app.rewording import Rewording
from app.supervisor import incident
from bot.calls import Call
from bot.pictures import (
    cloud_calls,
    comparison_calls,
    export_calls,
    failure_call,
    meanwhile_calls,
    themes_calls,
)
from i18n import Catalog, Voice
from participation.actions.exporting import answers_csv, ideas_csv, tables
from participation.actions.grouping import regroup
from participation.actions.viewing import board
from participation.errors import UnknownActivity
from participation.model.activity import Activity
from participation.model.table import Table
from participation.model.text import excerpt
from participation.model.workshop import Workshop
from participation.ports import Clock, Transaction
from participation.ports.trays import Job
from storage import SqlStore
from web.workbook import headings, workbook

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 2
LAYOUTS_KEPT = 50
PATIENCE = 10.0
"""Seconds of computing after which who waits for themes is shown the last ones."""
NAME_LENGTH = 34
"""Characters of a question that fit above one half of a picture."""
VECTORS = "themes"
"""The name under which vectors are kept; their fingerprints name the encoder."""

Tell = Callable[[Transaction, Voice, Workshop, int], Sequence[Call]]


class Analyst:
    """Takes jobs from the tray, as many at once as the engine has places, never two of one workshop.

    A job that a stop interrupted is done again, once. One that is interrupted a second time, or fails, is given up and
    said. One that was stopped in the tray is stopped in its process too.
    """

    def __init__(
        self,
        store: SqlStore,
        clock: Clock,
        engine: Engine,
        catalog: Catalog,
        rewording: Rewording | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._store = store
        self._vectors = store.vectors
        self._clock = clock
        self._engine = engine
        self._catalog = catalog
        self._rewording = rewording
        self._patience = patience
        self._bell = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._layouts: dict[int, Any] = {}
        self._work = {
            "cloud": self._cloud,
            "comparison": self._comparison,
            "themes": self._themes,
            "export": self._export,
        }

    def wake(self) -> None:
        """Somebody may have asked for something."""
        self._bell.set()

    async def run(self) -> None:
        """Work until cancelled."""
        for job in await self._store.write(lambda tx: tx.jobs.resume(MOST_ATTEMPTS)):
            number = incident()
            log.error("incident %s: the job %s of activity %s was stopped too often", number, job.kind, job.activity_id)
            await self._apologise(job, number)
        try:
            while True:
                self._bell.clear()
                self._put_away()
                await self._stop_unwanted()
                await self._start_waiting()
                await self._rest()
        finally:
            for task in self._under_way.values():
                task.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)
            self._under_way.clear()

    def _put_away(self) -> None:
        """Forget what has ended; what an outage ended goes to whoever runs us."""
        ended = {number: task for number, task in self._under_way.items() if task.done()}
        for number, task in ended.items():
            del self._under_way[number]
            if not task.cancelled():
                task.result()

    async def _stop_unwanted(self) -> None:
        """Stop what is no longer in the tray; a worker whose process was stopped for it loads its models again."""
        if not self._under_way:
            return
        wanted = await self._store.read(lambda tx: tx.jobs.running())
        unwanted = [task for number, task in self._under_way.items() if number not in wanted]
        for task in unwanted:
            task.cancel()
        await asyncio.gather(*unwanted, return_exceptions=True)
        if unwanted:
            self._engine.warm_up()

    async def _start_waiting(self) -> None:
        while len(self._under_way) < self._engine.places:
            job = await self._store.write(lambda tx: tx.jobs.take(self._clock.now()))
            if job is None:
                return
            self._under_way[job.id] = task = asyncio.create_task(self.do(job))
            task.add_done_callback(lambda _: self.wake())

    async def _rest(self) -> None:
        # Not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the bell.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await self._bell.wait()

    async def do(self, job: Job) -> None:
        """One piece of work, to its end: done and told, or given up and told."""
        try:
            await self._work[job.kind](job)
        except Exception:
            number = incident()
            log.exception("incident %s: the job %s of activity %s failed", number, job.kind, job.activity_id)
            await self._apologise(job, number)

    async def _apologise(self, job: Job, number: str) -> None:
        await self._finish(job, lambda _tx, voice, _workshop, address: [failure_call(voice, number, address)])

    async def _cloud(self, job: Job) -> None:
        material = await self._gather(job)
        drawing = await self._draw(material)

        def tell(tx: Transaction, voice: Voice, _: Workshop, address: int) -> Sequence[Call]:
            picture = self._keep(tx, "nuage.png", drawing)
            return cloud_calls(voice, material.activity, drawing.lines, picture, address)

        await self._finish(job, tell)

    async def _comparison(self, job: Job) -> None:
        """Two questions in one cloud: the job's activity on the left, the other one on the right."""

        def read(tx: Transaction) -> tuple[Activity, Activity, list[Side], tuple[str, ...]]:
            left, right = _activity(tx, job), _other_activity(tx, job)
            sides = [(f"{a.number}. {excerpt(a.question.text, NAME_LENGTH)}", answers_of(tx, a)) for a in (left, right)]
            workshop = tx.workshops.get(left.workshop_id)
            return left, right, sides, workshop.hidden_words if workshop else ()

        left, right, sides, hidden = await self._store.read(read)
        comparison = await self._engine.compare_clouds(sides[0], sides[1], hidden)

        def tell(tx: Transaction, voice: Voice, _: Workshop, address: int) -> Sequence[Call]:
            now = self._clock.now()
            picture = tx.pictures.add("comparaison.png", comparison.picture, now) if comparison.picture else None
            return comparison_calls(voice, left, right, comparison.lines, picture, address)

        await self._finish(job, tell)

    async def _themes(self, job: Job) -> None:
        material = await self._gather(job)
        found = await self._find_patiently(job, material)
        grouping = as_grouping(found, material)

        def keep(tx: Transaction) -> bool:
            if job.id not in tx.jobs.running():
                return False
            regroup(tx, job.activity_id, grouping, self._clock.now())
            if job.asked_by is None:
                tx.jobs.done(job.id)
            return job.asked_by is not None

        if not await self._store.write(keep):
            return
        coloured = await self._gather(job)
        drawing = await self._draw(coloured)

        def tell(tx: Transaction, voice: Voice, _: Workshop, address: int) -> Sequence[Call]:
            picture = self._keep(tx, "themes.png", drawing)
            return themes_calls(voice, material.activity, board(tx, job.activity_id), picture, address)

        await self._finish(job, tell)

    async def _draw(self, material: Material) -> Drawing:
        """The activity's cloud; from one drawing to the next its words stay where they are."""
        activity = material.activity
        previous = self._layouts.pop(activity.id, None)
        drawing = await self._engine.draw_cloud(
            material.said, activity.question.text, material.themes, previous, material.hidden
        )
        self._layouts[activity.id] = drawing.layout
        if len(self._layouts) > LAYOUTS_KEPT:
            del self._layouts[next(iter(self._layouts))]
        return drawing

    async def _find(self, material: Material) -> Found:
        """Group the ideas; what the encoder made of each text is kept, so that one more idea costs one more reading."""
        names = await self._engine.fingerprints(material.texts)
        known = await self._vectors.get_many(VECTORS, names)
        found = await self._engine.find_themes(
            material.texts, material.activity.question.text, material.standing, known
        )
        if found.vectors:
            await self._vectors.put_many(VECTORS, found.vectors)
        if self._rewording is None:
            return found
        asked = material.activity.question.text
        return await self._rewording.reword(found, material.texts, asked, material.standing.named, self._engine)

    async def _find_patiently(self, job: Job, material: Material) -> Found:
        """Group the ideas; where that lasts, who asked is shown the last themes, and only then: a quick answer is one."""

        def last(tx: Transaction, voice: Voice, _: Workshop, address: int) -> Sequence[Call]:
            return meanwhile_calls(voice, material.activity, board(tx, job.activity_id), address)

        finding = asyncio.create_task(self._find(material))
        try:
            done, _ = await asyncio.wait([finding], timeout=self._patience)
            if not done:
                await self._store.write(lambda tx: self._tell(tx, job, last) if job.id in tx.jobs.running() else None)
            return await finding
        finally:
            finding.cancel()
            await asyncio.gather(finding, return_exceptions=True)

    async def _export(self, job: Job) -> None:
        def gathered(tx: Transaction) -> tuple[tuple[Table, ...], dict[str, str]]:
            workshop_id = _activity(tx, job).workshop_id
            plain = {
                "answers.csv": answers_csv(tx, workshop_id, bom=True),
                "ideas.csv": ideas_csv(tx, workshop_id, bom=True),
            }
            return tables(tx, workshop_id), plain

        found, plain = await self._store.read(gathered)
        voice = await self._store.read(lambda tx: self._voice_of(tx, job))
        book = await self._engine.write_out(workbook, found, headings(found, voice), voice.zone.key)
        archive = await asyncio.to_thread(_zipped, plain)

        def tell(tx: Transaction, voice: Voice, workshop: Workshop, address: int) -> Sequence[Call]:
            now = self._clock.now()
            book_id = tx.pictures.add(f"palabre-{workshop.code}.xlsx", book, now)
            plain_id = tx.pictures.add(f"palabre-{workshop.code}-csv.zip", archive, now)
            return export_calls(voice, workshop, book_id, plain_id, address)

        await self._finish(job, tell)

    def _voice_of(self, tx: Transaction, job: Job) -> Voice:
        """The language of who asked, on the clock of the workshop."""
        person = tx.people.get(job.asked_by) if job.asked_by else None
        workshop = tx.workshops.get(_activity(tx, job).workshop_id)
        zone = ZoneInfo(workshop.time_zone) if workshop else ZoneInfo("UTC")
        return Voice(self._catalog, self._catalog.closest(person.language if person else None), zone)

    async def _gather(self, job: Job) -> Material:
        return await self._store.read(lambda tx: gather(tx, _activity(tx, job)))

    def _keep(self, tx: Transaction, name: str, drawing: Drawing) -> int | None:
        return tx.pictures.add(name, drawing.picture, self._clock.now()) if drawing.picture else None

    async def _finish(self, job: Job, tell: Tell) -> None:
        """The job is done and its answer is in the tray, in one commit; nothing is said of one that was stopped."""

        def unit(tx: Transaction) -> None:
            if job.id not in tx.jobs.running():
                return
            tx.jobs.done(job.id)
            if job.kind == "themes":
                tx.touch(job.activity_id)  # pages stop saying that it is under way
            self._tell(tx, job, tell)

        await self._store.write(unit)

    def _tell(self, tx: Transaction, job: Job, tell: Tell) -> None:
        """Queue what is to be said to who asked, if that person can still be told."""
        person = tx.people.get(job.asked_by) if job.asked_by else None
        workshop = tx.workshops.get(_activity(tx, job).workshop_id)
        if person is None or person.telegram_id is None or workshop is None:
            return
        voice = self._voice_of(tx, job)
        for call in tell(tx, voice, workshop, person.telegram_id):
            tx.replies.add(person.telegram_id, "message", call.to_json(), self._clock.now())


def _other_activity(tx: Transaction, job: Job) -> Activity:
    activity = tx.activities.get(int(str(job.details["other"])))
    if activity is None:
        raise UnknownActivity()
    return activity


def _activity(tx: Transaction, job: Job) -> Activity:
    activity = tx.activities.get(job.activity_id)
    if activity is None:
        raise UnknownActivity()
    return activity


def _zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
