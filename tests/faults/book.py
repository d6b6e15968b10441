"""The account of a run, written after each round: a night that is cut tells what it saw, and goes on from there."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.ledger import Account
from tests.faults.table import machine, struck_in, table_of


@dataclass
class Book:
    """Lines by way in and load."""

    seed: int
    file: Path | None = None
    seconds: float = 0.0
    """Of the runs before this one."""
    lines: dict[tuple[str, str], Account] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    @classmethod
    def opened(cls, file: Path | None, wanted: int, seed: int) -> "Book":
        """A new one, or the one of a run that was cut before it had all its kills."""
        if file is not None and file.exists():
            kept = json.loads(file.read_text("utf-8"))
            lines = {(line["mode"], line["load"]): _account(line["account"]) for line in kept["lines"]}
            book = cls(kept["seed"], file, kept["seconds"], lines)
            if book.kills() < wanted:
                return book
        return cls(seed, file)

    def kills(self, mode: str = "", *loads: str) -> int:
        """How many so far: of one way in and some loads, or all."""
        return sum(
            account.kills
            for (one, load), account in self.lines.items()
            if mode in ("", one) and (not loads or load in loads)
        )

    def add(self, mode: str, load: str, account: Account) -> None:
        """One round more."""
        line = self.lines.setdefault((mode, load), Account())
        line += account
        if self.file is not None:
            part = self.file.with_suffix(".part")
            part.write_text(json.dumps(self._as_json(), ensure_ascii=False, indent=1), "utf-8")
            part.replace(self.file)

    @property
    def is_broken(self) -> bool:
        """Whether a promise was, anywhere."""
        return any(account.is_broken for account in self.lines.values())

    def told(self) -> str:
        """The table, the places that struck, where and when."""
        return (
            f"{table_of(self.lines)}\n\n{struck_in(self.lines)}\n\n"
            f"{machine()}, seed {self.seed}, {self._so_far():.0f} s"
        )

    def _so_far(self) -> float:
        return self.seconds + time.monotonic() - self._began

    def _as_json(self) -> dict[str, Any]:
        lines = [{"mode": mode, "load": load, "account": vars(a)} for (mode, load), a in self.lines.items()]
        return {"seed": self.seed, "seconds": self._so_far(), "machine": machine(), "lines": lines}


def _account(kept: dict[str, Any]) -> Account:
    counters = {name: Counter(kept[name]) for name in ("planted", "struck")}
    return Account(**{**kept, **counters})
