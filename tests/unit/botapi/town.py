"""A small world for the tests of the local Bot API: one bot, Amina and Bruno, a clock that stands still."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from rehearsal.botapi import Bot, BotApi, Person, Recorded, Upload, VirtualClock
from tests.unit.botapi.official_schema import PLACE, check_call, check_update

TOKEN = "123456:a-secret-of-the-tests"


class Refused(AssertionError):
    """An answer with ok false; `code`, `description` and `parameters` are what it held."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer)
        self.code: int = answer["error_code"]
        self.description: str = answer["description"]
        self.parameters: dict[str, Any] = answer.get("parameters", {})


@dataclass
class Town:
    """Calls by `ask`; every request obeyed and every answer is compared with the official schema."""

    clock: VirtualClock = field(default_factory=VirtualClock)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.api = BotApi(self.clock, seed=7, **self.options)
        watch(self.api)
        self.bot: Bot = self.api.add_bot(TOKEN)
        self.amina: Person = self.api.add_person("Amina", last_name="B.", username="amina")
        self.bruno: Person = self.api.add_person("Bruno", language_code="en")

    async def ask(self, method: str, files: dict[str, Upload] | None = None, /, **parameters: Any) -> Any:
        reply = await self.api.call(TOKEN, method, parameters, files)
        if not reply.answer["ok"]:
            assert reply.status == reply.answer["error_code"]
            raise Refused(reply.answer)
        return reply.answer["result"]

    async def refusal(self, method: str, files: dict[str, Upload] | None = None, /, **parameters: Any) -> str:
        """The description of the error this call gets."""
        try:
            await self.ask(method, files, **parameters)
        except Refused as refused:
            return refused.description
        raise AssertionError(f"{method} was obeyed")

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.ask("getUpdates", **parameters)
        return found


def watch(api: BotApi) -> None:
    """Compare each obeyed call of this server with the official schema, where it is at hand."""

    def compare(recorded: Recorded) -> None:
        if recorded.answer is None or not recorded.answer["ok"]:
            return
        check_call(recorded.method, recorded.parameters, recorded.files, recorded.answer)
        if recorded.method == "getUpdates":
            for update in recorded.answer["result"]:
                check_update(update)

    if PLACE.exists():
        api.recorder.listen(compare)


def picture(width: int = 40, height: int = 30, colour: str = "navy") -> bytes:
    """A real PNG."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "PNG")
    return written.getvalue()


def keyboard(*labels: str) -> dict[str, Any]:
    """One inline button per row, its data the label in lower case."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}


async def until(condition: Callable[[], bool]) -> None:
    """Let real time pass until something has happened on the other side of a socket."""
    while not condition():  # noqa: ASYNC110 -- the condition is another program's state: nothing sets an event
        await asyncio.sleep(0.005)
