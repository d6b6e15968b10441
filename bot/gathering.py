"""Updates that a webhook brings one by one are taken together when they come within the same few milliseconds."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from bot.calls import Call
from bot.intake import Intake, Taken
from bot.posting import Poster
from participation.model.message import Reply

GATHER_SECONDS = 0.008
"""Nobody sees eight milliseconds; in a hall that votes they halve the processor time of a vote."""
ENOUGH = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """What the response to a press says, and the row that keeps it until it has surely arrived."""

    reply: Reply
    call: Call

    def in_response(self) -> bytes:
        """As Telegram reads it in the response to an update: the method among its parameters."""
        return orjson.dumps({"method": self.call.method, **self.call.params})


@dataclass(frozen=True, slots=True)
class Dealt:
    """What became of one update: what its response should say, or why it could not be kept."""

    answer: Answer | None = None
    problem: BaseException | None = None


Told = Callable[[Dealt], None]
"""Called once, in the event loop, when the commit is done or has failed."""


class Gathering:
    """Stands before the intake. The answers to presses go back to whoever brought them, all else to the poster."""

    def __init__(self, intake: Intake, poster: Poster) -> None:
        self._intake = intake
        self._poster = poster
        self._waiting: list[tuple[dict[str, Any], Told]] = []
        self._later: asyncio.TimerHandle | None = None
        self._takings: set[asyncio.Task[None]] = set()

    def bring(self, update: dict[str, Any], told: Told) -> None:
        """Keep it and deal with it; `told` is called once that is committed, or impossible: then nothing is kept."""
        self._waiting.append((update, told))
        if len(self._waiting) >= ENOUGH:
            self._go()
        elif self._later is None:
            self._later = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._go)

    def gone(self, answer: Answer) -> None:
        """The response left: this answer needs no call."""
        self._poster.gave(answer.call.params["callback_query_id"], answer.reply)

    def stayed(self, answer: Answer) -> None:
        """The response could not leave: this answer goes by a call."""
        self._poster.send([answer.reply])

    def _go(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        together, self._waiting = self._waiting, []
        taking = asyncio.ensure_future(self._take(together))
        self._takings.add(taking)
        taking.add_done_callback(self._takings.discard)

    async def _take(self, together: Sequence[tuple[dict[str, Any], Told]]) -> None:
        try:
            taken = await self._intake.keep([update for update, _ in together])
        except BaseException as problem:
            for _, told in together:
                told(Dealt(problem=problem))
            if not isinstance(problem, Exception):
                raise
            return
        answers = self._answers(taken)
        for update, told in together:
            press = _press_of(update)
            dealt = Dealt((answers.pop(press, None) or self._said(press)) if press else None)
            asyncio.get_running_loop().call_soon(told, dealt)  # a fault in one leaves the others their answers
        for answer in answers.values():
            self.stayed(answer)

    def _answers(self, taken: Taken) -> dict[str, Answer]:
        """The answer of each press, by its number; what else is to be said leaves by calls."""
        answers = {}
        for reply in taken.replies:
            if reply.lane == "answer":
                call = Call.from_json(reply.body)
                answers[call.params["callback_query_id"]] = Answer(reply, call)
            else:
                self._poster.send([reply])
        return answers

    def _said(self, press: str) -> Answer | None:
        """A press that comes again was answered by a response that nobody read."""
        reply = self._poster.said(press)
        return Answer(reply, Call.from_json(reply.body)) if reply is not None else None


def _press_of(update: dict[str, Any]) -> str | None:
    query = update.get("callback_query")
    number = query.get("id") if isinstance(query, dict) else None
    return number if isinstance(number, str) else None
