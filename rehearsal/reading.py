"""What a person understands of a message from its text and its buttons, knowing nothing of the bot's inside."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from typing import Literal

from rehearsal.botapi import Bubble, Button
from rehearsal.scenario.matching import fold, hits

Kind = Literal["consent", "ballot", "ideas", "words"]

CLOSED = ("clos", "fermé", "terminé", "résultat", "closed", "results")
RECEIPT = ("reçu", "noté", "enregistré", "ajouté", "modifié", "retiré", "received", "recorded")
TOOLS = ("retirer", "modifier", "annuler", "aide", "langue", "quitter", "effacer", "mes réponses", "voir", "ouvrir")
FINISH = ("valider", "terminer", "j’ai fini", "terminé", "envoyer", "done")
SEVERAL = ("plusieurs", "au plus", "jusqu", "maximum", "at most", "up to")
NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True)
class Asked:
    """Something a message expects: `most` presses at most (None: as many as one likes)."""

    kind: Kind
    question: str
    options: tuple[Button, ...] = ()
    finish: Button | None = None
    most: int | None = 1


def understand(bubble: Bubble, said: Collection[str] = ()) -> Asked | None:
    """Read a message of the bot; None when nothing is asked. `said`: what the reader wrote, which receipts quote."""
    buttons = tuple(button for button in bubble.buttons if button.data)
    agree = next((button for button in buttons if hits(["accepte"], button.text)), None)
    if agree:
        return Asked("consent", "", (agree,))
    question = _bold(bubble.html)
    if not question or question in said or hits(CLOSED, bubble.text.replace(question, "")):
        return None
    options = tuple(button for button in buttons if not hits((*TOOLS, *FINISH), button.text))
    if len(options) > 1:
        return _ballot(bubble.text, question, options, buttons)
    return None if options else _open_question(bubble.text.replace(question, ""), question)


def label(button: Button) -> str:
    """The text of an option without the mark of a choice, the number or the count around it."""
    return re.sub(r"^(?:\W+|\d+(?=[^\w\s]))+|\s*[(·—–-]\s*\d+\s*%?\)?$", "", button.text).strip() or button.text


def _ballot(text: str, question: str, options: tuple[Button, ...], buttons: tuple[Button, ...]) -> Asked:
    finish = next((button for button in buttons if hits(FINISH, button.text)), None)
    rest = text.replace(question, "")
    return Asked("ballot", question, options, finish, _limit(rest) if hits(SEVERAL, rest) else 1)


def _open_question(instruction: str, question: str) -> Asked | None:
    if not question.endswith("?") and hits(RECEIPT, instruction):
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
