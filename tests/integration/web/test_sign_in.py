"""The one-time link opens the organisers' pages once, for a few minutes, and only from our own form."""

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from participation.model.people import Person, Role
from tests.integration.web.browser import Browser, hidden
from tests.integration.web.hall import POLICY, Hall
from tests.integration.web.house import web_house

REFUSED = "Ce lien a déjà servi, ou il a plus de cinq minutes."


@pytest.fixture
async def chloe(hall: Hall) -> Person:
    return await hall.person("Chloé", Role.ORGANISER)


async def test_a_link_from_the_bot_opens_the_workshops(browser: Browser, chloe: Person) -> None:
    await browser.sign_in(chloe)
    assert "Mes ateliers" in await browser.text("/")


async def test_the_link_itself_may_be_pasted_where_the_page_asks_for_it(
    browser: Browser, hall: Hall, chloe: Person
) -> None:
    code = await hall.sign_in_code(chloe)
    assert "Lien reçu du bot" in await browser.text("/entrer")
    assert (await browser.submit_code(f" https://palabre.example.org/un/long/chemin/entrer#{code}\n")).status == 303


async def test_a_link_works_once(browser: Browser, other_browser: Browser, hall: Hall, chloe: Person) -> None:
    code = await hall.sign_in_code(chloe)
    assert (await browser.submit_code(code)).status == 303
    answer = await other_browser.submit_code(code)
    assert answer.status == 410
    assert REFUSED in await answer.text()
    assert (await other_browser.get("/")).status == 401


async def test_a_link_dies_after_five_minutes(browser: Browser, hall: Hall, chloe: Person) -> None:
    code = await hall.sign_in_code(chloe)
    hall.watch.advance(minutes=5)
    assert (await browser.submit_code(code)).status == 410
    assert (await browser.get("/")).status == 401


@pytest.mark.parametrize("code", ["", " ", "nope", "ABC234", "x" * 4000, "<script>alert(1)</script>"])
async def test_what_is_no_link_opens_nothing(browser: Browser, code: str) -> None:
    answer = await browser.submit_code(code)
    assert answer.status == 410
    assert "<script>alert" not in await answer.text()


async def test_opening_the_door_by_get_spends_nothing(browser: Browser, hall: Hall, chloe: Person) -> None:
    code = await hall.sign_in_code(chloe)
    assert (await browser.get(f"/entrer?code={code}")).status == 200
    assert (await browser.submit_code(code)).status == 303


async def test_a_session_ends_after_its_hours(browser: Browser, hall: Hall, chloe: Person) -> None:
    await browser.sign_in(chloe)
    hall.watch.time += POLICY.session
    answer = await browser.get("/")
    assert answer.status == 401
    assert "demandez un lien au bot" in await answer.text()


async def test_signing_out_ends_the_session_in_the_store_too(
    browser: Browser, other_browser: Browser, chloe: Person
) -> None:
    await browser.sign_in(chloe)
    cookies = {c.key: c.value for c in browser.client.session.cookie_jar}
    answer = await browser.client.post("/sortir", data={"csrf": await browser.token()}, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/entrer")
    assert (await browser.get("/")).status == 401
    copied = await other_browser.client.get("/", cookies=cookies)
    assert copied.status == 401


async def test_signing_in_again_gives_another_session_and_ends_the_first(browser: Browser, chloe: Person) -> None:
    await browser.sign_in(chloe)
    first = {c.key: c.value for c in browser.client.session.cookie_jar}["palabre"]
    await browser.sign_in(chloe)
    second = {c.key: c.value for c in browser.client.session.cookie_jar}["palabre"]
    assert first != second
    browser.client.session.cookie_jar.clear()
    assert (await browser.client.get("/", cookies={"palabre": first})).status == 401


async def test_a_form_without_its_token_is_refused(browser: Browser, hall: Hall, chloe: Person) -> None:
    code = await hall.sign_in_code(chloe)
    assert (await browser.client.post("/entrer", data={"code": code})).status == 403
    page = await browser.text("/entrer")
    assert (await browser.client.post("/entrer", data={"code": code, "csrf": "0" * 32})).status == 403
    answer = await browser.client.post(
        "/entrer", data={"code": code, "csrf": hidden(page, "csrf")}, allow_redirects=False
    )
    assert answer.status == 303


async def test_another_site_cannot_post_even_with_a_token(browser: Browser, hall: Hall, chloe: Person) -> None:
    page = await browser.text("/entrer")
    fields = {"code": await hall.sign_in_code(chloe), "csrf": hidden(page, "csrf")}
    answer = await browser.client.post("/entrer", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403


async def test_the_token_of_another_session_is_refused(browser: Browser, other_browser: Browser, chloe: Person) -> None:
    await browser.sign_in(chloe)
    await other_browser.sign_in(chloe)
    stolen = await other_browser.token()
    assert (await browser.client.post("/sortir", data={"csrf": stolen})).status == 403
    assert (await browser.get("/")).status == 200


async def test_cookies_are_ours_alone(browser: Browser, hall: Hall, chloe: Person) -> None:
    answer = await browser.submit_code(await hall.sign_in_code(chloe))
    cookie = answer.cookies["palabre"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert int(cookie["max-age"]) == POLICY.session.total_seconds()


async def test_over_https_cookies_are_bound_to_the_host(hall: Hall, chloe: Person) -> None:
    server = TestServer(web_house(hall, "https://palabre.example"))
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        page = await client.get("/entrer")
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        entry = page.cookies["__Host-entree"]
        assert (entry["secure"], entry["httponly"], entry["samesite"]) == (True, True, "Lax")
        fields = {"csrf": hidden(await page.text(), "csrf"), "code": await hall.sign_in_code(chloe)}
        answer = await client.post(
            "/entrer", data=fields, cookies={"__Host-entree": entry.value}, allow_redirects=False
        )
        assert answer.status == 303
        assert answer.cookies["__Host-palabre"]["secure"] is True


async def test_the_session_itself_is_in_no_page(browser: Browser, chloe: Person) -> None:
    await browser.sign_in(chloe)
    secret = {c.key: c.value for c in browser.client.session.cookie_jar}["palabre"]
    assert secret not in await browser.text("/")
