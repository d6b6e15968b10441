"""The parameters of one request, read as the Bot API reads them whatever transport brought them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from rehearsal.botapi.errors import bad_request

_TRUE = frozenset(("true", "yes", "1", "t", "y"))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    mime_type: str = ""


@dataclass(slots=True)  # not frozen: made by the hundred thousand
class Parameters:
    """Values are strings when they come from a form or a query, JSON values otherwise: both read the same."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """An integer; what cannot be read as one counts as 0, as on the official server."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def bounded(self, name: str, default: int, least: int, most: int) -> int:
        return min(max(self.integer(name, default), least), most)

    def number(self, name: str) -> float | None:
        try:
            return float(self.values.get(name, ""))
        except (TypeError, ValueError):
            return None

    def boolean(self, name: str) -> bool:
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def json(self, name: str, what: str) -> Any:
        """A JSON-serialized parameter, or None when absent; `what` names it in the error."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str | bytes):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"Can't parse {what} JSON object") from None
