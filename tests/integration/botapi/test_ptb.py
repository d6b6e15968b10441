"""Claims proven by python-telegram-bot, over HTTP and in process: the same conversation on both."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from rehearsal.botapi import BotApi, BotApiServer, Fault, InProcessRequest, Person
from tests.unit.botapi.town import TOKEN, picture, until

YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Oui", callback_data="oui"), InlineKeyboardButton("Non", url="https://example.org")]]
)


@pytest.fixture(params=["http", "in process"])
async def bot(request: pytest.FixtureRequest, api: BotApi) -> AsyncIterator[Bot]:
    """An initialized Bot (getMe has been called)."""
    if request.param == "http":
        async with BotApiServer(api) as server, Bot(TOKEN, server.url + "/bot", server.url + "/file/bot") as bot:
            yield bot
    else:
        async with Bot(TOKEN, request=InProcessRequest(api), get_updates_request=InProcessRequest(api)) as bot:
            yield bot


@pytest.fixture
def amina(api: BotApi) -> Person:
    return next(iter(api.people.values()))


async def test_a_ballot_is_sent_pressed_answered_and_edited(bot: Bot, amina: Person) -> None:
    (start,) = await bot.get_updates()
    assert start.message is not None
    assert (start.message.text, start.message.from_user.id) == ("/start CODE", amina.id)  # type: ignore[union-attr] # PTB allows messages without sender
    sent = await bot.send_message(amina.id, "<b>On vote ?</b>", parse_mode="HTML", reply_markup=YES_NO)
    assert sent.entities[0].type == "bold"
    press = amina.presses(sent.message_id, "Oui")
    (update,) = await bot.get_updates(offset=start.update_id + 1, timeout=5)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.message.message_id) == ("oui", sent.message_id)  # type: ignore[union-attr] # it is there
    assert await bot.answer_callback_query(query.id, "Merci", show_alert=True)
    assert press.answer is not None
    assert (press.answer.text, press.answer.alert) == ("Merci", True)
    edited = await bot.edit_message_text("Votre choix : Oui", amina.id, sent.message_id)
    assert not isinstance(edited, bool)
    assert amina.phone().bubble(sent.message_id).text == "Votre choix : Oui"


async def test_pictures_documents_and_albums_go_by_multipart(bot: Bot, api: BotApi, amina: Person) -> None:
    cloud = await bot.send_photo(amina.id, picture(60, 40), caption="Nuage", filename="nuage.png")
    assert (cloud.photo[-1].width, cloud.photo[-1].height) == (60, 40)
    document = await bot.send_document(amina.id, b"a;b\n", filename="export.csv")
    assert document.document is not None
    assert document.document.file_name == "export.csv"
    album = await bot.send_media_group(
        amina.id, [InputMediaPhoto(picture(colour="red"), caption="Un"), InputMediaPhoto(cloud.photo[-1].file_id)]
    )
    assert [message.caption for message in album] == ["Un", None]
    changed = await bot.edit_message_media(InputMediaPhoto(picture(10, 10)), amina.id, cloud.message_id)
    assert not isinstance(changed, bool)
    assert changed.photo[-1].width == 10


async def test_a_person_s_picture_is_downloaded(bot: Bot, amina: Person) -> None:
    amina.sends_photo(picture(12, 34))
    updates = await bot.get_updates()
    assert updates[-1].message is not None
    file = await bot.get_file(updates[-1].message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == picture(12, 34)


async def test_settings_are_read_back(bot: Bot, amina: Person) -> None:
    await bot.set_my_commands([BotCommand("aide", "Aide")], language_code="fr")
    assert await bot.get_my_commands(language_code="fr") == (BotCommand("aide", "Aide"),)
    await bot.set_my_description("Ce que nous faisons")
    assert (await bot.get_my_description()).description == "Ce que nous faisons"
    assert [command.name for command in amina.phone().commands] == ["aide"]
    chat = await bot.get_chat(amina.id)
    assert chat.first_name == "Amina"
    assert (await bot.get_chat_member(amina.id, amina.id)).status == "member"
    assert (await bot.get_webhook_info()).pending_update_count == 1
    assert await bot.send_chat_action(amina.id, "typing")
    assert (await bot.copy_message(amina.id, amina.id, 1)).message_id == 2
    assert (await bot.forward_message(amina.id, amina.id, 1)).forward_origin is not None
    assert await bot.delete_messages(amina.id, [2, 3])


async def test_errors_have_the_classes_ptb_gives_them(
    bot: Bot, api: BotApi, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it PTB warns that retry_after will be a timedelta
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "x")
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("1")
    api.faults.add(Fault("flood", retry_after=3))
    with pytest.raises(RetryAfter, match="Flood control"):
        await bot.send_message(amina.id, "x")
    api.faults.add(Fault("server_error", status=502))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(amina.id, "x")
    group = amina.creates_group("Conseil")
    new = api.becomes_supergroup(group)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "x")
    assert migrated.value.new_chat_id == new.id
    amina.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(amina.id, "x")


async def test_a_cut_connection_is_a_network_error_with_or_without_the_effect(
    bot: Bot, api: BotApi, amina: Person
) -> None:
    for kind in ("cut_before", "cut_after"):
        api.faults.add(Fault(kind, method="sendMessage"))
        with pytest.raises(NetworkError):
            await bot.send_message(amina.id, kind)
    assert [bubble.text for bubble in amina.phone().messages()] == ["/start CODE", "cut_after"]


async def test_a_second_poller_is_a_conflict_for_the_first(bot: Bot, api: BotApi, amina: Person) -> None:
    (start,) = await bot.get_updates()
    first = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=20))
    await until(lambda: api.only_bot.poll is not None)
    second = asyncio.create_task(api.call(TOKEN, "getUpdates", {"offset": start.update_id + 1, "timeout": 20}))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    amina.sends_text("un")
    assert [update["message"]["text"] for update in (await second).answer["result"]] == ["un"]


async def test_a_wrong_token_is_invalid(server: BotApiServer) -> None:
    bot = Bot("1:wrong", server.url + "/bot")
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await bot.initialize()
    await asyncio.gather(bot.request.shutdown(), bot._request[0].shutdown())  # PTB leaves them open after a failure


@pytest.mark.parametrize("transport", ["http", "in process"])
async def test_a_whole_application_polls_and_answers(api: BotApi, amina: Person, transport: str) -> None:
    async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("Bienvenue", reply_markup=YES_NO)

    async def vote(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Reçu")

    async with BotApiServer(api) as server:
        builder = ApplicationBuilder().token(TOKEN)
        if transport == "http":
            builder = builder.base_url(server.url + "/bot")
        else:
            builder = builder.request(InProcessRequest(api)).get_updates_request(InProcessRequest(api))
        application = builder.build()
        application.add_handler(CommandHandler("start", start))
        application.add_handler(CallbackQueryHandler(vote))
        following = amina.phone().follow()
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling(timeout=5)
            welcome = await following.next()
            assert welcome.bubble is not None
            assert welcome.bubble.text == "Bienvenue"
            answer = await amina.presses(welcome.message_id, "Oui").answered()
            await application.updater.stop()
            await application.stop()
    assert answer is not None
    assert answer.text == "Reçu"
