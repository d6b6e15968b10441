"""What a person understands of a message from its text and its buttons, knowing nothing of the bot's inside."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from typing import Literal

from rehearsal.botapi import Bubble, Button
from rehearsal.scenario.matching import fold, hits

Kind = Literal["consent", "ballot", "ideas", "words"]

CLOSED = ("est clos", "est fermé", "est terminé", "résultat", "is closed", "results")
GREETINGS = ("message", "bonjour", "bienvenue", "voici", "merci", "hello", "welcome", "here")
ORDERS = ("écrivez", "envoyez", "tapez", "répondez", "donnez", "write", "send", "type")
RECEIPT = ("reçu", "noté", "enregistré", "corrigé", "modifié", "retiré", "received", "noted")
REPORTS = ("personne", "donné", "répondu", "people", "gave", "answered")
TOOLS = (
    "retirer", "modifier", "annuler", "aide", "langue", "quitter", "effacer", "mes réponses", "voir", "ouvrir",
    "aller dans", "remove", "clear", "open",
)  # fmt: skip
FINISH = ("valider", "terminer", "j’ai fini", "terminé", "envoyer", "done")
SEVERAL = ("plusieurs", "several", "as many")
NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True)
class Asked:
    """Something a message expects: `most` presses at most (None: as many as one likes)."""

    kind: Kind
    question: str
    options: tuple[Button, ...] = ()
    labels: tuple[str, ...] = ()
    finish: Button | None = None
    most: int | None = 1


def understand(bubble: Bubble, said: Collection[str] = ()) -> Asked | None:
    """Read a message of the bot; None when nothing is asked. `said`: what the reader wrote, which receipts quote."""
    buttons = tuple(button for button in bubble.buttons if button.data)
    agree = next((button for button in buttons if hits(["accepte"], button.text)), None)
    if agree:
        return Asked("consent", "", (agree,))
    question = _bold(bubble.html)
    instruction = bubble.text.replace(question, "")
    if not question or question in said or hits(CLOSED, instruction) or _greets(question):
        return None
    options = tuple(button for button in buttons if not hits((*TOOLS, *FINISH), button.text))
    if len(options) > 1:
        return _ballot(instruction, question, options, buttons)
    return None if options else _open_question(instruction, question)


def label(button: Button) -> str:
    """The text of an option without the mark of a choice, the number or the count around it."""
    return re.sub(r"^(?:\W+|\d+(?=[^\w\s]))+|\s*[(·—–-]\s*\d+\s*%?\)?$", "", button.text).strip() or button.text


def _greets(bold: str) -> bool:
    return any(fold(bold).startswith(fold(word).rstrip()) for word in GREETINGS)


def _ballot(instruction: str, question: str, options: tuple[Button, ...], buttons: tuple[Button, ...]) -> Asked:
    finish = next((button for button in buttons if hits(FINISH, button.text)), None)
    labels = tuple(_meaning(label(option), instruction) for option in options)
    most = _limit(instruction) or (None if hits(SEVERAL, instruction) else 1)
    return Asked("ballot", question, options, labels, finish, most)


def _meaning(shown: str, text: str) -> str:
    """What a button that is only a number stands for: the line of the message that begins with this number."""
    line = re.search(rf"^\W*{shown}[.)]\s*(.+)$", text, re.MULTILINE) if shown.isdecimal() else None
    return line[1].strip() if line else shown


def _open_question(instruction: str, question: str) -> Asked | None:
    if hits(REPORTS, instruction) and not hits(ORDERS, instruction):
        return None
    if hits(RECEIPT, instruction) and not question.endswith("?"):
        return None
    if hits(("idée", "idea"), instruction):
        return Asked("ideas", question)
    return Asked("words", question) if hits(("mot", "word"), instruction) else None


def _limit(text: str) -> int | None:
    """The number nearest after « au plus », « jusqu’à » or « maximum », or the one before « maximum »."""
    folded = fold(text)
    number = rf"(\d+|{'|'.join(NUMBERS)})"
    found = re.search(rf" (?:au plus|jusqu a|at most|up to|maximum) {number} ", folded) or re.search(
        rf" {number} (?:\w+ ){{0,2}}(?:maximum|au plus) ", folded
    )
    return None if not found else NUMBERS.get(found[1]) or int(found[1])


def _bold(html: str) -> str:
    found = re.search(r"<(b|strong)>(.+?)</\1>", html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[2])).strip() if found else ""
