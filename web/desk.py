"""The organisers' desk: my workshops, one workshop with its activities and figures, its tables to download."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from i18n import Voice
from participation.actions.exporting import answers_csv, ideas_csv, tables
from participation.actions.steering import organised_by
from participation.actions.viewing import activity_view
from participation.model.activity import Activity
from participation.model.text import calm
from participation.model.workshop import Workshop
from participation.ports import Transaction
from participation.questions.kit import Ideas
from web.entrances import Entrance, Who
from web.figures import epoch, figures, progress, times
from web.gate import VISIT, Visit, look, voice
from web.live import Drawn
from web.showing import page
from web.site import SITE, Site
from web.streaming import stream
from web.workbook import CONTENT_TYPE, headings, workbook


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """One workshop in the list."""

    workshop: Workshop
    day: str
    members: int
    activities: int


@dataclass(frozen=True, slots=True)
class DrawWorkshop:
    """Draws one workshop for those who steer it: figures unmasked, people only counted."""

    site: Site
    voice: Voice
    workshop_id: int

    def __call__(self, tx: Transaction) -> Drawn:
        now = self.site.clock.now()
        workshop = tx.workshops.get(self.workshop_id)
        activities = tx.activities.of_workshop(self.workshop_id)
        members = tx.members.count(self.workshop_id)
        state = {
            "version": self.site.pages.version,
            "now": epoch(now),
            "title": calm(workshop.title) if workshop else "",
            "joinedSentence": self.voice("web-joined", n=members),
            "empty": self.voice("web-no-activity"),
            "activities": [self._activity(tx, activity, now) for activity in reversed(activities)],
        }
        turns = [t for a in activities for t in (a.opens_at, a.closes_at) if t is not None and t > now]
        return Drawn(
            state, frozenset(a.id for a in activities), frozenset({self.workshop_id}), min(turns, default=None)
        )

    def _activity(self, tx: Transaction, activity: Activity, now: datetime) -> dict[str, object]:
        view = activity_view(tx, activity, self.site.policy, now, unmasked=True)
        is_wall = isinstance(view.result, Ideas)
        say = replace(self.voice, now=now)
        there = view.attendance
        return {
            "id": activity.id,
            "number": activity.number,
            "heading": say("web-activity-heading", n=activity.number, type=say(f"question-{activity.question.type}")),
            "question": calm(activity.question.text),
            "phase": view.phase.value,
            "phaseSentence": say(f"web-phase-{view.phase.value}"),
            "shown": say("web-shown" if activity.is_revealed else "web-not-shown"),
            "times": times(activity, view.phase, say),
            "progress": progress(there, say),
            "presence": say("web-presence", present=there.present, joined=there.joined),
            "unreachable": say("web-unreachable", n=there.unreachable) if there.unreachable else "",
            "figures": figures(view.result, say),
            "ideas": say("web-ideas", n=view.idea_count) if is_wall else "",
            "themes": f"/ateliers/{self.workshop_id}/activites/{activity.id}/themes" if is_wall else "",
        }


async def workshops(request: web.Request) -> web.Response:
    """The workshops this person steers, newest first."""

    def unit(tx: Transaction, visit: Visit) -> list[WorkshopLine]:
        return [_line(tx, workshop) for workshop in organised_by(tx, visit.person)]

    return page(request, "workshops.html", lines=await look(request, unit))


async def workshop_page(request: web.Request) -> web.Response:
    """One workshop; its stream fills it."""
    return page(request, "workshop.html")


async def workshop_live(request: web.Request) -> web.StreamResponse:
    """The stream of one workshop, shared by the organisers who speak the same language."""
    site, t = request.config_dict[SITE], voice(request)
    workshop = request[VISIT].of_workshop()
    draw = DrawWorkshop(site, t, workshop.id)
    return await stream(
        request, site.hub, f"workshop:{workshop.id}:{t.language}", draw, lambda: look(request, _admitted)
    )


async def answers_table(request: web.Request) -> web.Response:
    """Every answer, members by number."""
    content = await look(request, lambda tx, visit: answers_csv(tx, visit.of_workshop().id, bom=True).encode())
    return _table(request, "answers", content)


async def ideas_table(request: web.Request) -> web.Response:
    """Every visible idea with its theme, members by number."""
    content = await look(request, lambda tx, visit: ideas_csv(tx, visit.of_workshop().id, bom=True).encode())
    return _table(request, "ideas", content)


async def tables_workbook(request: web.Request) -> web.Response:
    """Everything in one workbook, written away from the event loop."""
    site, t = request.config_dict[SITE], voice(request)
    found = await look(request, lambda tx, visit: tables(tx, visit.of_workshop().id))
    content = await site.apart(workbook, found, headings(found, t), t.zone.key)
    return _file(f"palabre-{request[VISIT].of_workshop().code}.xlsx", content, CONTENT_TYPE)


def _admitted(_: Transaction, visit: Visit) -> Visit:
    return visit


def _line(tx: Transaction, workshop: Workshop) -> WorkshopLine:
    day = f"{workshop.created_at.astimezone(ZoneInfo(workshop.time_zone)):%d/%m/%Y}"
    return WorkshopLine(workshop, day, tx.members.count(workshop.id), len(tx.activities.of_workshop(workshop.id)))


def _table(request: web.Request, name: str, content: bytes) -> web.Response:
    return _file(f"{name}-{request[VISIT].of_workshop().code}.csv", content, "text/csv", "utf-8")


def _file(name: str, content: bytes, content_type: str, charset: str | None = None) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, headers=headers, content_type=content_type, charset=charset)


WORKSHOP = r"/ateliers/{workshop:\d+}"
ENTRANCES = (
    Entrance("GET", "/", workshops, Who.SIGNED_IN),
    Entrance("GET", WORKSHOP, workshop_page, Who.STEERING),
    Entrance("GET", f"{WORKSHOP}/direct", workshop_live, Who.STEERING),
    Entrance("GET", f"{WORKSHOP}/answers.csv", answers_table, Who.STEERING),
    Entrance("GET", f"{WORKSHOP}/ideas.csv", ideas_table, Who.STEERING),
    Entrance("GET", f"{WORKSHOP}/tables.xlsx", tables_workbook, Who.STEERING),
)
