"""Serves the phones page: its files, the pictures of the bubbles, and the line on which everything moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path

from aiohttp import web

from rehearsal.botapi import Bot, BotApi
from rehearsal.crowd import Crowd
from rehearsal.phones.gestures import Gestures
from rehearsal.phones.line import Line
from rehearsal.phones.links import Links
from rehearsal.phones.stage import COUNCILLOR, FACILITATOR, News, Stage

STATIC = Path(__file__).parent / "static"
FIRST_CAST = (FACILITATOR, COUNCILLOR, COUNCILLOR)
CROWD_TICK = 0.4  # seconds between two looks at the crowd's counts
PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def phones_application(
    api: BotApi, *, bot_username: str, links: Links | None = None, crowd: Crowd | None = None
) -> web.Application:
    """The page as an aiohttp application, to be served alone or mounted under any prefix that ends with « / ».

    A crowd that has people from the start comes in by itself when the first workshop opens.
    Raises KeyError when no bot of `api` has this username.
    """
    bot = next((bot for bot in api.bots.values() if bot.username == bot_username), None)
    if bot is None:
        raise KeyError(f"no bot is called {bot_username!r}")
    return _Desk(api, bot, links or Links(), crowd).application()


class _Desk:
    """Keeps together what the handlers of one page share."""

    def __init__(self, api: BotApi, bot: Bot, links: Links, crowd: Crowd | None) -> None:
        self._api = api
        self._bot = bot
        self._links = links
        self._crowd = crowd
        self._stage = Stage(api, bot)
        self._gestures = Gestures(self._stage, bot, links, crowd)
        self._line = Line(self._stage, self._gestures, self._greet)
        self._entrances: list[asyncio.Task[None]] = []

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/", _show_page)
        app.router.add_get("/line", self._line.follow)
        app.router.add_get("/files/{file_id}", self._give_file)
        app.router.add_static("/static", STATIC)
        app.on_response_prepare.append(_protect)
        app.cleanup_ctx.append(self._live)
        app.on_shutdown.append(self._hang_up)
        return app

    async def _live(self, _: web.Application) -> AsyncIterator[None]:
        for role in FIRST_CAST:
            self._stage.add(role)
        self._stage.listen(self._let_in)
        watching = asyncio.create_task(self._watch_crowd())
        yield
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await asyncio.gather(*self._entrances, return_exceptions=True)
        await self._gestures.close()
        if self._crowd:
            await self._crowd.stop()
        self._stage.close()

    async def _hang_up(self, _: web.Application) -> None:
        await self._line.close()

    def _let_in(self, news: News) -> None:
        if news["type"] == "code" and self._crowd and self._crowd.size and not self._crowd.status.code:
            self._entrances.append(asyncio.create_task(self._crowd.start(news["code"])))

    async def _watch_crowd(self) -> None:
        told = None
        while self._crowd:
            status = self._crowd.status
            if status != told:
                told = status
                self._stage.tell({"type": "crowd", "status": asdict(status)})
            await asyncio.sleep(CROWD_TICK)

    def _greet(self) -> News:
        links = {
            "projector": self._links.projector,
            "organiser": self._links.organiser,
            "invites": self._links.invite is not None,
        }
        crowd = asdict(self._crowd.status) if self._crowd else None
        phones = self._stage.phones()
        return {
            "type": "state", "bot": self._bot.username, "code": self._stage.code, "links": links,
            "phones": phones, "crowd": crowd,
        }  # fmt: skip

    async def _give_file(self, request: web.Request) -> web.Response:
        """The bytes of an attachment; only pictures open in the page, all else is downloaded."""
        try:
            file = self._api.file(request.match_info["file_id"])
        except KeyError:
            raise web.HTTPNotFound(text="Ce fichier n’est plus gardé.") from None
        kind = _picture_type(file.content)
        response = web.Response(body=file.content, content_type=kind or "application/octet-stream")
        if kind is None:
            response.headers["Content-Disposition"] = "attachment"
        return response


async def _show_page(_: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


async def _protect(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def _picture_type(content: bytes) -> str | None:
    """What a browser may show of these bytes, from their first ones."""
    signatures: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: content.startswith(b"\x89PNG\r\n\x1a\n"), PICTURES[0]),
        (lambda: content.startswith(b"\xff\xd8\xff"), PICTURES[1]),
        (lambda: content[:4] == b"RIFF" and content[8:12] == b"WEBP", PICTURES[2]),
        (lambda: content.startswith((b"GIF87a", b"GIF89a")), PICTURES[3]),
    )
    return next((kind for test, kind in signatures if test()), None)
