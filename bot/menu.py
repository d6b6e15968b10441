"""The menu of commands that Telegram shows beside the text field: everybody's, and the one of those who steer."""

from bot.calls import Call
from i18n import Catalog, Voice
from participation.questions import QUESTION_TYPES

EVERYBODY = ("mes_reponses", "langue", "ateliers", "quitter", "effacer", "aide")
STEERING = (
    "participation", "relancer", "fermer", "rouvrir", "resultats", "nuage", "themes", "cacher",
    "annonce", "ecran", "apercu", "atelier", "ateliers", "inviter", "connexion", "export", "langue", "aide",
)  # fmt: skip


def menu_calls(catalog: Catalog) -> list[Call]:
    """What to tell Telegram at the start: everybody's commands, in each language; French where the phone speaks another."""
    calls = [_default(Voice(catalog))]
    return [*calls, *(_default(Voice(catalog, language), language) for language in catalog.languages)]


def role_menu(voice: Voice, chat: int) -> Call:
    """The commands of those who steer, for one private chat."""
    asking = [_line(voice, f"question-{key}.command", f"question-{key}.menu") for key in QUESTION_TYPES]
    steering = [_entry(voice, name) for name in STEERING]
    return Call("setMyCommands", {"commands": [*asking, *steering], "scope": {"type": "chat", "chat_id": chat}})


def plain_menu(chat: int) -> Call:
    """Back to everybody's commands in this chat."""
    return Call("deleteMyCommands", {"scope": {"type": "chat", "chat_id": chat}})


def _default(voice: Voice, language: str = "") -> Call:
    params: dict[str, object] = {"commands": [_entry(voice, name) for name in EVERYBODY]}
    return Call("setMyCommands", {**params, "language_code": language} if language else params)


def _entry(voice: Voice, name: str) -> dict[str, str]:
    return _line(voice, f"bot-menu-{name}.command", f"bot-menu-{name}")


def _line(voice: Voice, command: str, description: str) -> dict[str, str]:
    return {"command": voice(command), "description": voice(description)}
