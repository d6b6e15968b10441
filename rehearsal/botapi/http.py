"""The local Bot API over real HTTP, at the addresses Telegram uses."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from aiohttp import web

from rehearsal.botapi.control import control_routes
from rehearsal.botapi.core import BotApi
from rehearsal.botapi.errors import ApiError, ConnectionCut
from rehearsal.botapi.forms import read_form
from rehearsal.botapi.limits import UPLOAD_BYTES

_NOT_FOUND = ApiError(404, "Not Found")
_TOO_LARGE = ApiError(413, "Request Entity Too Large")


class BotApiServer:
    """`async with BotApiServer(api, port=0) as server:` then `server.url`, the part before /bot<token>."""

    def __init__(self, api: BotApi, *, host: str = "127.0.0.1", port: int = 0, control: bool = False) -> None:
        self._api = api
        self._host = host
        self._port = port
        self._runner = web.AppRunner(
            application(api, control=control), handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        self.url = ""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self.url = f"http://{self._host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()
        await self._api.close()


def application(api: BotApi, *, control: bool = False) -> web.Application:
    """The aiohttp application; mount it in another one with `add_subapp`, or its `routes` beside others."""
    app = web.Application(client_max_size=UPLOAD_BYTES + 2**20)
    app.add_routes(routes(api))
    if control:
        app.add_routes(control_routes(api))
    return app


def routes(api: BotApi) -> list[web.RouteDef]:
    async def obey(request: web.Request) -> web.StreamResponse:
        return await _obey(api, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return _download(api, request)

    return [
        web.get("/file/bot{token}/{path:.+}", download),
        web.get("/bot{token:[^/]+}/{method:[^/]*}", obey),
        web.post("/bot{token:[^/]+}/{method:[^/]*}", obey),
    ]


async def _obey(api: BotApi, request: web.Request) -> web.StreamResponse:
    token, method = request.match_info["token"], request.match_info["method"]
    try:
        parameters, files = await read_form(request.headers.get("Content-Type", ""), await request.read())
        reply = await api.call(token, method, {**request.query, **parameters}, files)
    except ApiError as error:
        return web.json_response(error.payload(), status=error.code)
    except ConnectionCut:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=502)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response(_TOO_LARGE.payload(), status=413)
    headers = {"Retry-After": str(reply.retry_after)} if reply.retry_after else None
    return web.Response(
        body=reply.body, status=reply.status, headers=headers, content_type="application/json"
    )  # fmt: skip


def _download(api: BotApi, request: web.Request) -> web.StreamResponse:
    stored = api.files.by_path(request.match_info["path"])
    if request.match_info["token"] not in api.bots or stored is None:
        return web.json_response(_NOT_FOUND.payload(), status=404)
    return web.Response(body=stored.content, content_type="application/octet-stream")
