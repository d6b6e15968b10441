"""Reach Telegram with the token of the settings, by plain HTTP: is this our bot, and can it hear people?"""

from __future__ import annotations

from typing import Any

import aiohttp

from app.commands.check_findings import Finding, Level
from app.settings import Settings, WrongSettings, require_token

PATIENCE = aiohttp.ClientTimeout(total=10)
SUBJECT = "Telegram"


async def check_telegram(settings: Settings) -> list[Finding]:
    """Ask getMe, then getWebhookInfo: a forgotten webhook makes a polling bot deaf."""
    try:
        address = f"{settings.telegram.api_url}/bot{require_token(settings)}"
    except WrongSettings as missing:
        return [Finding(Level.ERROR, SUBJECT, "no token", str(missing))]
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        me = await _ask(session, f"{address}/getMe", settings)
        if isinstance(me, Finding):
            return [me]
        hook = await _ask(session, f"{address}/getWebhookInfo", settings)
    return [_identity(me, settings), *(_unsaid(settings) if isinstance(hook, Finding) else _hearing(hook, settings))]


async def _ask(session: aiohttp.ClientSession, address: str, settings: Settings) -> dict[str, Any] | Finding:
    """The `result` of the method, or the finding that says why there is none, without the address: it has the token."""
    server = settings.telegram.api_url
    try:
        async with session.get(address) as response:
            answer = await response.json(content_type=None)
            status = response.status
    except TimeoutError:
        return Finding(Level.ERROR, SUBJECT, f"{server} did not answer in 10 seconds", "check the network, then again")
    except aiohttp.ClientError as trouble:
        hint = "check the network and telegram.api_url; behind a proxy, ask who runs it to let this address through"
        return Finding(Level.ERROR, SUBJECT, f"{server} cannot be reached ({type(trouble).__name__})", hint)
    except ValueError:
        return Finding(Level.ERROR, SUBJECT, f"{server} does not speak the Bot API", "correct telegram.api_url")
    if isinstance(answer, dict) and answer.get("ok") is True and isinstance(answer.get("result"), dict):
        result: dict[str, Any] = answer["result"]
        return result
    return _refused(server, status)


def _refused(server: str, status: int) -> Finding:
    if status in (401, 404):
        hint = "copy it again from @BotFather (/mybots, API Token); if it was revoked, take the new one"
        return Finding(Level.ERROR, SUBJECT, f"{server} does not know this token (answer {status})", hint)
    hint = "correct telegram.api_url, or try again later"
    return Finding(Level.ERROR, SUBJECT, f"{server} gave an unexpected answer ({status})", hint)


def _identity(me: dict[str, Any], settings: Settings) -> Finding:
    return Finding(Level.GOOD, SUBJECT, f"@{me.get('username')} answers at {settings.telegram.api_url}")


def _unsaid(settings: Settings) -> list[Finding]:
    """It knows our token, not this question: an emulator, or Telegram in trouble at this very moment."""
    fact = f"{settings.telegram.api_url} does not say whether a webhook is set"
    return [
        Finding(Level.WARNING, settings.telegram.mode, fact, "nothing to do if it is an emulator; else, again later")
    ]


def _hearing(hook: dict[str, Any], settings: Settings) -> list[Finding]:
    waiting = f"{hook.get('pending_update_count', 0)} updates wait"
    if settings.telegram.mode == "polling" and hook.get("url"):
        hint = "`palabre run` takes it away when it starts; if another program uses this bot, give each its own"
        return [Finding(Level.WARNING, "polling", f"a webhook is set for this bot; {waiting}", hint)]
    if settings.telegram.mode == "webhook" and hook.get("last_error_message"):
        hint = "make telegram.webhook_url reachable from the Internet over https, then run this again"
        return [Finding(Level.WARNING, "webhook", f"Telegram could not call it; {waiting}", hint)]
    return [Finding(Level.GOOD, settings.telegram.mode, waiting)]
