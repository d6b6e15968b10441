"""Messages with a file: photos, documents, sounds, albums; and reading a file back."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.files import StoredFile
from rehearsal.botapi.limits import ALBUM_ITEMS, BOT_DOWNLOAD_BYTES
from rehearsal.botapi.methods.call import Call, caption_of
from rehearsal.botapi.methods.sending import deliver, post, shared_fields

_DEFAULT_NAMES: Final = {
    "photo": "photo.jpg", "voice": "voice.ogg", "video": "video.mp4", "audio": "audio.mp3",
    "animation": "animation.mp4", "sticker": "sticker.webp", "video_note": "note.mp4", "document": "file",
}  # fmt: skip
_ALBUMS: Final = ({"photo", "video"}, {"document"}, {"audio"})


def input_file(call: Call, kind: str, value: str, field: str = "") -> StoredFile:
    """The file a parameter means: sent under its own name, attached, or known by its file_id."""
    upload = call.parameters.files.get(field)
    if value.startswith("attach://"):
        upload = call.parameters.files.get(value.removeprefix("attach://"))
    if upload is not None:
        name = upload.name or _DEFAULT_NAMES[kind]
        return call.api.files.add(kind, name, upload.content, upload.mime_type)
    if not value or value.startswith("attach://"):
        raise bad_request(f"There is no {kind.replace('_', ' ')} in the request")
    if value.lower().startswith(("http://", "https://")):
        raise bad_request("Failed to get HTTP URL content")  # nothing is fetched from elsewhere
    found = call.api.files.by_id(value)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if kind != "document" and found.kind != kind:
        raise bad_request(f"type of file mismatch: can't use a {found.kind} as {kind}")
    return found


def media_field(kind: str, stored: StoredFile, facts: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Message that hold this file."""
    if kind == "photo":
        return {"photo": [stored.as_photo()]}
    plain = stored.as_json() | {"mime_type": stored.mime_type}
    file = dict(plain)
    if kind in ("document", "audio", "video", "animation"):
        file["file_name"] = stored.name
    if kind in ("voice", "audio", "video", "animation", "video_note"):
        file["duration"] = int(facts.get("duration") or 0)
    if kind in ("video", "animation"):
        file |= {"width": int(facts.get("width") or 0), "height": int(facts.get("height") or 0)}
    if kind == "video_note":
        file["length"] = int(facts.get("length") or 240)
    if kind == "audio":
        file |= {name: facts[name] for name in ("title", "performer") if facts.get(name)}
    if kind == "sticker":
        file |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    if kind in ("sticker", "video_note"):
        del file["mime_type"]
    return {kind: file} | ({"document": plain} if kind == "animation" else {})


def _send(kind: str, call: Call) -> dict[str, Any]:
    chat = call.writable_chat()
    stored = input_file(call, kind, call.parameters.text(kind), kind)
    facts = {name: call.parameters.values.get(name) for name in _FACTS}
    content = media_field(kind, stored, facts)
    if kind not in ("sticker", "video_note"):
        content |= call.caption()
    if call.parameters.boolean("has_spoiler"):
        content["has_media_spoiler"] = True
    if call.parameters.boolean("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return deliver(call, content, chat)


_FACTS: Final = ("duration", "width", "height", "length", "title", "performer")


def input_media(call: Call, item: object, field: str = "media") -> tuple[str, dict[str, Any]]:
    """An InputMedia object: its kind, and the fields of the Message that shows it."""
    if not isinstance(item, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    kind = str(item.get("type", ""))
    if kind not in ("photo", "video", "document", "audio", "animation"):
        raise bad_request(f'Can\'t parse InputMedia: type "{kind}" is unsupported')
    stored = input_file(call, kind, str(item.get("media", "")), field)
    caption = caption_of(
        str(item.get("caption") or ""), str(item.get("parse_mode") or ""), item.get("caption_entities")
    )
    return kind, media_field(kind, stored, item) | caption


def send_media_group(call: Call) -> list[dict[str, Any]]:
    chat = call.writable_chat()
    items = call.parameters.json("media", "media")
    if not isinstance(items, list):
        raise bad_request("Expected an Array of InputMedia")
    if len(items) > ALBUM_ITEMS:
        raise bad_request("Too many messages to send as an album")
    if len(items) < 2:
        raise bad_request("There are no messages to send" if not items else "Too few messages to send as an album")
    album = [input_media(call, item, field="") for item in items]
    kinds = {kind for kind, _ in album}
    if not any(kinds <= allowed for allowed in _ALBUMS):
        raise bad_request("Can't use the media of the specified type in the album")
    extra = shared_fields(call, chat)
    if call.api.rates is not None:
        call.api.rates.check(chat.id, len(album))
    group_id = str(call.api.random.randrange(10**16, 10**17))
    return [post(call, chat, {"media_group_id": group_id, **extra, **content}) for _, content in album]


def get_file(call: Call) -> dict[str, Any]:
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.api.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > BOT_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return stored.as_json() | {"file_path": stored.path}


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    **{
        "send" + kind.title().replace("_", ""): partial(_send, kind)
        for kind in ("photo", "document", "voice", "video", "audio", "animation", "sticker", "video_note")
    },
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
