"""Nobody reads what is not theirs: every route declares who may, another workshop's organiser sees none of this one."""

from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from participation.model.activity import Activity
from participation.model.idea import Idea
from participation.model.people import Person, Role
from participation.model.workshop import Workshop
from tests.integration.web.browser import Browser
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house
from web.application import Entrance, Who
from web.entrances import PERMISSIONS

SECRET_IDEA = "Une idée qui ne regarde que la salle voisine"
SECRET_TITLE = "Atelier de la salle voisine"


@dataclass
class Neighbours:
    """Bruno's workshop, and in the next room Nadia's, whose data must not leak."""

    bruno: Person
    mine: Workshop
    vote: Activity
    theirs: Workshop
    ideas: Activity
    idea: Idea


@pytest.fixture
async def neighbours(hall: Hall) -> Neighbours:
    bruno, nadia = [await hall.person(name, Role.FACILITATOR) for name in ("Bruno", "Nadia")]
    mine, theirs = await hall.workshop(bruno), await hall.workshop(nadia, SECRET_TITLE)
    vote = await hall.launch(mine, bruno, "single", "On commence ? | Oui | Non")
    ideas = await hall.launch(theirs, nadia, "ideas", "Vos idées secrètes ?")
    [amina] = await hall.councillors(theirs, 1)
    idea = await hall.write(amina, ideas, SECRET_IDEA)
    assert idea is not None
    return Neighbours(bruno, mine, vote, theirs, ideas, idea)


def declared(hall: Hall) -> dict[web.AbstractRoute, Who]:
    return web_house(hall)[PERMISSIONS]


def test_every_route_declares_who_may(hall: Hall) -> None:
    app = web_house(hall)
    undeclared = [str(route.resource) for route in app.router.routes() if route not in app[PERMISSIONS]]
    assert undeclared == []


def test_the_public_routes_are_these_and_no_others(hall: Hall) -> None:
    public = {
        f"{r.method} {r.resource.canonical}" for r, who in declared(hall).items() if who is Who.ANYBODY and r.resource
    }
    assert public == {
        "GET /ecran/{code}",
        "GET /ecran/{code}/etat",
        "GET /ecran/{code}/direct",
        "GET /ecran/{code}/qr.svg",
        "GET /entrer",
        "POST /entrer",
        "GET /static/{version}/{name}",
        "GET /robots.txt",
        "GET /sante",
        "HEAD /sante",
    }


def test_every_route_below_a_workshop_is_for_those_who_steer_it(hall: Hall) -> None:
    below = {who for r, who in declared(hall).items() if r.resource and r.resource.canonical.startswith("/ateliers/")}
    assert below == {Who.STEERING}


async def test_a_route_that_declares_nothing_lets_nobody_in(hall: Hall) -> None:
    app = web_house(hall)

    async def forgotten(_: web.Request) -> web.Response:
        return web.Response(text="secret")

    app.router.add_get("/oublie", forgotten)
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/oublie")
        assert (answer.status, "secret" in await answer.text()) == (404, False)


async def test_a_machine_guards_itself_and_is_asked_no_form_token(hall: Hall) -> None:
    async def hook(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    app = web_house(hall, extra_routes=[Entrance("POST", "/telegram/{anything}", hook, Who.MACHINE)])
    async with TestClient(TestServer(app)) as client:
        answer = await client.post("/telegram/updates", data=b"{}")
        assert (answer.status, await answer.text()) == (200, "{}")


def addresses(theirs: Workshop, ideas: Activity) -> list[tuple[str, str]]:
    room = f"/ateliers/{theirs.id}"
    board = f"{room}/activites/{ideas.id}/themes"
    reading = [
        room,
        f"{room}/direct",
        f"{room}/answers.csv",
        f"{room}/ideas.csv",
        f"{room}/tables.xlsx",
        board,
        f"{board}/direct",
        f"{board}/carte",
    ]
    changing = [f"{board}/corrections", f"{board}/annuler", f"{board}/regrouper"]
    return [("GET", path) for path in reading] + [("POST", path) for path in changing]


async def test_the_list_of_forbidden_addresses_is_complete(hall: Hall, neighbours: Neighbours) -> None:
    tested = {(method, path) for method, path in addresses(neighbours.theirs, neighbours.ideas)}
    names = {"{workshop}": str(neighbours.theirs.id), "{activity}": str(neighbours.ideas.id)}
    steering = {
        (r.method, r.resource.canonical) for r, who in declared(hall).items() if who is Who.STEERING and r.resource
    }
    for name, value in names.items():
        steering = {(method, path.replace(name, value)) for method, path in steering}
    assert tested == steering


async def test_another_workshops_facilitator_finds_nothing_there(browser: Browser, neighbours: Neighbours) -> None:
    await browser.sign_in(neighbours.bruno)
    token = await browser.token()
    for method, path in addresses(neighbours.theirs, neighbours.ideas):
        answer = await browser.client.request(method, path, headers={"X-CSRF-Token": token}, json={"do": "rename"})
        body = await answer.text()
        assert (path, answer.status) == (path, 404)
        assert SECRET_IDEA not in body
        assert SECRET_TITLE not in body


async def test_nobody_signed_in_finds_nothing_there(browser: Browser, neighbours: Neighbours) -> None:
    for method, path in [*addresses(neighbours.theirs, neighbours.ideas), ("GET", "/"), ("POST", "/sortir")]:
        answer = await browser.client.request(method, path)
        assert (path, answer.status) == (path, 401 if method == "GET" else 403)


async def test_another_workshops_activity_is_not_in_mine(browser: Browser, neighbours: Neighbours) -> None:
    await browser.sign_in(neighbours.bruno)
    path = f"/ateliers/{neighbours.mine.id}/activites/{neighbours.ideas.id}/themes"
    assert (await browser.get(path)).status == 404
    assert (await browser.get(f"{path}/direct")).status == 404


async def test_another_workshops_idea_cannot_be_touched_through_mine(
    browser: Browser, hall: Hall, neighbours: Neighbours
) -> None:
    await browser.sign_in(neighbours.bruno)
    path = f"/ateliers/{neighbours.mine.id}/activites/{neighbours.vote.id}/themes/corrections"
    status, answer = await browser.post(path, {"do": "hide", "idea": neighbours.idea.id})
    assert (status, answer["sentence"]) == (404, "Cette idée n’est plus là.")
    kept = await hall.do(lambda tx: tx.ideas.get(neighbours.idea.id))
    assert kept == neighbours.idea


async def test_my_list_shows_my_workshops_only_and_an_organiser_sees_all(
    browser: Browser, other_browser: Browser, hall: Hall, neighbours: Neighbours
) -> None:
    await browser.sign_in(neighbours.bruno)
    assert SECRET_TITLE not in await browser.text("/")
    await other_browser.sign_in(await hall.person("Chloé", Role.ORGANISER))
    seen = await other_browser.text("/")
    assert SECRET_TITLE in seen
    assert neighbours.mine.title in seen


async def test_a_councillor_is_given_no_link(hall: Hall, neighbours: Neighbours) -> None:
    from participation.errors import OrganisersOnly

    [amina] = await hall.councillors(neighbours.mine, 1)
    with pytest.raises(OrganisersOnly):
        await hall.sign_in_code(amina)


async def test_a_facilitator_who_left_may_no_longer_look(browser: Browser, hall: Hall, neighbours: Neighbours) -> None:
    from participation.actions import joining

    await browser.sign_in(neighbours.bruno)
    path = f"/ateliers/{neighbours.mine.id}"
    assert (await browser.get(path)).status == 200
    bruno = neighbours.bruno
    await hall.do(lambda tx: joining.leave(tx, tx.people.get(bruno.id) or bruno, hall.watch.now()))
    assert (await browser.get(path)).status == 404


@pytest.mark.parametrize(
    "path", ["/ateliers/0", "/ateliers/99999999999999999999999", "/ateliers/-1", "/ateliers/un", "/rien", "/ecran/"]
)
async def test_addresses_that_lead_nowhere_say_so(browser: Browser, neighbours: Neighbours, path: str) -> None:
    await browser.sign_in(neighbours.bruno)
    answer = await browser.get(path)
    assert answer.status == 404
    assert "Cela n’a pas marché" in await answer.text()
