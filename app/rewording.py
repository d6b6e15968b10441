"""Have an organiser's own language model reword the names that the machine found, and fall back on those at any trouble."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import aiohttp

from analysis.rewording import messages
from app.engine import Engine, Found, FoundTheme
from app.settings import Settings

log = logging.getLogger(__name__)

LARGEST_ANSWER = 64 * 1024
MOST_TOKENS = 400
"""Enough for a name, even by a model that thinks before it answers."""
AT_ONCE = 4
KEPT = 500

OUTAGES = (aiohttp.ClientError, TimeoutError, ValueError, KeyError, IndexError, TypeError, RecursionError)
"""Of the line, of its server, of what it answers: brackets in brackets by thousands are more than a reader of JSON can bear."""


class Rewording:
    """Asks an OpenAI-compatible endpoint for the name of each theme; see `analysis.rewording` for what is accepted.

    All the names of a grouping together take at most `seconds`; those that did not come in time stay as found. The same
    group with the same ideas is asked once while it lasts: the answers about groups that are there no more are forgotten,
    and no text is kept, only a digest.
    """

    def __init__(self, url: str, model: str, key: str | None, seconds: float) -> None:
        self._url = f"{url}/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._seconds = seconds
        self._limit = aiohttp.ClientTimeout(total=seconds)
        self._known: dict[tuple[bytes, bytes], str] = {}

    async def reword(
        self, found: Found, texts: Sequence[str], question: str, named: Mapping[int, str], engine: Engine
    ) -> Found:
        """The grouping with the names that were accepted; themes that people named are not even asked about."""
        themes = [theme for theme in found.themes if theme.id not in named]
        answers = await self._answers(themes, texts, question)
        self._forget_others({_asked(t.label, _said(t, texts), question) for t in themes}, question)
        if not any(answers):
            return found
        said = [(theme.label, answer, _said(theme, texts)) for theme, answer in zip(themes, answers, strict=True)]
        labels = await engine.run(_accepted, said, [theme.label for theme in found.themes])
        fresh = {theme.id: label for theme, label in zip(themes, labels, strict=True) if label}
        return replace(found, themes=tuple(_reworded(theme, fresh.get(theme.id, "")) for theme in found.themes))

    async def try_it(self, label: str, ideas: tuple[str, ...]) -> str:
        """What the model answers to one question; raises one of `OUTAGES` when it does not."""
        async with aiohttp.ClientSession(timeout=self._limit, headers=self._headers) as session:
            return await self._post(session, label, ideas, "")

    async def _answers(self, themes: Sequence[FoundTheme], texts: Sequence[str], question: str) -> list[str]:
        places = asyncio.Semaphore(AT_ONCE)
        async with aiohttp.ClientSession(timeout=self._limit, headers=self._headers) as session:
            tasks = [
                asyncio.create_task(self._ask(session, places, t.label, _said(t, texts), question)) for t in themes
            ]
            if tasks:
                try:
                    await asyncio.wait(tasks, timeout=self._seconds)
                finally:
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
        return [_result(task) for task in tasks]

    async def _ask(
        self,
        session: aiohttp.ClientSession,
        places: asyncio.Semaphore,
        label: str,
        ideas: tuple[str, ...],
        question: str,
    ) -> str:
        """What the model answers, empty at any trouble: one line in the log says which, without what people wrote."""
        asked = _asked(label, ideas, question)
        if asked in self._known:
            return self._known[asked]
        try:
            async with places:
                answer = await self._post(session, label, ideas, question)
        except OUTAGES as problem:
            log.warning("a theme keeps the name that was found: the rewording failed (%s)", type(problem).__name__)
            return ""
        while len(self._known) >= KEPT:
            del self._known[next(iter(self._known))]
        self._known[asked] = answer
        return answer

    def _forget_others(self, asked: set[tuple[bytes, bytes]], question: str) -> None:
        """Of this question, keep what the last grouping asked: an answer may quote words that were taken back since."""
        theirs = _digest(question)
        self._known = {key: said for key, said in self._known.items() if key[0] != theirs or key in asked}

    async def _post(self, session: aiohttp.ClientSession, label: str, ideas: tuple[str, ...], question: str) -> str:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": messages(label, ideas, question),
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
        }
        async with session.post(self._url, json=body, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(response.status)
            content = bytearray()
            async for chunk in response.content.iter_chunked(LARGEST_ANSWER):
                content += chunk
                if len(content) > LARGEST_ANSWER:
                    raise ValueError("too long")
        return _content(bytes(content))


def _result(task: asyncio.Task[str]) -> str:
    """What a task brought; a bug in one costs its name, not the grouping."""
    if task.cancelled():
        return ""
    problem = task.exception()
    if problem is not None:
        log.error("a theme keeps the name that was found: the rewording broke (%s)", type(problem).__name__)
        return ""
    return task.result()


def _asked(label: str, ideas: Sequence[str], question: str) -> tuple[bytes, bytes]:
    """A question and a group of its ideas, by digests."""
    return _digest(question), _digest(label, *ideas)


def _digest(*texts: str) -> bytes:
    return blake2b(json.dumps(texts).encode(), digest_size=16).digest()


def _content(body: bytes) -> str:
    answer = json.loads(body)["choices"][0]["message"]["content"]
    if not isinstance(answer, str):
        raise TypeError(type(answer).__name__)
    return answer


def _said(theme: FoundTheme, texts: Sequence[str]) -> tuple[str, ...]:
    """Ideas of a theme, those that say it best first."""
    rows = dict.fromkeys([*theme.quotes, *theme.rows])
    return tuple(texts[row] for row in rows)


def _reworded(theme: FoundTheme, label: str) -> FoundTheme:
    return replace(theme, label=label, reworded_from=theme.label) if label else theme


def _accepted(said: list[tuple[str, str, tuple[str, ...]]], taken: list[str]) -> list[str]:
    """In the worker, where words are known: of (name found, answer, ideas), the names to show; empty for those to keep."""
    from analysis.rewording import accepted

    labels: list[str] = []
    for label, answer, ideas in said:
        proposed = accepted(answer, ideas, [*taken, *labels]) if answer else ""
        labels.append(proposed if proposed != label else "")
    return labels


def rewording_of(settings: Settings) -> Rewording | None:
    """The language model that rewords the names of themes, if the settings give one."""
    given = settings.analysis
    if not given.rewording_url:
        return None
    key = given.rewording_key.get_secret_value() if given.rewording_key else None
    return Rewording(given.rewording_url, given.rewording_model, key, given.rewording_seconds)
