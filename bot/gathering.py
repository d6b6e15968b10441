"""Updates that a webhook brings one by one are taken together when they come within the same few milliseconds."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.calls import Call
from bot.intake import Intake
from bot.posting import Poster
from participation.model.message import Reply

GATHER_SECONDS = 0.008
"""Nobody sees eight milliseconds; in a hall that votes they halve the processor time of a vote."""
ENOUGH = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """What the response to a press says, and the row that keeps it until it is gone."""

    reply: Reply
    call: Call


@dataclass(frozen=True, slots=True)
class _Waiting:
    update: dict[str, Any]
    answered: "asyncio.Future[Answer | None]"


class Gathering:
    """Stands before the intake. The answers to presses go back to whoever brought them, all else to the poster."""

    def __init__(self, intake: Intake, poster: Poster) -> None:
        self._intake = intake
        self._poster = poster
        self._waiting: list[_Waiting] = []
        self._later: asyncio.TimerHandle | None = None
        self._takings: set[asyncio.Task[None]] = set()

    async def accept(self, update: dict[str, Any]) -> Answer | None:
        """Keep it and deal with it; returns once committed. Raises what the store raises: then nothing is kept."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Answer | None] = loop.create_future()
        self._waiting.append(_Waiting(update, answered))
        if len(self._waiting) >= ENOUGH:
            self._go()
        elif self._later is None:
            self._later = loop.call_later(GATHER_SECONDS, self._go)
        return await answered

    def _go(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        together, self._waiting = self._waiting, []
        taking = asyncio.ensure_future(self._take(together))
        self._takings.add(taking)
        taking.add_done_callback(self._takings.discard)

    async def _take(self, together: Sequence[_Waiting]) -> None:
        taking = asyncio.ensure_future(self._intake.keep([waiting.update for waiting in together]))
        await asyncio.wait([taking])
        if taking.cancelled() or (problem := taking.exception()) is not None:
            for waiting in together:
                _fail(waiting.answered, None if taking.cancelled() else problem)
            return
        answers = {}
        for reply in taking.result().replies:
            call = Call.from_json(reply.body) if reply.lane == "answer" else None
            if call is None:
                self._poster.send([reply])
            else:
                answers[call.params["callback_query_id"]] = Answer(reply, call)
        for waiting in together:
            press = _press_of(waiting.update)
            self._give(waiting, answers.pop(press, None) or self._said(press))
        self._poster.send([answer.reply for answer in answers.values()])

    def _said(self, press: object) -> Answer | None:
        """A press that comes again was answered by a response that nobody read."""
        reply = self._poster.said(press) if press is not None else None
        return Answer(reply, Call.from_json(reply.body)) if reply is not None else None

    def _give(self, waiting: _Waiting, answer: Answer | None) -> None:
        if not waiting.answered.done():
            waiting.answered.set_result(answer)
        elif answer is not None:  # whoever brought it has hung up
            self._poster.send([answer.reply])


def _press_of(update: dict[str, Any]) -> object:
    query = update.get("callback_query")
    number = query.get("id") if isinstance(query, dict) else None
    return number if isinstance(number, str) else None


def _fail(answered: "asyncio.Future[Answer | None]", problem: BaseException | None) -> None:
    if answered.done():
        return
    if problem is None:
        answered.cancel()
    else:
        answered.set_exception(problem)
