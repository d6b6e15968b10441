"""Logs for the operator: one handler, text or JSON, and no secret in any message, argument or traceback."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

MASK = "[secret]"
SHORTEST_SECRET = 4  # a shorter one would mask ordinary words
ANY_BOT_TOKEN = re.compile(r"(?<![0-9])[0-9]{6,16}(:|%3A|%3a)[A-Za-z0-9_-]{30,}")
UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# Below WARNING these write addresses with the token, sign-in codes, what people typed, or a line every ten seconds.
INDISCREET = ("httpx", "httpcore", "aiohttp.access", "aiosqlite", "sqlalchemy", "psycopg", "apscheduler", "alembic")
TALKATIVE = ("telegram", "PIL", "fontTools", "asyncio")


class Redaction:
    """Takes the given secrets out of any text, as they are or as an address writes them, and all bot tokens."""

    def __init__(self, secrets: Iterable[str]) -> None:
        found = {form for secret in secrets for form in _forms(secret)}
        longest_first = sorted(found, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if found else None

    def __call__(self, text: str) -> str:
        known_out = self._known.sub(MASK, text) if self._known else text
        return ANY_BOT_TOKEN.sub(MASK, known_out)


def _forms(secret: str) -> list[str]:
    """The secret, its halves around a colon (a token's second half is the key), and the same inside an address."""
    halves = [half for half in secret.split(":") if len(half) > 2 * SHORTEST_SECRET and not half.isdigit()]
    forms = [
        form for part in [secret, *halves] for form in (part, quote(part, safe=""), quote_plus(part), repr(part)[1:-1])
    ]
    return [form for form in forms if len(form) >= SHORTEST_SECRET]


class _TextFormatter(logging.Formatter):
    """`2026-11-22T13:00:00+00:00 INFO bot.intake: …`; a message cannot forge a second line."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        head = f"{_moment(record)} {record.levelname} {record.name}: {_one_line(_message(record))}"
        return self._redact("\n".join([head, *_details(record)]))


class _JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message, and details when there is a traceback."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redact(_message(record)),
        }
        details = self._redact("\n".join(_details(record)))
        return self._redact(json.dumps(told | ({"details": details} if details else {}), ensure_ascii=False))


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _message(record: logging.LogRecord) -> str:
    """The message with its arguments; a wrong format in a library's message is no reason to lose the message."""
    try:
        text = record.getMessage()
    except (TypeError, ValueError, KeyError):
        text = f"{record.msg} {record.args!r}"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _one_line(text: str) -> str:
    return UNPRINTED.sub("?", text.replace("\r", "\\r").replace("\n", "\\n"))


def _details(record: logging.LogRecord) -> list[str]:
    lines = traceback.format_exception(*record.exc_info) if record.exc_info else []
    stack = [record.stack_info] if record.stack_info else []
    text = "".join(lines).rstrip("\n").encode("utf-8", "backslashreplace").decode("utf-8")
    return [UNPRINTED.sub("?", part) for part in [text, *stack] if part]


def set_up_logs(level: str, form: str, secrets: Iterable[str], stream: TextIO | None = None) -> Redaction:
    """Send every log of the process to `stream` (stderr), with what nobody caught; give the redaction for other uses."""
    redact = Redaction(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonFormatter(redact) if form == "json" else _TextFormatter(redact))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    _quieten(logging.getLevelNamesMapping()[level])
    _catch_the_uncaught()
    return redact


def _quieten(level: int) -> None:
    for name in INDISCREET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.INFO))


def _catch_the_uncaught() -> None:
    """What Python would print by itself goes through the logs, hence through the redaction."""
    log = logging.getLogger("app.uncaught")

    def told(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("Nobody caught this", exc_info=(kind, error or kind(), trace))

    sys.excepthook = told
    threading.excepthook = lambda lost: told(lost.exc_type, lost.exc_value, lost.exc_traceback)
    sys.unraisablehook = lambda lost: told(lost.exc_type, lost.exc_value, lost.exc_traceback)


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Log what a task of this loop raised and nobody awaited; call it once in every loop."""
    log = logging.getLogger("app.uncaught")

    def told(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        log.error("In the event loop: %s", context.get("message"), exc_info=error or False)

    loop.set_exception_handler(told)
