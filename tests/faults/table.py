"""The table of a night: one line for each way in and each load, their sum, the machine and the date."""

import os
import platform
from collections.abc import Mapping
from datetime import date

from tests.faults.ledger import Account

COLUMNS = (
    "rounds",
    "kills",
    "updates",
    "lost",
    "doubled",
    "unanswered",
    "slow_stops",
    "stuck",
    "recipients",
    "skipped",
    "repeated",
)
HEADS = (
    "intake", "load", "rounds", "kills", "updates", "lost", "doubled", "unanswered", "slow stops", "stuck",
    "broadcast to", "skipped", "repeated",
)  # fmt: skip


def table_of(lines: Mapping[tuple[str, str], Account]) -> str:
    """As Markdown, so that it goes into docs/reliability.md as it is."""
    total = Account()
    for account in lines.values():
        total += account
    rows = [(mode, load, *_figures(account)) for (mode, load), account in lines.items()]
    shown = [HEADS, tuple("---" if n < 2 else "---:" for n in range(len(HEADS))), *rows, ("all", "", *_figures(total))]
    return "\n".join(f"| {' | '.join(row)} |" for row in shown)


def struck_in(lines: Mapping[tuple[str, str], Account]) -> str:
    """Which named places killed, out of how many times they were planted: one that never does is passed by nobody."""
    total = Account()
    for account in lines.values():
        total += account
    found = (f"{name} {total.struck[name]} of {count}" for name, count in sorted(total.planted.items()))
    return f"Crash points that struck: {', '.join(found) or 'none was planted'}."


def _figures(account: Account) -> tuple[str, ...]:
    return tuple(f"{getattr(account, column):,}" for column in COLUMNS)


def machine() -> str:
    """Where and when, for the line under the table."""
    return (
        f"{date.today().isoformat()}, {os.cpu_count()} processors ({platform.machine()}), {platform.system()}, "  # noqa: DTZ011 - the machine's own day
        f"Python {platform.python_version()}"
    )
