"""Look for updates that could not be dealt with, in a database that is there already."""

from __future__ import annotations

from app.commands.check_findings import Finding, Level
from app.errors import CannotRun
from app.serving import open_beside
from app.settings import Settings


async def check_inbox(settings: Settings) -> list[Finding]:
    """Nothing to say before the first start, nor of a database this version cannot open: `palabre run` says why."""
    try:
        store = open_beside(settings.database.url)
    except CannotRun:
        return []
    try:
        dead = await store.read(lambda tx: tx.inbox.dead())
    finally:
        store.close()
    if not dead:
        return [Finding(Level.GOOD, "inbox", "every update received was dealt with")]
    hint = "`palabre inbox` shows them, `palabre inbox --retry` tries them again"
    return [Finding(Level.WARNING, "inbox", f"{dead} update{'s' if dead > 1 else ''} could not be dealt with", hint)]
