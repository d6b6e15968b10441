"""What people do while the bot dies: vote in a hall, all at once, after a silence, read an announcement, meet a close."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Protocol

from rehearsal.botapi import Bubble, Person
from tests.faults.hall import Hall, newest
from tests.faults.ledger import Account, Idea, Vote, account_broadcast, account_ideas, account_votes, noted_now

OPTIONS = 3
DEADLINE = 8
"""Seconds a question stays open when it closes by itself."""
_rounds = itertools.count(1)


class Standing:
    """The two questions every round uses, and each voter's ballot."""

    def __init__(self, vote_number: int, ballots: dict[int, Bubble]) -> None:
        self.vote_number = vote_number
        self.ballots = ballots


async def ask(room: Hall, command: str, sees: str, people: Sequence[Person]) -> None:
    """The organiser asks, launches, and these people have it on their phones."""
    typed = room.chief.sends_text(command)
    await room.comes("the draft", lambda: newest(room.chief, "est prête", typed) is not None)
    draft = newest(room.chief, "est prête", typed)
    assert draft is not None
    room.chief.presses(draft.message_id, (0, 0))
    await room.comes(sees, lambda: all(newest(person, sees) for person in people))


async def open_questions(room: Hall) -> Standing:
    """A vote and a wall of ideas, open for all the rounds."""
    await ask(room, "/sondage Que choisir ? | Rouge | Vert | Bleu", r"Que choisir \?", room.voters)
    ballots = {}
    for person in room.voters:
        ballot = newest(person, r"Que choisir \?")
        assert ballot is not None
        ballots[person.id] = ballot
    await ask(room, "/idees Que faire ?", r"Que faire \?", room.voters)
    return Standing(1, ballots)


async def hall(room: Hall, standing: Standing, random: Random, deaths: "Deaths", pace: float) -> Account:
    """A hundred people vote within five seconds and write within ten (`pace` makes the evening shorter)."""
    votes: list[Vote] = []
    ideas: list[Idea] = []
    before, round_number = noted_now(room), next(_rounds)

    async def attend(person: Person) -> None:
        first, second = sorted((random.uniform(0, 5) * pace, random.uniform(0, 10) * pace))
        await asyncio.sleep(first)
        votes.append(_vote(room, standing, person, random))
        await asyncio.sleep(second - first)
        idea = Idea(person.id, f"Tour {round_number}, l’idée de {person.id}")
        room.writes(person, idea.text)
        ideas.append(idea)

    await asyncio.gather(*(attend(person) for person in room.voters), deaths(10 * pace))
    account = await account_votes(room, votes, standing.vote_number)
    account += await account_ideas(room, ideas, before)
    return account


async def burst(room: Hall, standing: Standing, random: Random, deaths: "Deaths", _pace: float) -> Account:
    """A hundred votes at once, and fifty people who change their minds once the bot is back."""
    votes = [_vote(room, standing, person, random) for person in room.voters]
    await deaths(0.6, lambda: votes.extend(_change(room, standing, random)))
    return await account_votes(room, votes, standing.vote_number)


async def backlog(room: Hall, standing: Standing, random: Random, deaths: "Deaths", _pace: float) -> Account:
    """Four hundred presses wait: people changed their minds while nobody listened."""
    await room.bot.dies()
    votes = [_vote(room, standing, person, random) for _ in range(4) for person in room.voters]
    await room.bot.starts()
    await deaths(2.0, lambda: votes.extend(_change(room, standing, random)))
    return await account_votes(room, votes, standing.vote_number)


async def broadcast(room: Hall, _standing: Standing, random: Random, deaths: "Deaths", _pace: float) -> Account:
    """An announcement to four hundred people, of whom one in twenty has blocked the bot without its knowing."""
    text = f"Annonce {next(_rounds)}"
    blocked = random.sample(room.others, 20)
    for person in blocked:
        person.conversation().blocked = True
    typed = room.writes(room.chief, f"/annonce {text}")
    await room.comes("the question", lambda: newest(room.chief, text, typed) is not None)
    sure = newest(room.chief, text, typed)
    assert sure is not None
    room.presses(room.chief, sure, 0)
    await deaths(4.5)
    reachable = [person.id for person in [*room.voters, *room.others] if person not in blocked]
    account = await account_broadcast(room, reachable, f"📣 Message de l’équipe\n\n{text}")
    await _come_back(room, blocked)
    return account


async def _come_back(room: Hall, people: Sequence[Person]) -> None:
    """Those who had blocked the bot write to it again."""
    written = {}
    for person in people:
        person.conversation().blocked = False
        written[person.id] = room.writes(person, "/aide")
    await room.comes("the help", lambda: all(newest(person, "Comment faire", written[person.id]) for person in people))


async def close(room: Hall, _standing: Standing, random: Random, deaths: "Deaths", _pace: float) -> Account:
    """People vote while the question closes, by hand or at its hour: what was told « noté » is kept, nothing else."""
    question = f"Tour de clôture {next(_rounds)}"
    by_hand = random.random() < 0.5
    began = asyncio.get_running_loop().time()
    end = "" if by_hand else f", pendant {DEADLINE} s"
    await ask(room, f"/sondage {question} ? | Rouge | Vert | Bleu{end}", question, room.voters[:1])
    await room.is_there(lambda: all(newest(person, question) for person in room.voters), DEADLINE - 3)
    if not by_hand:  # the deadline falls in the middle of what follows
        await asyncio.sleep(max(0.0, began + DEADLINE - 1.5 - asyncio.get_running_loop().time()))
    votes: list[Vote] = []

    async def attend(person: Person) -> None:
        await asyncio.sleep(random.uniform(0, 3))
        ballot, choice = newest(person, question), random.randrange(OPTIONS)
        if ballot is not None:
            votes.append(Vote(person.id, choice, room.presses(person, ballot, choice)))

    async def shut() -> None:
        await asyncio.sleep(1.5)
        if by_hand:
            room.writes(room.chief, "/fermer")

    await asyncio.gather(*(attend(person) for person in room.voters), shut(), deaths(3.0))
    account = await account_votes(room, votes, _number_of(room, question))
    room.chief.sends_text(f"/fermer {_number_of(room, question)}")
    return account


def _number_of(room: Hall, question: str) -> int:
    from tests.stories.kept import number_of

    return number_of(room.database, question)


def _vote(room: Hall, standing: Standing, person: Person, random: Random) -> Vote:
    choice = random.randrange(OPTIONS)
    return Vote(person.id, choice, room.presses(person, standing.ballots[person.id], choice))


def _change(room: Hall, standing: Standing, random: Random) -> list[Vote]:
    return [_vote(room, standing, person, random) for person in random.sample(room.voters, 50)]


class Deaths(Protocol):
    """Kill the bot at some moments of the next so many seconds; it lives again when this returns.

    `meanwhile` is called each time the bot is about to meet a crash point, so that something leads it there.
    """

    async def __call__(self, seconds: float, meanwhile: Callable[[], None] = ...) -> None: ...


Load = Callable[[Hall, Standing, Random, Deaths, float], Awaitable[Account]]

LOADS: dict[str, Load] = {"hall": hall, "burst": burst, "backlog": backlog, "broadcast": broadcast, "close": close}
KILLS = {"hall": 3, "burst": 1, "backlog": 2, "broadcast": 3, "close": 2}
"""In one round of each."""
_TAKING = ("turn", "committed", "taken", "reply-sent", "settling")
_POINTS = {
    "hall": (*_TAKING, "reply", "recover"),
    "burst": (*_TAKING, "reply"),
    "backlog": (*_TAKING, "reply", "recover"),
    "broadcast": ("broadcast", "broadcast-sent", "committed"),
    "close": (*_TAKING, "close"),
}
_IN_RESPONSES = ("answer", "answered")


def points(load: str, mode: str) -> tuple[str, ...]:
    """Where a load may crash by itself."""
    return _POINTS[load] + (_IN_RESPONSES if mode == "webhook" and load != "broadcast" else ())
