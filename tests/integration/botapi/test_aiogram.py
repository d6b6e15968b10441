"""Claims proven by aiogram, a client that knows nothing of ours: its models reject what is not documented."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from aiohttp.test_utils import TestServer

from rehearsal.botapi import BotApi, BotApiServer, Fault, Person
from tests.unit.botapi.town import TOKEN, picture, until

BALLOT = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="oui")]])


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with AiohttpSession(api=TelegramAPIServer.from_base(server.url)) as session:
        yield Bot(TOKEN, session=session)


@pytest.fixture
def amina(api: BotApi) -> Person:
    return next(iter(api.people.values()))


@pytest.fixture
def dispatcher() -> Dispatcher:
    """Greets, answers presses by an edit, gives a picture back."""
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message) -> None:
        await message.answer("Bienvenue", reply_markup=BALLOT)

    @dispatcher.callback_query(F.data == "oui")
    async def vote(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Votre choix : Oui", reply_markup=BALLOT)
        await query.answer("Reçu")

    @dispatcher.message(F.photo)
    async def echo(message: Message, bot: Bot) -> None:
        assert message.photo
        content = await bot.download(message.photo[-1].file_id)
        assert content is not None
        await message.answer_photo(BufferedInputFile(content.read(), "retour.png"), caption="Retour")

    return dispatcher


async def test_a_dispatcher_polls_answers_edits_and_downloads(bot: Bot, dispatcher: Dispatcher, amina: Person) -> None:
    following = amina.phone().follow()
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    try:
        welcome = await following.next()
        answer = await amina.presses(welcome.message_id, "Oui").answered()
        assert answer is not None
        assert answer.text == "Reçu"
        assert amina.phone().bubble(welcome.message_id).text == "Votre choix : Oui"
        amina.sends_photo(picture(21, 34))
        while (event := await following.next()).bubble is None or event.bubble.text != "Retour":
            pass
        attachment = event.bubble.attachment
        assert attachment is not None
        assert (attachment.width, attachment.height) == (21, 34)
    finally:
        await dispatcher.stop_polling()
        await polling


async def test_the_answer_of_a_webhook_may_hold_the_method(
    api: BotApi, bot: Bot, dispatcher: Dispatcher, amina: Person
) -> None:
    """aiogram writes it as a multipart form when told to handle updates before answering."""

    @dispatcher.message(F.text == "dans la réponse")
    async def in_reply(message: Message) -> object:
        return message.answer("Voilà")

    application = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="chut")
    handler.register(application, path="/hook")
    async with TestServer(application) as target:
        await bot.set_webhook(str(target.make_url("/hook")), secret_token="chut", max_connections=5)
        following = amina.phone().follow()
        assert (await following.next()).message_id == 2  # the greeting of the /start that was pending
        amina.sends_text("dans la réponse")
        while (event := await following.next()).bubble is None or event.bubble.text != "Voilà":
            pass
        assert (await bot.get_webhook_info()).pending_update_count == 0
        await bot.delete_webhook()


async def test_a_webhook_that_checks_another_secret_is_not_obeyed(
    api: BotApi, bot: Bot, dispatcher: Dispatcher
) -> None:
    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token="vrai").register(application, path="/hook")
    async with TestServer(application) as target:
        await bot.set_webhook(str(target.make_url("/hook")), secret_token="faux")
        await until(lambda: api.only_bot.webhook is None or "last_error_message" in api.only_bot.webhook.info())
        info = await bot.get_webhook_info()
        await bot.delete_webhook()
    assert info.last_error_message == "Wrong response from the webhook: 401"
    assert info.pending_update_count == 1


async def test_albums_documents_and_settings(bot: Bot, amina: Person) -> None:
    album = await bot.send_media_group(
        amina.id,
        [InputMediaPhoto(media=BufferedInputFile(picture(), "a.png"), caption="Un"),
         InputMediaPhoto(media=BufferedInputFile(picture(colour="red"), "b.png"))],
    )  # fmt: skip
    assert [message.caption for message in album] == ["Un", None]
    document = await bot.send_document(amina.id, BufferedInputFile("é;à".encode(), "réponses.csv"))
    assert document.document is not None
    assert document.document.file_name == "réponses.csv"
    await bot.set_my_commands([BotCommand(command="aide", description="Aide")])
    (command,) = await bot.get_my_commands()
    assert (command.command, command.description) == ("aide", "Aide")
    assert (await bot.get_chat(amina.id)).first_name == "Amina"
    assert (await bot.get_chat_member(amina.id, amina.id)).status == "member"
    assert await bot.pin_chat_message(amina.id, document.message_id)
    assert await bot.delete_message(amina.id, document.message_id)


async def test_errors_have_the_classes_aiogram_gives_them(bot: Bot, api: BotApi, amina: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(amina.id, "x" * 4097)
    api.faults.add(Fault("flood", retry_after=4))
    with pytest.raises(TelegramRetryAfter) as late:
        await bot.send_message(amina.id, "x")
    assert late.value.retry_after == 4
    amina.blocks_bot()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(amina.id, "x")
