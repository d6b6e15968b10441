"""Print a one-time link that gives a role: organiser, facilitator, or another one in a workshop."""

import argparse
import asyncio

from telegram.error import TelegramError

from app.bootstrap import policy_of
from app.clock import SystemClock
from app.errors import CannotRun
from app.serving import open_for_invitation
from app.settings import Settings, require_token
from bot.connection import AiohttpRequest, Line
from participation.actions.steering import invite
from participation.model.people import Role
from participation.ports import Transaction

NAMES = {
    "organisateur": Role.ORGANISER,
    "organisatrice": Role.ORGANISER,
    "organiser": Role.ORGANISER,
    "animateur": Role.FACILITATOR,
    "animatrice": Role.FACILITATOR,
    "facilitator": Role.FACILITATOR,
    "capitaine": Role.CAPTAIN,
    "captain": Role.CAPTAIN,
    "juré": Role.JUROR,
    "jurée": Role.JUROR,
    "jure": Role.JUROR,
    "juror": Role.JUROR,
    "parrain": Role.SPONSOR,
    "marraine": Role.SPONSOR,
    "sponsor": Role.SPONSOR,
    "observateur": Role.OBSERVER,
    "observatrice": Role.OBSERVER,
    "observer": Role.OBSERVER,
}
EVERYWHERE = (Role.ORGANISER, Role.FACILITATOR)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A role, perhaps a workshop."""
    parser.add_argument("role", metavar="ROLE", help=f"one of: {', '.join(NAMES)}")
    parser.add_argument(
        "--workshop",
        metavar="CODE",
        help="the workshop's join code (default: the whole installation, for organisers and facilitators)",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the link."""
    role = NAMES.get(args.role.strip().lower())
    if role is None:
        raise CannotRun(f"There is no role {args.role!r}: use one of {', '.join(NAMES)}.")
    if args.workshop is None and role not in EVERYWHERE:
        raise CannotRun(f"A {role.value} belongs to a workshop: add --workshop CODE.")
    print(asyncio.run(_link(settings, role, args.workshop)))
    return 0


async def _link(settings: Settings, role: Role, code: str | None) -> str:
    username = await _username(settings)
    store = open_for_invitation(settings.database.url)
    try:
        secret = await store.write(lambda tx: _invite(tx, settings, role, code))
    finally:
        store.close()
    return f"https://t.me/{username}?start={secret}"


async def _username(settings: Settings) -> str:
    line = Line(require_token(settings), settings.telegram.api_url, AiohttpRequest(), AiohttpRequest())
    try:
        return str((await line.open())["username"])
    except TelegramError as problem:
        raise CannotRun(f"Telegram does not answer ({problem.message}): `palabre check` tells more.") from None
    finally:
        await line.close_line()


def _invite(tx: Transaction, settings: Settings, role: Role, code: str | None) -> str:
    workshop = tx.workshops.by_code(code.upper()) if code else None
    if code and workshop is None:
        raise CannotRun(f"No workshop has the code {code!r}.")
    return invite(tx, role, workshop.id if workshop else None, policy_of(settings), SystemClock().now())
