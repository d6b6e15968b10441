"""The table of commands: French name, English alias, for whom, and what each does."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import partial

from bot.context import Turn
from bot.handlers import hiding, joining, launching, own, reading, steering, telling, workshops
from bot.messages import say
from i18n import Catalog
from participation.actions.steering import steers_somewhere
from participation.errors import FacilitatorsOnly
from participation.questions import QUESTION_TYPES

Handler = Callable[[Turn, str], None]

_COMMAND = re.compile(r"/([^\W\d][\w-]*)(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)
CLOSE_ENOUGH = 0.6


class For(Enum):
    """Who a command is for."""

    EVERYBODY = 1
    FACILITATORS = 2


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `needs_words`: called with nothing it answers its usage (`bot-usage-<name>`)."""

    name: str
    aliases: tuple[str, ...]
    audience: For
    act: Handler
    needs_words: bool = False
    usage: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A message that is a command: its name folded (« /Idées » → « idees »), and the rest as typed."""

    name: str
    argument: str


def read_command(text: str) -> Typed | None:
    """The command a private message starts with (whatever bot it names: we are the only one there), or None."""
    found = _COMMAND.match(text.strip())
    if found is None:
        return None
    bare = unicodedata.normalize("NFKD", found[1]).casefold()
    name = "".join(c for c in bare if not unicodedata.combining(c)).replace("-", "_")
    return Typed(name, (found[2] or "").strip())


def commands(catalog: Catalog) -> list[Command]:
    """Every command, in the order of the menu: to answer, to steer, then about oneself."""
    return [*_asking(catalog), *_STEERING, *_EVERYBODY]


def run_command(turn: Turn, table: dict[str, Command], typed: Typed) -> None:
    """Do what was typed; with nothing to work on, show how to type it; unknown, offer the nearest."""
    command = table.get(typed.name)
    if command is None:
        _suggest(turn, table, typed.name)
        return
    if command.audience is For.FACILITATORS and not _steers(turn):
        raise FacilitatorsOnly()
    if command.needs_words and not typed.argument:
        turn.say(command.usage)
        return
    command.act(turn, typed.argument)


def table_of(found: list[Command]) -> dict[str, Command]:
    """Commands by every name they answer to."""
    return {name: command for command in found for name in (command.name, *command.aliases)}


def _steers(turn: Turn) -> bool:
    return turn.person is not None and steers_somewhere(turn.tx, turn.person)


def help_for(turn: Turn, _argument: str) -> None:
    """/aide: what this person can do, in a few lines."""
    turn.say("bot-help-facilitator" if _steers(turn) else "bot-help")


def _suggest(turn: Turn, table: dict[str, Command], name: str) -> None:
    in_charge = _steers(turn)
    names = [n for n, command in table.items() if in_charge or command.audience is For.EVERYBODY]
    close = get_close_matches(name, names, 1, CLOSE_ENOUGH)
    if close:
        turn.send(say(turn.voice, "bot-unknown-command-close", closest=f"/{close[0]}"))
    else:
        turn.send(say(turn.voice, "bot-unknown-command"))


def _asking(catalog: Catalog) -> list[Command]:
    """One command per question type, named by the type's own sentences in every language."""
    found = []
    for kind in QUESTION_TYPES.values():
        name, *others = [catalog.say(language, f"question-{kind.key}.command", {}) for language in catalog.languages]
        aliases = tuple(other for other in others if other != name)
        act = partial(_ask, kind.key)
        found.append(Command(name, aliases, For.FACILITATORS, act, True, f"question-{kind.key}.usage"))
    return found


def _ask(kind: str, turn: Turn, argument: str) -> None:
    launching.ask(turn, QUESTION_TYPES[kind], argument)


def _for_all(name: str, aliases: tuple[str, ...], act: Handler) -> Command:
    return Command(name, aliases, For.EVERYBODY, act)


def _steer(name: str, aliases: tuple[str, ...], act: Handler, *, needs_words: bool = False) -> Command:
    return Command(name, aliases, For.FACILITATORS, act, needs_words, f"bot-usage-{name}")


_EVERYBODY = [
    _for_all("start", (), joining.start),
    _for_all("mes_reponses", ("my_answers", "mesreponses"), own.my_answers),
    _for_all("ateliers", ("workshops",), workshops.mine),
    _for_all("langue", ("language",), own.language),
    _for_all("quitter", ("leave",), own.leave),
    _for_all("effacer", ("erase",), own.erase),
    _for_all("aide", ("help",), help_for),
]

_STEERING = [
    _steer("atelier", ("workshop",), workshops.create, needs_words=True),
    _steer("apercu", ("preview",), launching.preview),
    _steer("fermer", ("close",), steering.close),
    _steer("rouvrir", ("reopen",), steering.reopen),
    _steer("resultats", ("results",), reading.results),
    _steer("participation", ("turnout",), reading.participation),
    _steer("relancer", ("remind",), telling.remind),
    _steer("nuage", ("cloud",), reading.cloud),
    _steer("themes", (), reading.themes),
    _steer("cacher", ("hide",), hiding.hide),
    _steer("annonce", ("announce",), telling.announce, needs_words=True),
    _steer("ecran", ("screen",), steering.screen),
    _steer("export", (), reading.export),
    _steer("inviter", ("invite",), workshops.invite, needs_words=True),
    _steer("connexion", ("signin", "login"), workshops.sign_in),
]
