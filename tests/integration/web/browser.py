"""What a browser does with our pages: follows the sign-in form, keeps cookies, reads a stream."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from participation.model.people import Person
from tests.integration.web.hall import Hall


@dataclass
class Browser:
    """One person's browser."""

    client: TestClient[Any, Any]
    hall: Hall

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.client.get(path, headers=headers, allow_redirects=False)

    async def text(self, path: str) -> str:
        answer = await self.get(path)
        assert answer.status == 200, answer.status
        return await answer.text()

    async def state(self, path: str) -> dict[str, Any]:
        """The first state of a stream."""
        async with self.stream(path) as states:
            return await anext(states)

    @asynccontextmanager
    async def stream(self, path: str) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        answer = await self.client.get(path)
        assert answer.status == 200, await answer.text()
        try:
            yield read_states(answer)
        finally:
            answer.close()

    async def submit_code(self, code: str) -> ClientResponse:
        """Open the door, fill in the code, press the button."""
        page = await self.text("/entrer")
        fields = {"csrf": hidden(page, "csrf"), "code": code}
        return await self.client.post("/entrer", data=fields, allow_redirects=False)

    async def sign_in(self, person: Person) -> None:
        answer = await self.submit_code(await self.hall.sign_in_code(person))
        assert (answer.status, answer.headers["Location"]) == (303, "/")

    async def token(self) -> str:
        """The form token of the session, as any page carries it."""
        return hidden(await self.text("/"), "csrf")

    async def post(self, path: str, body: object, token: str | None = None) -> tuple[int, dict[str, Any]]:
        """What our scripts post."""
        headers = {"Accept": "application/json", "X-CSRF-Token": token if token is not None else await self.token()}
        answer = await self.client.post(path, json=body, headers=headers)
        return answer.status, await answer.json()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


async def read_states(answer: ClientResponse) -> AsyncIterator[dict[str, Any]]:
    event = ""
    async for raw in answer.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
        elif line.startswith("data: ") and event == "state":
            yield json.loads(line.removeprefix("data: "))
