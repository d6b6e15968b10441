"""Claims about the rewording of names, over HTTP: it only ever helps, and people always win."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.commands.check_findings import Level
from app.commands.check_rewording import check_rewording
from app.engine import Engine, Found, FoundTheme
from app.rewording import Rewording
from app.settings import Settings
from app.settings_sections import AnalysisSettings

TEXTS = (
    "Des bus gratuits",
    "Le bus de nuit",
    "Plus de bus",
    "Une crèche ouverte le soir",
    "La crèche du centre",
    "Crèche",
)
FOUND = Found(
    (FoundTheme(1, "Bus", (), (0, 1, 2), (1,), 0.9), FoundTheme(2, "Crèche", (), (3, 4, 5), (3,), 0.8)), "", 0.0, {}
)
Answer = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


@dataclass
class Model:
    """A language model's endpoint: what it was asked, and how it answers."""

    answer: Answer
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        self.keys.append(request.headers.get("Authorization"))
        return await self.answer(request, body)

    def rewording(self, key: str | None = None, seconds: float = 5) -> Rewording:
        return Rewording(self.url, "petit-modele", key, seconds)


def says(buses: str, nursery: str) -> Answer:
    async def answer(_: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        name = buses if "bus" in body["messages"][1]["content"].lower() else nursery
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": name}}]})

    return answer


@pytest_asyncio.fixture
async def model() -> AsyncIterator[Model]:
    made = Model(says("Bus de nuit gratuits", "Crèche ouverte le soir"))
    application = web.Application()
    application.router.add_post("/v1/chat/completions", made.take)
    async with TestServer(application) as server:
        made.url = str(server.make_url("/v1"))
        yield made


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    running = Engine(processes=1, seed=0)
    yield running
    running.close()


async def labels(rewording: Rewording, engine: Engine, named: dict[int, str] | None = None) -> list[tuple[str, str]]:
    found = await rewording.reword(FOUND, TEXTS, "Que changer ?", named or {}, engine)
    return [(theme.label, theme.reworded_from) for theme in found.themes]


async def test_a_name_made_of_the_ideas_words_is_taken_and_remembers_the_one_found(
    model: Model, engine: Engine
) -> None:
    told = await labels(model.rewording("sk-secret"), engine)
    assert told == [("Bus de nuit gratuits", "Bus"), ("Crèche ouverte le soir", "Crèche")]
    assert model.keys == ["Bearer sk-secret"] * 2
    assert {body["model"] for body in model.asked} == {"petit-modele"}


async def test_an_invented_name_is_dropped_and_the_other_kept(model: Model, engine: Engine) -> None:
    model.answer = says("Mobilité durable", "Crèche ouverte")
    assert await labels(model.rewording(), engine) == [("Bus", ""), ("Crèche ouverte", "Crèche")]


async def test_nobody_asks_about_a_theme_that_people_named(model: Model, engine: Engine) -> None:
    told = await labels(model.rewording(), engine, {1: "Nos bus"})
    assert told == [("Bus", ""), ("Crèche ouverte le soir", "Crèche")]
    assert len(model.asked) == 1


async def test_the_same_ideas_are_asked_about_once(model: Model, engine: Engine) -> None:
    rewording = model.rewording()
    assert await labels(rewording, engine) == await labels(rewording, engine)
    assert len(model.asked) == 2


async def test_the_same_ideas_under_another_question_are_asked_about_again(model: Model, engine: Engine) -> None:
    rewording = model.rewording()
    for question in ("Que changer ?", "Que garder ?"):
        await rewording.reword(FOUND, TEXTS, question, {}, engine)
    assert len(model.asked) == 4
    await rewording.reword(FOUND, TEXTS, "Que changer ?", {}, engine)
    assert len(model.asked) == 4


async def test_words_taken_back_are_not_kept_in_memory(model: Model, engine: Engine) -> None:
    """Neither what people wrote, nor what the model said of a group that is there no more."""
    rewording, texts = model.rewording(), ["La crèche de Driss", *TEXTS[:3], *TEXTS[4:]]
    model.answer = says("Bus de nuit", "La crèche de Driss")
    driss = replace(FOUND, themes=(FOUND.themes[0], replace(FOUND.themes[1], rows=(0, 4, 5), quotes=(0,))))
    await rewording.reword(driss, texts, "Que changer ?", {}, engine)
    assert "bus de nuit" in remembered(rewording)
    assert texts[1].lower() not in remembered(rewording)
    await rewording.reword(replace(FOUND, themes=FOUND.themes[:1]), TEXTS, "Que changer ?", {}, engine)
    assert "driss" not in remembered(rewording)


def remembered(rewording: Rewording) -> str:
    """All that the object holds, as text."""
    return repr(vars(rewording)).lower()


async def test_a_bug_costs_a_name_and_not_the_grouping(
    model: Model, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = aiohttp.ClientSession.post

    def broken(session: aiohttp.ClientSession, url: str, **more: Any) -> Any:
        if "crèche" in str(more["json"]).lower():
            raise AttributeError("a bug of a library")
        return post(session, url, **more)

    monkeypatch.setattr(aiohttp.ClientSession, "post", broken)
    assert await labels(model.rewording(), engine) == [("Bus de nuit gratuits", "Bus"), ("Crèche", "")]


async def _checked(model: Model) -> list[tuple[Level, str]]:
    settings = Settings(analysis=AnalysisSettings(rewording_url=model.url, rewording_model="petit-modele"))
    return [(finding.level, finding.fact) for finding in await check_rewording(settings)]


async def test_the_check_tries_the_model_on_ideas_of_ours(model: Model) -> None:
    ((level, fact),) = await _checked(model)
    assert level is Level.GOOD
    assert "« Bus de nuit gratuits »" in fact
    model.answer = says("Mobilité durable", "")
    assert [level for level, _ in await _checked(model)] == [Level.WARNING]
    model.answer = _refuse
    assert [level for level, _ in await _checked(model)] == [Level.WARNING]


async def test_without_a_model_the_check_says_nothing_of_it() -> None:
    assert await check_rewording(Settings()) == []


async def _refuse(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.json_response({"error": "overloaded"}, status=503)


async def _rubbish(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.Response(body=b"\xff\x00 not json")


async def _other_shape(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.json_response({"choices": [{"message": {"content": None}}]})


async def _no_choice(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.json_response({"choices": []})


async def _a_list(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.json_response(["Bus de nuit"])


async def _flood(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.Response(body=b"[" * 300_000)


async def _brackets(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    return web.Response(body=b"[" * 60_000)


async def _hang_up(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def _elsewhere(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    raise web.HTTPTemporaryRedirect("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "answer", [_refuse, _rubbish, _other_shape, _no_choice, _a_list, _flood, _brackets, _hang_up, _elsewhere]
)
async def test_any_failure_leaves_the_names_found(model: Model, engine: Engine, answer: Answer) -> None:
    model.answer = answer
    assert await labels(model.rewording(), engine) == [("Bus", ""), ("Crèche", "")]


async def test_nobody_listening_leaves_the_names_found(engine: Engine) -> None:
    assert await labels(Rewording("http://127.0.0.1:9/v1", "m", None, 5), engine) == [("Bus", ""), ("Crèche", "")]


async def test_a_name_that_is_late_stays_as_found_and_the_others_come(model: Model, engine: Engine) -> None:
    prompt, late = says("Bus de nuit", "Crèche du soir"), asyncio.Event()

    async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        if "bus" in body["messages"][1]["content"].lower():
            await late.wait()
        return await prompt(request, body)

    model.answer = answer
    assert await labels(model.rewording(seconds=1), engine) == [("Bus", ""), ("Crèche du soir", "Crèche")]
    late.set()
