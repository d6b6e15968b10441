"""What the page asks for, checked and carried out on the phones and on the crowd."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rehearsal.botapi import ActionRefused, Bot, Person
from rehearsal.botapi.errors import ApiError
from rehearsal.crowd import Crowd
from rehearsal.phones.attachments import SENDINGS
from rehearsal.phones.links import Links
from rehearsal.phones.stage import CAST, Stage

Gesture = dict[str, Any]
PATIENCE = 30.0  # seconds a button turns before the page gives it back, as the application does
NAME_LENGTH = 40
SPEEDS = (0.1, 1000.0)
LARGEST_ROOM = 300

IMPOSSIBLE = {
    "text": "Ce message ne peut pas partir de ce téléphone.",
    "edit": "Ce message ne peut plus être modifié.",
    "erase": "Ce message n’est plus sur ce téléphone.",
    "press": "Ce bouton n’existe plus.",
    "start": "Ce code n’est pas valable : 64 lettres sans accent, chiffres, « - » ou « _ » au plus.",
    "attach": "Cet envoi n’est pas possible depuis ce téléphone.",
}
MALFORMED = "La page et le serveur ne se comprennent pas : rechargez la page."


class Refused(Exception):
    """A gesture that cannot be carried out; the message is for the person at the page."""


class Gestures:
    """One method per gesture of the page; `perform` finds it by the name in `do`."""

    def __init__(self, stage: Stage, bot: Bot, links: Links, crowd: Crowd | None) -> None:
        self._stage = stage
        self._bot = bot
        self._links = links
        self._crowd = crowd
        self._waits: set[asyncio.Task[None]] = set()
        self._known: dict[str, Callable[[Gesture], Awaitable[None]]] = {
            "text": self._text, "edit": self._edit, "erase": self._erase, "press": self._press,
            "start": self._start, "invitation": self._invitation, "attach": self._attach,
            "block": self._block, "unblock": self._unblock, "add": self._add, "remove": self._remove,
            "rename": self._rename, "crowd-start": self._crowd_start, "crowd-stop": self._crowd_stop,
            "crowd-size": self._crowd_size, "crowd-speed": self._crowd_speed,
        }  # fmt: skip

    async def perform(self, gesture: Gesture) -> None:
        """Carry a gesture out; raises Refused with a sentence in French when that is not possible."""
        name = str(gesture.get("do"))
        if name not in self._known:
            raise Refused(MALFORMED)
        try:
            await self._known[name](gesture)
        except (KeyError, TypeError, ValueError):
            raise Refused(MALFORMED) from None
        except (ActionRefused, ApiError):
            raise Refused(IMPOSSIBLE.get(name, MALFORMED)) from None

    async def close(self) -> None:
        """Stop waiting for answers to presses."""
        for wait in self._waits:
            wait.cancel()
        await asyncio.gather(*self._waits, return_exceptions=True)

    def _person(self, gesture: Gesture) -> Person:
        return self._stage[int(gesture["phone"])].person

    async def _text(self, gesture: Gesture) -> None:
        reply_to = gesture.get("reply_to")
        person = self._person(gesture)
        person.sends_text(str(gesture["text"]), reply_to=None if reply_to is None else int(reply_to), bot=self._bot)

    async def _edit(self, gesture: Gesture) -> None:
        self._person(gesture).edits(int(gesture["message"]), str(gesture["text"]), bot=self._bot)

    async def _erase(self, gesture: Gesture) -> None:
        self._person(gesture).deletes(int(gesture["message"]), bot=self._bot)

    async def _press(self, gesture: Gesture) -> None:
        place = (int(gesture["row"]), int(gesture["column"]))
        self._later(self._press_and_wait(self._person(gesture), int(gesture["message"]), place))

    async def _press_and_wait(self, person: Person, message: int, place: tuple[int, int]) -> None:
        settled = {"type": "settled", "phone": person.id, "message": message, "row": place[0], "column": place[1]}
        try:
            await person.presses(message, place, bot=self._bot).answered(PATIENCE)
        except (ActionRefused, KeyError):
            self._stage.tell({"type": "refused", "phone": person.id, "sentence": IMPOSSIBLE["press"]})
        self._stage.tell(settled)

    async def _start(self, gesture: Gesture) -> None:
        person = self._person(gesture)
        person.opens_link(str(gesture["code"]).strip(), self._bot)
        self._stage[person.id].refresh()

    async def _invitation(self, gesture: Gesture) -> None:
        if self._links.invite is None:
            raise Refused("Cette répétition n’a pas d’invitation à donner.")
        await self._start({**gesture, "code": await self._links.invite()})

    async def _attach(self, gesture: Gesture) -> None:
        SENDINGS[str(gesture["kind"])](self._person(gesture), self._bot)

    async def _block(self, gesture: Gesture) -> None:
        self._person(gesture).blocks_bot(self._bot)
        self._stage[int(gesture["phone"])].refresh()

    async def _unblock(self, gesture: Gesture) -> None:
        self._person(gesture).unblocks_bot(self._bot)
        self._stage[int(gesture["phone"])].refresh()

    async def _add(self, gesture: Gesture) -> None:
        if gesture["role"] not in CAST:
            raise Refused(MALFORMED)
        if self._stage.add(str(gesture["role"])) is None:
            raise Refused("La page est pleine : retirez d’abord un téléphone.")

    async def _remove(self, gesture: Gesture) -> None:
        self._stage.remove(int(gesture["phone"]))

    async def _rename(self, gesture: Gesture) -> None:
        name = " ".join(str(gesture["name"]).split())[:NAME_LENGTH]
        if name:
            self._stage.rename(int(gesture["phone"]), name)

    async def _crowd_start(self, gesture: Gesture) -> None:
        code = str(gesture["code"]).strip()
        if not code:
            raise Refused("Il faut d’abord le code d’un atelier.")
        await self._crowd_size(gesture)
        await self._room().start(code)

    async def _crowd_stop(self, gesture: Gesture) -> None:
        await self._room().stop()

    async def _crowd_size(self, gesture: Gesture) -> None:
        await self._room().resize(min(LARGEST_ROOM, int(gesture["size"])))

    async def _crowd_speed(self, gesture: Gesture) -> None:
        slowest, fastest = SPEEDS
        self._room().speed = max(slowest, min(fastest, float(gesture["speed"])))

    def _room(self) -> Crowd:
        if self._crowd is None:
            raise Refused("Cette répétition n’a pas de salle simulée.")
        return self._crowd

    def _later(self, wait: Any) -> None:
        task = asyncio.create_task(wait)
        self._waits.add(task)
        task.add_done_callback(self._waits.discard)
