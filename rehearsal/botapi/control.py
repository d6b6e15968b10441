"""A small JSON API to steer the local Bot API from another process, below /_control/.

POST /_control/people {"first_name", "language_code"?, "last_name"?, "username"?, "count"?} -> {"ids": [..]}
POST /_control/people/ID/ACTION {arguments} -> {"result"}: ACTION is a method of Person (opens_link, sends_text,
     edits, presses, sends_photo, sends_document, sends_sticker, forwards, blocks_bot, creates_group, joins…);
     bytes go as base64, a group as its id; presses gives {"press": id}, creates_group {"group": id}
GET  /_control/people/ID/phone[?group=ID] -> {"messages", "toasts", "commands", "started", "blocked"}
GET  /_control/presses -> {press id: {"pending", "answer"}} of the presses made through here
POST /_control/faults {"kind", ...} · DELETE /_control/faults
GET  /_control/recorder -> {"counts": {"method status": n}, "kept"} · GET /_control/recorder/METHOD -> the kept calls
GET  /_control/pending -> {"pending": n} · POST /_control/clock {"advance": seconds} -> {"now"}
With several bots add ?bot=<bot id>.
"""

import inspect
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, Final

import orjson
from aiohttp import web

from rehearsal.botapi.bots import Bot
from rehearsal.botapi.bubbles import as_json
from rehearsal.botapi.chats import Group
from rehearsal.botapi.core import BotApi
from rehearsal.botapi.errors import ActionRefused, ApiError
from rehearsal.botapi.faults import Fault
from rehearsal.botapi.people import Person, Press

_ACTIONS: Final = frozenset(
    [
        "opens_link",
        "sends_text",
        "sends",
        "sends_photo",
        "sends_document",
        "sends_voice",
        "sends_video",
        "sends_audio",
        "sends_sticker",
        "sends_contact",
        "sends_location",
        "sends_dice",
        "sends_forward",
        "forwards",
        "edits",
        "deletes",
        "presses",
        "reacts",
        "blocks_bot",
        "unblocks_bot",
        "deletes_account",
        "creates_group",
        "joins",
        "leaves",
        "adds_bot",
        "removes_bot",
    ]
)
_GROUP_ARGUMENTS: Final = frozenset(("chat", "group", "source", "to"))


class Control:
    """The handlers; a mistake in a request is answered 400 with a sentence."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._presses: dict[str, Press] = {}

    async def add_people(self, request: web.Request) -> Any:
        wanted = await _body(request)
        count = int(wanted.pop("count", 1))
        return {"ids": [self._api.add_person(**wanted).id for _ in range(count)]}

    async def act(self, request: web.Request) -> Any:
        person, action = self._person(request), request.match_info["action"]
        if action not in _ACTIONS:
            raise LookupError(f"unknown action {action!r}; there are: {', '.join(sorted(_ACTIONS))}")
        method = getattr(person, action)
        arguments = self._arguments(await _body(request))
        if "bot" in inspect.signature(method).parameters and action != "creates_group":
            arguments["bot"] = self._bot(request)
        return self._shown(method(**arguments))

    def _arguments(self, body: dict[str, Any]) -> dict[str, Any]:
        for name, value in body.items():
            if name in _GROUP_ARGUMENTS and value is not None:
                body[name] = self._api.groups[int(value)]
            elif name == "content" and isinstance(value, str):
                body[name] = b64decode(value)
            elif name == "button" and isinstance(value, list):
                body[name] = tuple(value)
        return body

    def _shown(self, result: Any) -> Any:
        if isinstance(result, Press):
            self._presses[result.id] = result
            return {"press": result.id}
        return {"group": result.id} if isinstance(result, Group) else {"result": result}

    async def phone(self, request: web.Request) -> Any:
        phone = self._person(request).phone(self._bot(request))
        group = self._api.groups[int(request.query["group"])] if "group" in request.query else None
        return {
            "messages": [as_json(bubble) for bubble in phone.messages(group)],
            "toasts": [as_json(toast) for toast in phone.toasts],
            "commands": [as_json(command) for command in phone.commands],
            "started": phone.started,
            "blocked": phone.blocked,
        }

    async def presses(self, _: web.Request) -> Any:
        return {
            press.id: {"pending": press.pending, "answer": asdict(press.answer) if press.answer else None}
            for press in self._presses.values()
        }

    async def add_fault(self, request: web.Request) -> Any:
        self._api.faults.add(Fault(**await _body(request)))
        return {}

    async def clear_faults(self, _: web.Request) -> Any:
        self._api.faults.clear()
        return {}

    async def recorder(self, _: web.Request) -> Any:
        recorder = self._api.recorder
        counts = {f"{method} {status}": count for (method, status), count in recorder.counts.items()}
        return {"counts": counts, "kept": len(recorder.calls)}

    async def recorded(self, request: web.Request) -> Any:
        return [asdict(recorded) for recorded in self._api.recorder.of(request.match_info["method"])]

    async def pending(self, request: web.Request) -> Any:
        return {"pending": self._api.pending(self._bot(request))}

    async def advance(self, request: web.Request) -> Any:
        await self._api.clock.advance(float((await _body(request))["advance"]))
        return {"now": self._api.clock.now()}

    def _person(self, request: web.Request) -> Person:
        return self._api.people[int(request.match_info["person"])]

    def _bot(self, request: web.Request) -> Bot:
        if "bot" in request.query:
            return self._api.bots_by_id[int(request.query["bot"])]
        return self._api.only_bot


def control_routes(api: BotApi) -> list[web.RouteDef]:
    control = Control(api)
    return [
        web.post("/_control/people", _handler(control.add_people)),
        web.get("/_control/people/{person:\\d+}/phone", _handler(control.phone)),
        web.post("/_control/people/{person:\\d+}/{action}", _handler(control.act)),
        web.get("/_control/presses", _handler(control.presses)),
        web.post("/_control/faults", _handler(control.add_fault)),
        web.delete("/_control/faults", _handler(control.clear_faults)),
        web.get("/_control/recorder", _handler(control.recorder)),
        web.get("/_control/recorder/{method}", _handler(control.recorded)),
        web.get("/_control/pending", _handler(control.pending)),
        web.post("/_control/clock", _handler(control.advance)),
    ]


def _handler(
    answer: Callable[[web.Request], Awaitable[Any]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            status, body = 200, await answer(request)
        except ActionRefused as refused:
            status, body = 409, {"error": str(refused)}
        except ApiError as error:
            status, body = 400, {"error": error.description}
        except (LookupError, TypeError, ValueError) as mistake:
            status, body = 400, {"error": f"{type(mistake).__name__}: {mistake}"}
        return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")

    return handle


async def _body(request: web.Request) -> dict[str, Any]:
    content = await request.read()
    body = orjson.loads(content) if content else {}
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body
