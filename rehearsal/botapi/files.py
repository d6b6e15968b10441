"""The files of the local Bot API: kept once per content, named by ids, fetched by path."""

import hashlib
import io
import mimetypes
from base64 import urlsafe_b64encode
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.limits import check_upload

_FOLDERS: Final = {
    "photo": "photos", "document": "documents", "voice": "voice", "video": "videos", "audio": "music",
    "sticker": "stickers", "animation": "animations", "video_note": "video_notes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `unique_id` is the same for the same content, `path` is where /file/bot<token>/ serves it."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    path: str
    content: bytes
    width: int = 0
    height: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def as_photo(self) -> dict[str, Any]:
        return self.as_json() | {"width": self.width, "height": self.height}


class Files:
    """Everything uploaded; with `kept_bytes` the oldest files give way, and their ids stop working."""

    def __init__(self, kept_bytes: int | None = None) -> None:
        self._kept_bytes = kept_bytes
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_path: dict[str, StoredFile] = {}
        self._bytes = 0
        self._count = 0

    def add(self, kind: str, name: str, content: bytes, mime_type: str = "") -> StoredFile:
        """Store a file; a photo must be a readable picture of the shape Telegram takes."""
        digest = hashlib.sha256(kind.encode() + b"\0" + name.encode() + b"\0" + content).digest()
        file_id = "AgAD" + urlsafe_b64encode(digest[:27]).decode()
        if file_id in self._by_id:
            self._by_id.move_to_end(file_id)
            return self._by_id[file_id]
        stored = self._build(kind, name, content, mime_type, file_id)
        self._by_id[file_id] = self._by_path[stored.path] = stored
        self._bytes += len(content)
        self._forget_oldest()
        return stored

    def _build(self, kind: str, name: str, content: bytes, mime_type: str, file_id: str) -> StoredFile:
        check_upload(len(content), photo=kind == "photo")
        if not content:
            raise bad_request("file must be non-empty")
        width, height = _picture_size(content) if kind == "photo" else (0, 0)
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        unique_id = "AQAD" + urlsafe_b64encode(hashlib.sha256(content).digest()[:9]).decode()
        suffix = "." + name.rpartition(".")[2] if "." in name else mimetypes.guess_extension(mime_type) or ""
        path = f"{_FOLDERS.get(kind, 'documents')}/file_{self._count}{suffix}"
        self._count += 1
        return StoredFile(file_id, unique_id, kind, name, mime_type, path, content, width, height)

    def _forget_oldest(self) -> None:
        while self._kept_bytes is not None and self._bytes > self._kept_bytes and len(self._by_id) > 1:
            _, old = self._by_id.popitem(last=False)
            del self._by_path[old.path]
            self._bytes -= len(old.content)

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def _picture_size(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
