"""Claims about webhook delivery, on a clock that stands still: order, parallelism, retries, expiry, answers."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from rehearsal.botapi import Delivered, Fault, Upload
from rehearsal.botapi.clock import let_others_run
from tests.unit.botapi.town import Town, keyboard, picture

URL = "https://bot.example.org/hook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Address:
    """The bot's own address: answers what `answers` says in turn (then 200), and holds replies when asked."""

    def __init__(self, town_clock_now: Any) -> None:
        self.now = town_clock_now
        self.start = town_clock_now()
        self.answers: list[Delivered | Exception] = []
        self.received: list[tuple[float, dict[str, Any]]] = []
        self.headers: list[Mapping[str, str]] = []
        self.gates: list[asyncio.Event] | None = None
        self.busy = 0
        self.busiest = 0

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
        assert url == URL
        self.received.append((self.now() - self.start, orjson.loads(body)))
        self.headers.append(headers)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            if self.gates is not None:
                gate = asyncio.Event()
                self.gates.append(gate)
                await gate.wait()
        finally:
            self.busy -= 1
        answer = self.answers.pop(0) if self.answers else Delivered(200)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def times(self) -> list[float]:
        return [at for at, _ in self.received]

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.received if "message" in update]


@pytest.fixture
async def address(town: Town) -> Any:
    """The address, with the webhook set on it."""
    address = Address(town.clock.now)
    town.api.post = address
    await town.ask("setWebhook", url=URL, secret_token="chut")
    yield address
    await town.api.close()


async def test_an_update_arrives_once_with_the_secret(town: Town, address: Address) -> None:
    town.amina.sends_text("un")
    await let_others_run()
    assert address.texts == ["un"]
    assert address.headers[0][HEADER] == "chut"
    assert town.api.pending() == 0


async def test_what_was_pending_is_delivered_when_the_webhook_is_set(town: Town) -> None:
    town.amina.sends_text("avant")
    town.api.post = address = Address(town.clock.now)
    await town.ask("setWebhook", url=URL)
    await let_others_run()
    assert (address.texts, HEADER in address.headers[0]) == (["avant"], False)
    await town.api.close()


async def test_dropping_what_was_pending(town: Town) -> None:
    town.amina.sends_text("avant")
    town.api.post = address = Address(town.clock.now)
    await town.ask("setWebhook", url=URL, drop_pending_updates=True)
    await let_others_run()
    assert address.received == []
    await town.api.close()


async def test_failures_are_tried_again_at_once_then_after_2_4_8_seconds(town: Town, address: Address) -> None:
    address.answers = [Delivered(500), Delivered(302), OSError("refused"), Delivered(404), Delivered(200)]
    town.amina.sends_text("un")
    await town.clock.advance(60)
    assert address.times == [0, 0, 2, 6, 14]
    assert town.api.pending() == 0


async def test_retry_after_is_obeyed(town: Town, address: Address) -> None:
    address.answers = [Delivered(429, retry_after=30), Delivered(503, retry_after=5)]
    town.amina.sends_text("un")
    await town.clock.advance(60)
    assert address.times == [0, 30, 35]


async def test_retries_are_never_more_than_two_minutes_apart(town: Town, address: Address) -> None:
    address.answers = [Delivered(500)] * 12
    town.amina.sends_text("un")
    await town.clock.advance(1200)
    gaps = [later - earlier for earlier, later in zip(address.times, address.times[1:], strict=False)]
    assert gaps[:7] == pytest.approx([0, 2, 4, 8, 16, 32, 64], abs=5)
    assert all(59 <= gap <= 120 for gap in gaps[6:])


async def test_messages_of_a_chat_wait_for_the_one_before(town: Town, address: Address) -> None:
    address.answers = [Delivered(500), Delivered(500)]
    town.amina.sends_text("un")
    town.amina.sends_text("deux")
    await town.clock.advance(1)
    assert address.texts == ["un", "un"]
    await town.clock.advance(1)
    assert address.texts == ["un", "un", "un", "deux"]


async def test_another_person_does_not_wait(town: Town, address: Address) -> None:
    address.answers = [Delivered(500), Delivered(500)]
    town.amina.sends_text("un")
    await let_others_run()
    town.bruno.sends_text("bonjour")
    await town.clock.advance(1)
    assert address.texts == ["un", "un", "bonjour"]


async def test_presses_go_one_at_a_time_per_person_and_may_overtake_messages(town: Town, address: Address) -> None:
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=keyboard("Oui"))
    address.gates = []
    town.amina.sends_text("un")
    town.amina.presses(sent["message_id"], "Oui")
    town.amina.presses(sent["message_id"], "Oui")
    await let_others_run()
    kinds = [next(kind for kind in update if kind != "update_id") for _, update in address.received]
    assert kinds == ["message", "callback_query"]
    address.gates[1].set()
    await let_others_run()
    assert len(address.received) == 3


async def test_no_more_than_max_connections_at_once(town: Town) -> None:
    town.api.post = address = Address(town.clock.now)
    await town.ask("setWebhook", url=URL, max_connections=3)
    address.gates = []
    people = [town.api.add_person(f"P{number}") for number in range(10)]
    for person in people:
        person.sends_text("un")
    for _ in people:
        await let_others_run()
        address.gates.pop(0).set()
    await let_others_run()
    assert (address.busiest, town.api.pending()) == (3, 0)
    await town.api.close()


async def test_a_press_is_given_up_after_150_seconds_and_a_message_after_a_day(town: Town, address: Address) -> None:
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=keyboard("Oui"))
    address.answers = [Delivered(500)] * 10_000
    town.amina.presses(sent["message_id"], "Oui")
    town.amina.sends_text("un")
    await town.clock.advance(150)
    assert town.api.pending() == 1
    await town.clock.advance(24 * 3600)
    assert town.api.pending() == 0


async def test_a_method_in_the_answer_is_obeyed(town: Town, address: Address) -> None:
    body = {"method": "sendMessage", "chat_id": town.amina.id, "text": "Bien reçu"}
    address.answers = [Delivered(200, parameters=body)]
    town.amina.sends_text("un")
    await let_others_run()
    assert town.amina.phone().messages()[-1].text == "Bien reçu"


async def test_a_file_may_come_with_the_method(town: Town, address: Address) -> None:
    body = {"method": "sendPhoto", "chat_id": town.amina.id, "photo": "attach://p"}
    address.answers = [Delivered(200, parameters=body, files={"p": Upload("p.png", picture())})]
    town.amina.sends_text("un")
    await let_others_run()
    assert town.amina.phone().messages()[-1].kind == "photo"


@pytest.mark.parametrize("method", ["getMe", "setWebhook", "deleteWebhook", "logOut", "close"])
async def test_some_methods_are_ignored_in_an_answer(town: Town, address: Address, method: str) -> None:
    before = town.api.recorder.counts.total()
    address.answers = [Delivered(200, parameters={"method": method})]
    town.amina.sends_text("un")
    await let_others_run()
    assert town.api.recorder.counts.total() == before
    assert town.bot.webhook is not None


async def test_a_method_with_a_failed_answer_is_not_obeyed(town: Town, address: Address) -> None:
    body = {"method": "sendMessage", "chat_id": town.amina.id, "text": "Bien reçu"}
    address.answers = [Delivered(500, parameters=body)]
    town.amina.sends_text("un")
    await let_others_run()
    assert [bubble.text for bubble in town.amina.phone().messages()] == ["/start", "un"]


async def test_410_for_a_day_closes_the_webhook(town: Town, address: Address) -> None:
    address.answers = [Delivered(410)] * 10_000
    town.amina.sends_text("un")
    await town.clock.advance(22 * 3600)
    assert (await town.ask("getWebhookInfo"))["url"] == URL
    await town.clock.advance(90 * 60)
    assert (await town.ask("getWebhookInfo"))["url"] == ""
    assert [update["message"]["text"] for update in await town.updates()] == ["un"]


async def test_the_webhook_tells_its_state(town: Town, address: Address) -> None:
    address.answers = [Delivered(500)] * 5
    town.amina.sends_text("un")
    await town.clock.advance(1)
    info = await town.ask("getWebhookInfo")
    assert info == {
        "url": URL,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "max_connections": 40,
        "last_error_date": town.api.date() - 1,
        "last_error_message": "Wrong response from the webhook: 500",
    }


async def test_setting_the_same_webhook_again_disturbs_no_delivery(town: Town, address: Address) -> None:
    address.gates = []
    town.amina.sends_text("un")
    await let_others_run()
    await town.clock.advance(1)
    await town.ask("setWebhook", url=URL, secret_token="chut")
    address.gates[0].set()
    await let_others_run()
    assert (address.texts, town.api.pending()) == (["un"], 0)


async def test_another_webhook_delivers_again_what_was_under_way(town: Town, address: Address) -> None:
    address.gates = []
    town.amina.sends_text("un")
    await let_others_run()
    await town.clock.advance(1)
    await town.ask("setWebhook", url=URL, secret_token="autre")
    await let_others_run()
    assert address.texts == ["un", "un"]
    address.gates[1].set()
    await let_others_run()
    assert town.api.pending() == 0


async def test_a_webhook_is_set_once_a_second(town: Town, address: Address) -> None:
    refusal = await town.refusal("setWebhook", url=URL, secret_token="chut")
    assert refusal == "Too Many Requests: retry after 1"
    await town.clock.advance(1)
    await town.ask("setWebhook", url=URL, secret_token="chut")


async def test_an_answer_that_was_read_is_obeyed_even_if_the_webhook_changes_meanwhile(
    town: Town, address: Address
) -> None:
    body = {"method": "sendMessage", "chat_id": town.amina.id, "text": "Bien reçu"}
    address.answers = [Delivered(200, parameters=body)]
    town.api.faults.add(Fault("latency", method="sendMessage", seconds=3))
    town.amina.sends_text("un")
    await town.clock.advance(1)
    await town.ask("setWebhook", url=URL, secret_token="autre")
    await town.clock.advance(3)
    assert town.amina.phone().messages()[-1].text == "Bien reçu"
    assert address.texts == ["un"]


@pytest.mark.parametrize(("kind", "arrived"), [("cut_before", 1), ("cut_after", 2)])
async def test_a_post_that_is_cut_is_made_again(town: Town, address: Address, kind: str, arrived: int) -> None:
    body = {"method": "sendMessage", "chat_id": town.amina.id, "text": "Bien reçu"}
    address.answers = [Delivered(200, parameters=body)]
    town.api.faults.add(Fault(kind, method="webhook"))
    town.amina.sends_text("un")
    await town.clock.advance(1)
    read = [bubble.text for bubble in town.amina.phone().messages() if not bubble.mine]
    assert (len(address.texts), town.api.pending()) == (arrived, 0)
    assert read == (["Bien reçu"] if kind == "cut_before" else [])


@pytest.mark.parametrize(
    ("wrong", "description"),
    [
        ({"url": "not an address"}, "Bad Request: invalid webhook URL specified"),
        ({"secret_token": "x" * 257}, "Bad Request: secret token is too long"),
        ({"secret_token": "é"}, "Bad Request: secret token contains unallowed characters"),
    ],
)
async def test_what_cannot_be_a_webhook(town: Town, wrong: dict[str, str], description: str) -> None:
    assert await town.refusal("setWebhook", **{"url": URL, **wrong}) == description
    assert town.bot.webhook is None


async def test_a_long_poll_ends_when_a_webhook_is_set(town: Town) -> None:
    poll = asyncio.create_task(town.refusal("getUpdates", timeout=30))
    await let_others_run()
    await town.ask("setWebhook", url=URL)
    assert await poll == "Conflict: terminated by setWebhook request"
    await town.api.close()


async def test_a_deleted_webhook_leaves_the_rest_to_polling(town: Town, address: Address) -> None:
    address.gates = []
    town.amina.sends_text("un")
    await let_others_run()
    await town.ask("deleteWebhook")
    town.amina.sends_text("deux")
    await let_others_run()
    assert address.texts == ["un"]
    assert [update["message"]["text"] for update in await town.updates()] == ["un", "deux"]
