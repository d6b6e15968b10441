"""Claims about the server of the phones page: what a page is told, and what becomes of its gestures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from rehearsal.botapi import BotApi
from rehearsal.crowd import Crowd
from rehearsal.phones import Links, phones_application
from rehearsal.phones.attachments import SENDINGS
from rehearsal.phones.gestures import MALFORMED
from tests.integration.rehearsal.toy_bot import ToyBot


class Page:
    """An open page: the news it has received, and the gestures it makes."""

    def __init__(self, line: ClientWebSocketResponse) -> None:
        self.line = line
        self.state: dict[str, Any] = {}

    async def hear(self, kind: str, **wanted: Any) -> dict[str, Any]:
        """The next news of this kind with these fields; the others are passed over."""
        async with asyncio.timeout(10):
            while True:
                news: dict[str, Any] = await self.line.receive_json()
                if news["type"] == kind and all(news.get(name) == value for name, value in wanted.items()):
                    return news

    async def do(self, gesture: str, phone: int | None = None, **more: Any) -> None:
        await self.line.send_json({"do": gesture, "phone": phone, **more})

    def phone(self, name: str) -> dict[str, Any]:
        return next(phone for phone in self.state["phones"] if phone["name"] == name)


@pytest.fixture
async def toy() -> AsyncIterator[ToyBot]:
    api = BotApi(seed=1)
    toy = ToyBot(api, api.add_bot("123456:rehearsal-token", username="palabre_bot", first_name="Palabre"))
    living = asyncio.create_task(toy.live())
    yield toy
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)


@pytest.fixture
async def client(toy: ToyBot) -> AsyncIterator[TestClient[Any, Any]]:
    async def invite() -> str:
        return "ANIMATION"

    links = Links("http://127.0.0.1:1/ecran/{code}", "http://127.0.0.1:1/", invite)
    crowd = Crowd(toy._api, 0, 7, 3000.0, bot=toy._bot)
    application = phones_application(toy._api, bot_username="palabre_bot", links=links, crowd=crowd)
    async with TestClient(TestServer(application)) as client:
        yield client


@pytest.fixture
async def page(client: TestClient[Any, Any]) -> AsyncIterator[Page]:
    async with client.ws_connect("/line") as line:
        page = Page(line)
        page.state = await page.hear("state")
        yield page


async def test_a_page_begins_with_one_facilitator_two_councillors_and_the_links(page: Page) -> None:
    assert [(phone["name"], phone["role"]) for phone in page.state["phones"]] == [
        ("Bruno", "facilitator"),
        ("Amina", "councillor"),
        ("Josiane", "councillor"),
    ]
    assert page.state["links"] == {
        "projector": "http://127.0.0.1:1/ecran/{code}",
        "organiser": "http://127.0.0.1:1/",
        "invites": True,
    }


async def test_a_facilitator_is_let_in_by_a_fresh_invitation(page: Page) -> None:
    bruno = page.phone("Bruno")["id"]
    await page.do("invitation", bruno)
    assert (await page.hear("bubble", phone=bruno))["bubble"]["text"] == "/start ANIMATION"
    assert "vous animez" in (await page.hear("bubble", phone=bruno))["bubble"]["text"]


async def test_joining_pressing_and_voting_shows_bubbles_toasts_and_the_end_of_the_wait(
    page: Page, toy: ToyBot
) -> None:
    amina = page.phone("Amina")["id"]
    await page.do("start", amina, code=toy.code)
    consent = (await page.hear("bubble", phone=amina, type="bubble"))["bubble"]
    while not consent["keyboard"]:
        consent = (await page.hear("bubble", phone=amina))["bubble"]
    await page.do("press", amina, message=consent["message_id"], row=0, column=0)
    assert (await page.hear("toast"))["text"] == "Merci, vous êtes dans l’atelier."
    question = await toy.ask("Quel jour vous arrange ?", ["Samedi", "Mercredi"])
    ballot = (await page.hear("bubble", phone=amina))["bubble"]
    while not ballot["keyboard"]:
        ballot = (await page.hear("bubble", phone=amina))["bubble"]
    await page.do("press", amina, message=ballot["message_id"], row=1, column=0)
    await page.hear("settled", phone=amina, message=ballot["message_id"], row=1, column=0)
    assert question.answers == {amina: [1]}


async def test_a_button_that_is_no_longer_there_is_refused_kindly_and_stops_turning(page: Page) -> None:
    amina = page.phone("Amina")["id"]
    await page.do("press", amina, message=99, row=0, column=0)
    assert (await page.hear("refused"))["sentence"] == "Ce bouton n’existe plus."
    await page.hear("settled", phone=amina, message=99)


@pytest.mark.parametrize(
    ("gesture", "sentence"),
    [
        (
            {"do": "start", "code": "é"},
            "Ce code n’est pas valable : 64 lettres sans accent, chiffres, « - » ou « _ » au plus.",
        ),
        ({"do": "text", "text": "   "}, "Ce message ne peut pas partir de ce téléphone."),
        ({"do": "edit", "message": 5, "text": "x"}, "Ce message ne peut plus être modifié."),
        ({"do": "erase", "message": 5}, "Ce message n’est plus sur ce téléphone."),
        ({"do": "text"}, MALFORMED),
        ({"do": "attach", "kind": "trombone"}, MALFORMED),
        ({"do": "dance"}, MALFORMED),
        ({"do": "crowd-start", "code": " ", "size": 3}, "Il faut d’abord le code d’un atelier."),
        ({"do": "crowd-speed", "speed": "vite"}, MALFORMED),
        ({"do": "add", "role": "mayor"}, MALFORMED),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else "",
)
async def test_a_gesture_that_cannot_be_done_gets_a_sentence(
    page: Page, gesture: dict[str, Any], sentence: str
) -> None:
    await page.line.send_json({"phone": page.phone("Amina")["id"], **gesture})
    assert (await page.hear("refused"))["sentence"] == sentence


@pytest.mark.parametrize("text", ["not json", "[1, 2]", "{}"])
async def test_rubbish_on_the_line_gets_a_sentence_and_the_line_holds(page: Page, text: str) -> None:
    await page.line.send_str(text)
    assert (await page.hear("refused"))["sentence"] == MALFORMED
    await page.do("add", role="councillor")
    assert (await page.hear("phone"))["state"]["name"] == "Wilson"


@pytest.mark.parametrize("kind", sorted(SENDINGS))
async def test_each_thing_of_the_attach_menu_reaches_the_bot_and_gets_an_answer(page: Page, kind: str) -> None:
    amina = page.phone("Amina")["id"]
    await page.do("attach", amina, kind=kind)
    sent = (await page.hear("bubble", phone=amina))["bubble"]
    assert (sent["mine"], sent["kind"]) == (True, "text" if kind == "forward" else kind)
    assert (await page.hear("bubble", phone=amina))["bubble"]["text"].startswith("Je ne lis que les messages écrits.")


async def test_an_edited_and_an_erased_message_change_on_every_open_page(
    client: TestClient[Any, Any], page: Page
) -> None:
    amina = page.phone("Amina")["id"]
    await page.do("text", amina, text="bonjour", reply_to=None)
    sent = (await page.hear("bubble", phone=amina))["bubble"]["message_id"]
    async with client.ws_connect("/line") as line:
        other = Page(line)
        other.state = await other.hear("state")
        assert other.phone("Amina")["messages"][0]["text"] == "bonjour"
        await page.do("edit", amina, message=sent, text="bonsoir")
        assert (await other.hear("bubble", phone=amina))["bubble"]["text"] == "bonsoir"
        await page.do("erase", amina, message=sent)
        assert (await other.hear("deleted", phone=amina))["message"] == sent


async def test_blocking_and_unblocking_the_bot_is_told(page: Page, toy: ToyBot) -> None:
    amina = page.phone("Amina")["id"]
    await page.do("start", amina, code=toy.code)
    await page.hear("bubble", phone=amina)
    await page.do("block", amina)
    assert (await page.hear("status", phone=amina))["state"]["blocked"] is True
    await page.do("unblock", amina)
    assert (await page.hear("status", phone=amina))["state"]["blocked"] is False


async def test_a_phone_is_added_renamed_and_removed(page: Page) -> None:
    await page.do("add", role="facilitator")
    added = (await page.hear("phone"))["state"]
    assert (added["name"], added["role"]) == ("Chloé", "facilitator")
    await page.do("rename", added["id"], name="  Rose   Marie ")
    assert (await page.hear("status", phone=added["id"]))["state"]["name"] == "Rose Marie"
    await page.do("remove", added["id"])
    assert await page.hear("gone") == {"type": "gone", "phone": added["id"]}


async def test_the_page_is_full_at_24_phones(page: Page) -> None:
    for _ in range(21):
        await page.do("add", role="councillor")
        await page.hear("phone")
    await page.do("add", role="councillor")
    assert (await page.hear("refused"))["sentence"] == "La page est pleine : retirez d’abord un téléphone."


async def test_the_code_of_a_new_workshop_is_told_and_kept_for_the_pages_to_come(
    client: TestClient[Any, Any], page: Page, toy: ToyBot
) -> None:
    await page.do("text", page.phone("Bruno")["id"], text="/atelier Emploi", reply_to=None)
    assert (await page.hear("code"))["code"] == toy.code
    async with client.ws_connect("/line") as line:
        assert (await Page(line).hear("state"))["code"] == toy.code


async def test_a_crowd_with_people_comes_in_by_itself_when_the_first_workshop_opens(page: Page, toy: ToyBot) -> None:
    await page.do("crowd-size", size=6)
    await page.do("text", page.phone("Bruno")["id"], text="/atelier Emploi", reply_to=None)
    status: dict[str, Any] = {}
    while status.get("joined") != 6:
        status = (await page.hear("crowd"))["status"]
    assert status["code"] == toy.code


async def test_a_crowd_started_from_the_page_joins_and_is_counted(page: Page, toy: ToyBot) -> None:
    await page.do("crowd-start", code=toy.code, size=10)
    status: dict[str, Any] = {}
    while not (status.get("joined") == 10 and status.get("busy") == 0):
        status = (await page.hear("crowd"))["status"]
    assert (status["running"], status["code"], status["size"]) == (True, toy.code, 10)
    await page.do("crowd-stop")
    while status["running"]:
        status = (await page.hear("crowd"))["status"]
    assert len(toy.members) == status["agreed"]


async def test_a_picture_is_shown_and_anything_else_is_only_downloaded(
    client: TestClient[Any, Any], page: Page
) -> None:
    amina = page.phone("Amina")["id"]
    kinds = {}
    for kind in ("photo", "document"):
        await page.do("attach", amina, kind=kind)
        bubble = (await page.hear("bubble", phone=amina))["bubble"]
        await page.hear("bubble", phone=amina)
        answer = await client.get(f"/files/{bubble['attachment']['file_id']}")
        kinds[kind] = (answer.status, answer.content_type, answer.headers.get("Content-Disposition"))
    assert kinds == {
        "photo": (200, "image/jpeg", None),
        "document": (200, "application/octet-stream", "attachment"),
    }


async def test_a_file_nobody_sent_is_not_found(client: TestClient[Any, Any]) -> None:
    assert (await client.get("/files/AgADnothing")).status == 404


async def test_a_page_of_another_site_cannot_take_the_line(client: TestClient[Any, Any]) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        await client.ws_connect("/line", headers={"Origin": "https://example.org"})


@pytest.mark.parametrize("path", ["/", "/static/scripts/main.js", "/files/none"])
async def test_every_answer_forbids_what_the_page_does_not_need(client: TestClient[Any, Any], path: str) -> None:
    policy = (await client.get(path)).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy


def test_a_bot_nobody_knows_cannot_have_a_page() -> None:
    with pytest.raises(KeyError, match="other_bot"):
        phones_application(BotApi(), bot_username="other_bot")
