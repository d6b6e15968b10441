"""One call of the Bot API, decided now and made later: what is kept in the trays is this, as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API and its parameters. `attachment` names a parameter to be filled from the pictures tray."""

    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    attachment: tuple[str, int] | None = None
    """(parameter, picture id): for instance ("photo", 12)."""

    def to_json(self) -> str:
        """As kept in a tray."""
        whole: dict[str, Any] = {"method": self.method, "params": dict(self.params)}
        if self.attachment:
            whole["attachment"] = self.attachment
        return orjson.dumps(whole).decode()

    @classmethod
    def from_json(cls, body: str) -> "Call":
        """As it was put in the tray."""
        whole = orjson.loads(body)
        attachment = whole.get("attachment")
        return cls(whole["method"], whole["params"], tuple(attachment) if attachment else None)
