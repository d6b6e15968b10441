"""Claims about pictures, documents and albums, both ways."""

import pytest

from rehearsal.botapi import Upload
from tests.unit.botapi.town import Refused, Town, picture


async def test_a_picture_sent_under_its_own_name_reaches_the_phone(town: Town) -> None:
    sent = await town.ask(
        "sendPhoto", {"photo": Upload("nuage.png", picture(40, 30))}, chat_id=town.amina.id, caption="Nuage"
    )
    bubble = town.amina.phone().bubble(sent["message_id"])
    assert (bubble.kind, bubble.text) == ("photo", "Nuage")
    assert bubble.attachment is not None
    assert (bubble.attachment.width, bubble.attachment.height) == (40, 30)
    assert town.api.file(bubble.attachment.file_id).content == picture(40, 30)


async def test_a_file_id_sends_the_same_file_again(town: Town) -> None:
    first = await town.ask("sendDocument", {"f": Upload("a.csv", b"a;b")}, chat_id=town.amina.id, document="attach://f")
    again = await town.ask("sendDocument", chat_id=town.amina.id, document=first["document"]["file_id"])
    assert again["document"] == first["document"]
    assert first["document"]["file_name"] == "a.csv"


@pytest.mark.parametrize("kind", ["Voice", "Video", "Audio", "Animation", "Sticker", "VideoNote"])
async def test_every_kind_of_file_has_its_documented_fields(town: Town, kind: str) -> None:
    field = {"VideoNote": "video_note"}.get(kind, kind.lower())
    sent = await town.ask(f"send{kind}", {field: Upload("file", b"content")}, chat_id=town.amina.id)
    assert town.amina.phone().bubble(sent["message_id"]).kind == field


async def test_a_person_s_picture_can_be_fetched_by_the_bot(town: Town) -> None:
    town.amina.sends_photo(picture(10, 20), "Mon quartier")
    (update,) = await town.updates()
    photo = update["message"]["photo"][-1]
    assert (photo["width"], photo["height"], update["message"]["caption"]) == (10, 20, "Mon quartier")
    described = await town.ask("getFile", file_id=photo["file_id"])
    stored = town.api.files.by_path(described["file_path"])
    assert stored is not None
    assert (stored.content, described["file_size"]) == (picture(10, 20), len(picture(10, 20)))


async def test_what_else_a_person_may_send_is_documented(town: Town) -> None:
    amina = town.amina
    amina.sends_document(b"a;b", "liste.csv", "La liste")
    amina.sends_voice(b"ogg", 4)
    amina.sends_video(b"mp4")
    amina.sends_audio(b"mp3", "Chanson")
    amina.sends_sticker("🎉")
    amina.sends_contact("+33100000000", "Amina")
    amina.sends_location(4.9, -52.3)
    amina.sends_dice()
    amina.sends_forward("Lu ailleurs", "Quelqu'un")
    amina.forwards(1)
    await town.updates()
    kinds = [bubble.kind for bubble in amina.phone().messages()[1:]]
    assert kinds == [
        "document", "voice", "video", "audio", "sticker", "contact", "location", "dice", "text", "text"
    ]  # fmt: skip


async def test_an_album_is_several_messages_of_one_group(town: Town) -> None:
    files = {"a": Upload("a.png", picture()), "b": Upload("b.png", picture(colour="red"))}
    media = [
        {"type": "photo", "media": "attach://a", "caption": "<b>Un</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://b"},
    ]
    reply = {"message_id": 1}
    sent = await town.ask("sendMediaGroup", files, chat_id=town.amina.id, media=media, reply_parameters=reply)
    bubbles = [town.amina.phone().bubble(message["message_id"]) for message in sent]
    assert len({bubble.album for bubble in bubbles}) == 1
    assert [(bubble.html, bubble.reply_to) for bubble in bubbles] == [("<b>Un</b>", 1), ("", 1)]


async def test_what_cannot_be_an_album(town: Town) -> None:
    files = {"a": Upload("a.png", picture()), "b": Upload("b.txt", b"text")}
    photo, document = {"type": "photo", "media": "attach://a"}, {"type": "document", "media": "attach://b"}
    chat = {"chat_id": town.amina.id}
    assert await town.refusal("sendMediaGroup", files, **chat, media=[photo, document]) == (
        "Bad Request: can't use the media of the specified type in the album"
    )
    assert await town.refusal("sendMediaGroup", files, **chat, media=[photo] * 11) == (
        "Bad Request: too many messages to send as an album"
    )
    assert await town.refusal("sendMediaGroup", files, **chat, media=[{"type": "game", "media": "x"}] * 2) == (
        'Bad Request: can\'t parse InputMedia: type "game" is unsupported'
    )


async def test_pictures_that_are_refused(town: Town) -> None:
    chat = {"chat_id": town.amina.id}

    async def refusal(content: bytes) -> str:
        return await town.refusal("sendPhoto", {"photo": Upload("x.png", content)}, **chat)

    assert await refusal(b"not a picture") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await refusal(b"") == "Bad Request: file must be non-empty"
    assert await refusal(picture(400, 10)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await refusal(b"0" * (10 * 2**20 + 1)) == (
        "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"
    )
    assert await town.refusal("sendPhoto", **chat) == "Bad Request: there is no photo in the request"
    assert await town.refusal("sendPhoto", **chat, photo="AgADwrong") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await town.refusal("sendPhoto", **chat, photo="https://example.org/a.png") == (
        "Bad Request: failed to get HTTP URL content"
    )


async def test_a_document_over_50_mb_is_too_large(town: Town) -> None:
    files = {"document": Upload("a.bin", b"0" * (50 * 2**20 + 1))}
    with pytest.raises(Refused) as refused:
        await town.ask("sendDocument", files, chat_id=town.amina.id)
    assert (refused.value.code, refused.value.description) == (413, "Request Entity Too Large")


async def test_a_caption_has_1024_units(town: Town) -> None:
    files = {"photo": Upload("a.png", picture())}
    await town.ask("sendPhoto", files, chat_id=town.amina.id, caption="🎉" * 512)
    assert await town.refusal("sendPhoto", files, chat_id=town.amina.id, caption="🎉" * 513) == (
        "Bad Request: message caption is too long"
    )


async def test_the_oldest_files_give_way_when_their_memory_is_bounded() -> None:
    town = Town(options={"kept_file_bytes": 25})
    town.amina.opens_link()
    ids = []
    for number in range(3):
        files = {"document": Upload(f"{number}.txt", f"{number:010}".encode())}
        ids.append((await town.ask("sendDocument", files, chat_id=town.amina.id))["document"]["file_id"])
    assert await town.refusal("getFile", file_id=ids[0]) == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    assert (await town.ask("getFile", file_id=ids[2]))["file_size"] == 10
