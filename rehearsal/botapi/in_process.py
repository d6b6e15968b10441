"""A python-telegram-bot request that reaches the local Bot API without a socket."""

from typing import Any
from urllib.parse import unquote

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from rehearsal.botapi.core import BotApi
from rehearsal.botapi.errors import ConnectionCut
from rehearsal.botapi.parameters import Upload


class Carried(bytes):
    """An answer carried as the object it is: within one process there is no JSON to write and read again."""

    answer: dict[str, Any]

    @classmethod
    def of(cls, answer: dict[str, Any]) -> "Carried":
        carried = cls()
        carried.answer = answer
        return carried


class InProcessRequest(BaseRequest):
    """Give it twice to an ApplicationBuilder: `.request(…)` and `.get_updates_request(…)`."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        return payload.answer if isinstance(payload, Carried) else BaseRequest.parse_json_payload(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_more_timeouts: object,
    ) -> tuple[int, bytes]:
        _, _, path = url.partition("/bot")
        token, _, name = path.partition("/")
        if "/file/" in url:
            return self._download(unquote(token), unquote(name))
        parameters = request_data.parameters if request_data else {}
        files = _uploads(request_data) if request_data and request_data.contains_files else {}
        try:
            reply = await self._api.call(token, name, parameters, files)
        except ConnectionCut as cut:
            raise NetworkError(str(cut)) from cut
        return reply.status, Carried.of(reply.answer)

    def _download(self, token: str, path: str) -> tuple[int, bytes]:
        stored = self._api.files.by_path(path) if token in self._api.bots else None
        if stored is None:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        return 200, stored.content


def _uploads(request_data: RequestData) -> dict[str, Upload]:
    uploads = {}
    for part, (name, content, mime_type) in request_data.multipart_data.items():
        data = content if isinstance(content, bytes) else content.read()
        uploads[part] = Upload(name, data, mime_type)
    return uploads
