"""The account of a round: what people gave, what is kept of it, what they were told of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from rehearsal.botapi.people import Press
from tests.faults.hall import Hall
from tests.stories.kept import kept_in, replies_in


@dataclass
class Account:
    """One line of the table; lines add up."""

    rounds: int = 0
    kills: int = 0
    updates: int = 0
    lost: int = 0
    doubled: int = 0
    unanswered: int = 0
    slow_stops: int = 0
    stuck: int = 0
    """Rounds that did not end: something everybody waited for never came."""
    recipients: int = 0
    skipped: int = 0
    repeated: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    """Crash points planted, and those that struck before somebody else killed the bot, by name."""
    struck: Counter[str] = field(default_factory=Counter)
    stories: list[str] = field(default_factory=list)
    """What was wrong, for whoever repairs it."""

    def __iadd__(self, other: "Account") -> "Account":
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self

    @property
    def is_broken(self) -> bool:
        """Whether a promise was."""
        return bool(self.lost or self.doubled or self.unanswered or self.skipped or self.slow_stops or self.stuck)


@dataclass(frozen=True)
class Vote:
    """A press and the choice it asks for."""

    person: int
    choice: int
    press: Press


@dataclass(frozen=True)
class Idea:
    """An idea written."""

    person: int
    text: str


async def account_votes(room: Hall, votes: Sequence[Vote], activity: int) -> Account:
    """Everybody's last press is what is kept; every press had its little window. A press refused (« fermé ») keeps nothing."""
    answered = await room.is_there(lambda: not any(vote.press.pending for vote in votes))
    windows = [vote.press.answer.text if vote.press.answer else "" for vote in votes]
    silent = sum(not window for window in windows)
    last = {
        vote.person: [vote.choice] for vote, window in zip(votes, windows, strict=True) if "ferm" not in window
    }  # fmt: skip
    kept = {person: answer for (person, number), answer in kept_in(room.database).votes.items() if number == activity}
    concerned = {vote.person for vote in votes}
    wrong = [person for person in concerned if kept.get(person) != last.get(person)]
    stories = [f"{person}: gave {last.get(person)}, kept {kept.get(person)}" for person in wrong]
    if not answered or silent:
        stories.insert(0, f"{silent} presses had no window, {room.api.pending()} updates wait at the Bot API")
    return Account(lost=len(wrong), unanswered=silent, stories=stories)


async def account_ideas(room: Hall, ideas: Sequence[Idea], noted_before: int) -> Account:
    """Every idea is kept once, word for word; its author was told its number."""
    wanted = noted_before + len(ideas)
    await room.is_there(lambda: noted_now(room) >= wanted)
    kept = kept_in(room.database).ideas
    missing = [idea for idea in ideas if kept[idea.person, idea.text] == 0]
    twice = [idea for idea in ideas if kept[idea.person, idea.text] > 1]
    untold = max(0, wanted - noted_now(room))
    stories = [f"lost: {idea}" for idea in missing] + [f"doubled: {idea}" for idea in twice]
    if untold:
        stories.append(f"{untold} ideas were not acknowledged, {room.api.pending()} updates wait")
        stories += [f"{reply} is in the tray" for reply in replies_in(room.database)]
        late = await room.is_there(lambda: noted_now(room) >= wanted)
        stories.append("they came a minute later" if late else "they never came")
    return Account(lost=len(missing), doubled=len(twice), unanswered=untold, stories=stories)


def noted_now(room: Hall) -> int:
    """Ideas whose authors know that they are noted."""
    return sum(len(numbers) for numbers in room.noted.values())


async def account_broadcast(room: Hall, recipients: Sequence[int], text: str) -> Account:
    """Everybody who can be reached received it; how many received it twice."""
    await room.is_there(lambda: all(room.told[person, text] for person in recipients))
    copies = [room.told[person, text] for person in recipients]
    skipped = [person for person, count in zip(recipients, copies, strict=True) if not count]
    return Account(
        recipients=len(recipients),
        skipped=len(skipped),
        repeated=sum(count > 1 for count in copies),
        stories=[f"skipped: {person}" for person in skipped],
    )
