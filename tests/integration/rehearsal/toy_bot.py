"""A small bot of the rehearsal's own tests: joins, agrees, asks, receives, with no library but the local Bot API."""

from __future__ import annotations

import asyncio
import io
import json
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from typing import Any

import segno

from rehearsal.botapi import Bot, BotApi
from rehearsal.botapi.parameters import Upload

COMMANDS = [
    {"command": "atelier", "description": "Ouvrir un atelier : code, lien et QR code"},
    {"command": "sondage", "description": "Poser une question à choix"},
    {"command": "idees", "description": "Demander des idées"},
    {"command": "export", "description": "Recevoir les réponses dans un fichier"},
]


@dataclass
class Question:
    """What was asked, how (`most` 0 = not a ballot), and what each chat answered."""

    text: str
    options: list[str]
    most: int
    answers: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))


class ToyBot:
    """Runs in a task by `live`; `ask` sends a question to every member who agreed."""

    def __init__(self, api: BotApi, bot: Bot, code: str = "RONDE7") -> None:
        self._api = api
        self._bot = bot
        self.code = code
        self.members: list[int] = []
        self.questions: list[Question] = []
        self.receipts = 0

    async def call(self, method: str, files: dict[str, Upload] | None = None, **parameters: Any) -> Any:
        reply = await self._api.call(self._bot.token, method, parameters, files=files or {})
        answer = json.loads(reply.body)
        assert answer["ok"], (method, answer)
        return answer["result"]

    async def live(self) -> None:
        await self.call("setMyCommands", commands=json.dumps(COMMANDS))
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                await self._handle(update)

    async def say(self, chat: int, text: str, *rows: list[dict[str, str]]) -> Any:
        markup = {"reply_markup": json.dumps({"inline_keyboard": rows})} if rows else {}
        return await self.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **markup)

    async def ask(self, text: str, options: list[str], most: int = 1, kind: str = "ballot") -> Question:
        question = Question(text, options, most if kind == "ballot" else 0)
        self.questions.append(question)
        for chat in list(self.members):
            await self._put(chat, question, kind)
        return question

    async def _put(self, chat: int, question: Question, kind: str) -> None:
        number = self.questions.index(question)
        lines = {
            "ideas": "Écrivez une idée par message.",
            "words": "Envoyez un à trois mots, séparés par des virgules.",
            "ballot": "Un seul choix."
            if question.most == 1
            else f"Plusieurs choix possibles, {question.most} au plus.",
        }
        rows = [[{"text": option, "callback_data": f"v{number}:{i}"}] for i, option in enumerate(question.options)]
        await self.say(chat, f"<b>{escape(question.text)}</b>\n{lines[kind]}", *rows)

    async def _handle(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self._pressed(update["callback_query"])
        elif "message" in update:
            await self._written(update["message"])

    async def _pressed(self, query: dict[str, Any]) -> None:
        chat, data = query["from"]["id"], query["data"]
        if data == "agree":
            if chat not in self.members:
                self.members.append(chat)
            await self.call(
                "answerCallbackQuery", callback_query_id=query["id"], text="Merci, vous êtes dans l’atelier."
            )
            await self.say(chat, "Bienvenue ! La première question arrive bientôt.")
            return
        number, option = map(int, data[1:].split(":"))
        question = self.questions[number]
        text = _choose(question, question.answers[chat], option)
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text)

    async def _written(self, message: dict[str, Any]) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        command, _, rest = text.partition(" ")
        if command == "/start":
            await self._welcome(chat, rest)
        elif command == "/atelier":
            await self._open_workshop(chat, rest or "Atelier")
        elif command == "/sondage":
            asked, *options = [part.strip() for part in rest.split("|")]
            await self.ask(asked, options)
        elif command == "/idees":
            await self.ask(rest, [], kind="ideas")
        elif command == "/export":
            await self.call(
                "sendDocument",
                {"document": Upload("reponses.csv", b"idee\n")},
                chat_id=chat,
                document="attach://document",
            )
        elif text.isdecimal() and self.questions and 0 < int(text) <= len(self.questions[-1].options):
            await self.say(chat, _choose(self.questions[-1], self.questions[-1].answers[chat], int(text) - 1))
        elif text and self.questions and not self.questions[-1].options:
            self.questions[-1].answers[chat].append(text)
            self.receipts += 1
            row = [{"text": "Retirer cette idée", "callback_data": "v0:0"}]
            await self.say(
                chat, f"Idée <b>n° {self.receipts}</b> reçue. Vous pouvez la corriger en modifiant votre message.", row
            )
        else:
            await self.say(chat, "Je ne lis que les messages écrits. Envoyez /aide pour savoir quoi faire.")

    async def _welcome(self, chat: int, code: str) -> None:
        if code == "ANIMATION":
            await self.say(chat, "Bonjour, vous animez cet atelier. Envoyez /atelier suivi d’un titre.")
            return
        await self.say(
            chat,
            "Ce que vous dites ici sert à l’atelier <i>Éducation, formation, emploi</i>. Votre nom n’est montré à personne.",
            [{"text": "J’accepte et je participe", "callback_data": "agree", "style": "primary"}],
        )

    async def _open_workshop(self, chat: int, title: str) -> None:
        link = f"https://t.me/{self._bot.username}?start={self.code}"
        picture = io.BytesIO()
        segno.make(link).save(picture, kind="png", scale=12, border=3)
        caption = f"<b>{escape(title)}</b>\nCode : <code>{self.code}</code>\nLien : {link}"
        await self.call(
            "sendPhoto", {"photo": Upload("qr.png", picture.getvalue())},
            chat_id=chat, photo="attach://photo", caption=caption, parse_mode="HTML",
            reply_markup=json.dumps({"inline_keyboard": [[{"text": "Ouvrir l’écran projeté", "url": "http://127.0.0.1:9/ecran"}]]}),
        )  # fmt: skip


def _choose(question: Question, given: list[int], option: int) -> str:
    """Record a press as a ballot does and give the toast: at most `most`, a second press takes the option back."""
    if question.most == 1:
        given[:] = [option]
    elif option in given:
        given.remove(option)
    elif len(given) >= question.most:
        return f"Vous avez déjà {question.most} choix : retirez-en un d’abord."
    else:
        given.append(option)
    return "Votre choix : " + ", ".join(question.options[i] for i in sorted(given))


async def start(toy: ToyBot) -> asyncio.Task[None]:
    """Let the bot live; the caller cancels the task."""
    task = asyncio.create_task(toy.live())
    await asyncio.sleep(0)
    return task
