"""What people type is text everywhere: in pages, in data, in tables; what goes wrong on our side is only a number."""

import csv
import io
import logging
from zipfile import ZipFile

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook

from participation.model.people import Person, Role
from participation.model.text import clean
from storage import StoreUnavailable
from tests.integration.web.browser import Browser
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house
from web.application import Entrance, Who
from web.headers import POLICY

MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "]]><!--",
    "data: x\n\nevent: state\ndata: {}",
]
FORMULAS = ["=1+1", "+33", "-2", "@SUM(A1)", " =1+1", "＝1+1", "\u00a0=cmd /C calc!A0"]
ZALGO = "Z" + "\u0301" * 40 + "algo"


@pytest.fixture
async def chloe(hall: Hall) -> Person:
    return await hall.person("Chloé", Role.ORGANISER)


@pytest.mark.parametrize("text", MARKUP)
async def test_markup_is_shown_as_text_on_every_page(browser: Browser, hall: Hall, chloe: Person, text: str) -> None:
    workshop = await hall.workshop(chloe, text)
    activity = await hall.launch(workshop, chloe, "ideas", text.split("\n", maxsplit=1)[0])
    [amina] = await hall.councillors(workshop, 1)
    await hall.write(amina, activity, text)
    await hall.reveal(activity)
    await browser.sign_in(chloe)
    room, board = f"/ateliers/{workshop.id}", f"/ateliers/{workshop.id}/activites/{activity.id}/themes"
    for path in ("/", room, board, f"/ecran/{workshop.code}"):
        page = await browser.text(path)
        assert "alert(1)</script>" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "' onmouseover='" not in page
        assert ">49<" not in page
    for path in (f"{room}/direct", f"{board}/direct", f"/ecran/{workshop.code}/direct"):
        state = await browser.state(path)
        assert state["version"]
    wall = (await browser.state(f"/ecran/{workshop.code}/direct"))["front"]["wall"]
    assert wall["newest"][0]["text"] == clean(text)


async def test_zalgo_is_tamed_on_every_screen_and_kept_in_the_store(
    browser: Browser, hall: Hall, chloe: Person
) -> None:
    workshop = await hall.workshop(chloe, ZALGO)
    activity = await hall.launch(workshop, chloe, "ideas", f"{ZALGO} ?")
    [amina] = await hall.councillors(workshop, 1)
    kept = await hall.write(amina, activity, ZALGO)
    await hall.reveal(activity)
    await browser.sign_in(chloe)
    state = await browser.state(f"/ecran/{workshop.code}/direct")
    shown = [state["title"], state["front"]["question"], state["front"]["wall"]["newest"][0]["text"]]
    assert [text.count("\u0301") for text in shown] == [3, 3, 3]
    assert (await browser.text("/")).count("\u0301") == 3
    assert kept is not None
    assert kept.text == ZALGO


@pytest.mark.parametrize("text", FORMULAS)
async def test_no_cell_of_a_table_is_a_formula(browser: Browser, hall: Hall, chloe: Person, text: str) -> None:
    workshop = await hall.workshop(chloe)
    [amina] = await hall.councillors(workshop, 1)
    ideas = await hall.launch(workshop, chloe, "ideas", f"{text} ?")
    await hall.write(amina, ideas, text)
    words = await hall.launch(workshop, chloe, "words", f"{text} ?")
    await hall.write(amina, words, text)
    await browser.sign_in(chloe)
    for name in ("answers", "ideas"):
        answer = await browser.get(f"/ateliers/{workshop.id}/{name}.csv")
        assert answer.content_type == "text/csv"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-{workshop.code}.csv"'
        body = await answer.read()
        assert body.startswith("\ufeff".encode())
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert len(rows) == 2
        assert [cell for cell in rows[1] if cell.strip("\u00a0 ").startswith(("=", "+", "-", "@", "＝"))] == []


async def test_tables_name_members_by_number(browser: Browser, hall: Hall, chloe: Person) -> None:
    workshop = await hall.workshop(chloe)
    amina = await hall.person("Amina Diallo", number=987654321)
    await hall.join(amina, workshop)
    activity = await hall.launch(workshop, chloe, "words", "Un mot ?")
    await hall.write(amina, activity, "Éveil")
    await browser.sign_in(chloe)
    table = await (await browser.get(f"/ateliers/{workshop.id}/answers.csv")).text()
    assert table.splitlines()[1] == "1,words,Un mot ?,2,Éveil,2026-11-22T13:00:00+00:00"
    assert "Amina" not in table
    assert "987654321" not in table


async def test_the_workbook_holds_what_was_typed_as_text(browser: Browser, hall: Hall, chloe: Person) -> None:
    workshop = await hall.workshop(chloe)
    amina = await hall.person("Amina Diallo", number=987654321)
    await hall.join(amina, workshop)
    ideas = await hall.launch(workshop, chloe, "ideas", "Que changer ?")
    kept = [await hall.write(amina, ideas, text) for text in (*FORMULAS, *MARKUP, ZALGO, "#N/A", "_x0041_")]
    single = await hall.launch(workshop, chloe, "single", "On continue ? | =Oui | Non")
    await hall.vote(amina, single, 0)
    await browser.sign_in(chloe)
    answer = await browser.get(f"/ateliers/{workshop.id}/tables.xlsx")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="palabre-{workshop.code}.xlsx"'
    content = await answer.read()
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Réponses", "Idées", "Résultats"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type in ("f", "e")] == []
    texts = [row[2].value for row in book["Idées"].iter_rows(min_row=2)]
    assert [str(text).replace("_x005F_", "_") for text in texts] == [idea.text for idea in kept if idea]
    said = [[cell.value for cell in row] for row in book["Résultats"].iter_rows(min_row=2)]
    assert said[0][3:6] == [None, len(kept), 1]
    assert said[1:] == [
        [2, "Choix unique", "On continue ?", "=Oui", 1, 1, 1.0],
        [2, "Choix unique", "On continue ?", "Non", 0, 1, 0.0],
    ]
    for name in ZipFile(io.BytesIO(content)).namelist():
        inside = ZipFile(io.BytesIO(content)).read(name)
        assert b"Amina" not in inside
        assert b"987654321" not in inside


async def test_every_answer_carries_the_protective_headers(browser: Browser, hall: Hall, chloe: Person) -> None:
    workshop = await hall.workshop(chloe)
    await browser.sign_in(chloe)
    static = (await browser.text("/")).split('href="/static/')[1].split('"')[0]
    room = f"/ateliers/{workshop.id}"
    for path in (
        "/",
        room,
        f"{room}/ideas.csv",
        f"/ecran/{workshop.code}",
        "/entrer",
        "/rien",
        "/sante",
        f"/static/{static}",
    ):
        headers = (await browser.get(path)).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Server" not in headers
    assert (await browser.get(room)).headers["Cache-Control"] == "no-store"


def test_the_policy_lets_nothing_in_from_elsewhere_nor_inline() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert {rules[name] for name in ("script-src", "style-src", "img-src", "connect-src", "form-action")} == {"'self'"}
    assert {rules[name] for name in ("base-uri", "frame-ancestors")} == {"'none'"}


@pytest.mark.parametrize("name", ["../pages.py", "..%2fpages.py", "nothing.css", "%00"])
async def test_only_our_static_files_are_served(browser: Browser, name: str) -> None:
    assert (await browser.client.get(f"/static/x/{name}")).status == 404


async def test_health_says_little_and_no_secret(browser: Browser) -> None:
    answer = await browser.get("/sante")
    facts = await answer.json()
    assert (answer.status, facts["status"], set(facts)) == (200, "ok", {"status", "store_ms", "viewers"})


def broken_house(hall: Hall, problem: Exception) -> web.Application:
    async def break_down(_: web.Request) -> web.StreamResponse:
        raise problem

    return web_house(hall, extra_routes=[Entrance("GET", "/panne", break_down, Who.ANYBODY)])


async def test_a_bug_is_an_apology_with_a_number_that_is_in_the_log(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    async with TestClient(TestServer(broken_house(hall, RuntimeError("token 123:SECRET")))) as client:
        with caplog.at_level(logging.ERROR, logger="web.errors"):
            answer = await client.get("/panne")
        page = await answer.text()
    assert answer.status == 500
    assert "pardon" in page
    assert "SECRET" not in page
    incident = caplog.records[0].args
    assert isinstance(incident, tuple)
    assert str(incident[0]) in page


async def test_a_store_that_does_not_answer_is_later_not_never(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    async with TestClient(TestServer(broken_house(hall, StoreUnavailable("disk full")))) as client:
        answer = await client.get("/panne")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "Rien n’est perdu" in await answer.text()
        told = await client.get("/panne", headers={"Accept": "application/json"})
        assert "Rien n’est perdu" in (await told.json())["sentence"]


async def test_refusals_speak_the_language_of_the_browser(browser: Browser) -> None:
    french = await (await browser.get("/ecran/ZZZZZZ", **{"Accept-Language": "fr-FR,fr;q=0.9"})).text()
    english = await (await browser.get("/ecran/ZZZZZZ", **{"Accept-Language": "en-GB,en;q=0.9"})).text()
    assert '<html lang="fr"' in french
    assert '<html lang="en"' in english
