"""Spill a canary by every way a program has of spilling one, at DEBUG: run by test_logs.py in a process of its own."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import warnings

import httpx
from telegram import Bot

from app.logs import set_up_logs, watch_loop

TOKEN, PASSWORD = os.environ["CANARY_TOKEN"], os.environ["CANARY_PASSWORD"]
log = logging.getLogger("spill")


class Leaky:
    """Raises while Python cannot raise: the interpreter itself prints it."""

    def __del__(self) -> None:
        raise RuntimeError(f"unraisable {TOKEN}")


def in_messages() -> None:
    log.debug(TOKEN)
    log.info("%s and %r and %s", TOKEN, {"url": f"https://api.telegram.org/bot{TOKEN}/getMe"}, repr(Bot(TOKEN)))
    log.info("%(password)s", {"password": PASSWORD})
    log.info(httpx.URL("https://here/", params={"token": TOKEN, "password": PASSWORD}))
    log.info("wrong format %d", TOKEN)
    log.info("broken\nover lines %s\x1b[31m", TOKEN)
    log.warning("stack", stack_info=True, extra={"token": TOKEN})
    warnings.warn(f"careful with {TOKEN}", stacklevel=1)


def in_tracebacks() -> None:
    try:
        try:
            raise ValueError(TOKEN)
        except ValueError as cause:
            raise RuntimeError(f"password {PASSWORD}") from cause
    except RuntimeError:
        log.exception("caught with %s", TOKEN)
    try:
        httpx.Response(404, request=httpx.Request("GET", f"https://api/bot{TOKEN}/x")).raise_for_status()
    except httpx.HTTPStatusError:
        log.exception("status")


async def in_requests_and_tasks() -> None:
    watch_loop(asyncio.get_running_loop())
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    asyncio.get_running_loop().call_soon(lambda: 1 / len(TOKEN[:0]))
    asyncio.get_running_loop().call_exception_handler({"message": f"loop {TOKEN}", "exception": OSError(PASSWORD)})
    await asyncio.sleep(0)


def in_a_thread() -> None:
    raise OSError(f"thread {TOKEN}")


set_up_logs("DEBUG", sys.argv[1], [TOKEN, PASSWORD], sys.stdout)
in_messages()
in_tracebacks()
asyncio.run(in_requests_and_tasks())
thread = threading.Thread(target=in_a_thread)
thread.start()
thread.join()
Leaky()
raise SystemError(f"uncaught {TOKEN}")
