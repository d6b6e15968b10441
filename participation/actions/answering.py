"""A councillor answers: a press, a message, an edited message, an idea taken back. The clock is asked in the same transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from participation.actions.unquoting import unquote
from participation.errors import (
    ConsentMissing,
    NotAMember,
    NotAsked,
    NothingOpen,
    NotUnderstood,
    NotYours,
    TooManyIdeas,
    UnknownActivity,
    UnknownIdea,
)
from participation.model.activity import Activity, Phase
from participation.model.idea import Idea, Source
from participation.model.people import Member, Person
from participation.model.policy import Policy
from participation.ports import Transaction
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Answer, Screen, Step

SEEN_EVERY = timedelta(minutes=1)
"""A member's presence is written at most this often: a vote is one row, not two."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer changed: the step its type made, and what the member has answered now."""

    activity: Activity
    member: Member
    step: Step
    answer: Answer | None
    idea: Idea | None = None

    @property
    def screen(self) -> Screen:
        """The activity as the member sees it now."""
        return QUESTION_TYPES[self.activity.question.type].screen(self.activity.question, self.answer)


def press(tx: Transaction, person: Person, activity_id: int, action: str, now: datetime, door: str) -> Answered:
    """Take a press on a ballot."""
    activity, member = _member_asked(tx, person, activity_id)
    _check_asked(member)
    if not person.has_agreed:
        raise ConsentMissing()
    activity.check_open(now)
    before = tx.answers.get(activity.id, member.id)
    step = QUESTION_TYPES[activity.question.type].press(activity.question, before, action)
    return _keep(tx, activity, member, before, step, now, door)


def write(
    tx: Transaction,
    member: Member,
    text: str,
    source: Source,
    policy: Policy,
    now: datetime,
    reply_to: int | None = None,
) -> Answered:
    """Take an ordinary message as an answer to the activity in front of the member (or the one it replies to)."""
    _check_asked(member)
    activities = _candidates(tx, member, now, reply_to)
    for activity in activities:
        kind = QUESTION_TYPES[activity.question.type]
        before = tx.answers.get(activity.id, member.id)
        try:
            step = kind.write(activity.question, before, text)
        except NotUnderstood:
            if activity is activities[-1]:
                raise
            continue
        if step.idea is None:
            return _keep(tx, activity, member, before, step, now, source.door)
        return _keep_idea(tx, activity, member, before, step, source, policy, now)
    raise NothingOpen()


def rewrite_idea(
    tx: Transaction, person: Person, source: Source, text: str, policy: Policy, now: datetime
) -> tuple[Activity, Idea] | None:
    """Follow an edited message: its idea says the new text while the activity is open. None: that message made no idea.

    What was found in the old text is quoted nowhere any more, and nothing is shown as one with it that nobody compared.
    """
    idea = tx.ideas.by_source(source)
    if idea is None or idea.withdrawn_at is not None:
        return None
    activity, member = _member_asked(tx, person, idea.activity_id)
    if member.id != idea.member_id:
        raise NotYours()
    activity.check_open(now)
    QUESTION_TYPES[activity.question.type].write(activity.question, None, text)
    changed = replace(idea, text=text, edited_at=now, merged_into=None)
    tx.ideas.save(changed)
    unquote(tx, activity.id, {idea.id: idea.text}, policy, now)
    tx.touch(activity.id)
    return activity, changed


def withdraw_idea(
    tx: Transaction, person: Person, idea_id: int, policy: Policy, now: datetime
) -> tuple[Activity, Idea]:
    """Take one's idea back while the activity is open: its words are gone at once. Twice changes nothing."""
    idea = tx.ideas.get(idea_id)
    if idea is None:
        raise UnknownIdea()
    activity, member = _member_asked(tx, person, idea.activity_id)
    if member.id != idea.member_id:
        raise NotYours()
    activity.check_open(now)
    if idea.withdrawn_at is None:
        said, idea = idea.text, replace(idea, text="", withdrawn_at=now)
        tx.ideas.save(idea)
        unquote(tx, activity.id, {idea.id: said}, policy, now)
        if not tx.ideas.of_member(activity.id, member.id):
            tx.answers.remove(activity.id, member.id)
        tx.touch(activity.id)
    return activity, idea


def _member_asked(tx: Transaction, person: Person, activity_id: int) -> tuple[Activity, Member]:
    activity = tx.activities.get(activity_id)
    if activity is None:
        raise UnknownActivity()
    member = tx.members.find(activity.workshop_id, person.id)
    if member is None or member.left_at is not None:
        raise NotAMember()
    return activity, member


def _check_asked(member: Member) -> None:
    """A facilitator's stray message must not become an idea on the wall, nor their press a vote nobody expects."""
    if not member.role.answers:
        raise NotAsked()


def _candidates(tx: Transaction, member: Member, now: datetime, reply_to: int | None) -> list[Activity]:
    """Where a message may go: the activity replied to; else the one in front, then those that take any text."""
    if reply_to is not None:
        wanted = tx.activities.get(reply_to)
        if wanted is not None and wanted.workshop_id == member.workshop_id:
            wanted.check_open(now)
            return [wanted]
    opened = tx.activities.open_in(member.workshop_id, now)
    if not opened:
        return _refuse_moment(tx, member, now)
    newest_first = list(reversed(opened))
    front = next((a for a in newest_first if a.id == member.activity_id), newest_first[0])
    free = [a for a in newest_first if a is not front and QUESTION_TYPES[a.question.type].takes_any_text]
    return [front, *free]


def _refuse_moment(tx: Transaction, member: Member, now: datetime) -> list[Activity]:
    """Nothing is open: say when the next one opens, or that the last one is closed, or that nothing was asked yet."""
    launched = [a for a in tx.activities.of_workshop(member.workshop_id) if a.launched_at is not None]
    coming = [a for a in launched if a.phase(now) is Phase.SCHEDULED]
    for activity in [*coming, *launched[-1:]]:
        activity.check_open(now)
    raise NothingOpen()


def _keep(
    tx: Transaction, activity: Activity, member: Member, before: Answer | None, step: Step, now: datetime, door: str
) -> Answered:
    if step.withdrawn and before is not None:
        tx.answers.remove(activity.id, member.id)
    elif step.answer is not None:
        tx.answers.put(activity.id, member.id, step.answer, now, door)
    _noticed(tx, activity, member, now)
    tx.touch(activity.id)
    after = None if step.withdrawn else step.answer or before
    return Answered(activity, member, step, after)


def _keep_idea(
    tx: Transaction,
    activity: Activity,
    member: Member,
    before: Answer | None,
    step: Step,
    source: Source,
    policy: Policy,
    now: datetime,
) -> Answered:
    idea = tx.ideas.by_source(source)
    if idea is None:
        if len(tx.ideas.of_member(activity.id, member.id)) >= policy.most_ideas:
            raise TooManyIdeas(limit=policy.most_ideas)
        idea = tx.ideas.add(activity.id, member.id, step.idea or "", source, now)
    if before is not None:
        step = replace(step, answer=None)
    kept = _keep(tx, activity, member, before, step, now, source.door)
    return replace(kept, idea=idea)


def _noticed(tx: Transaction, activity: Activity, member: Member, now: datetime) -> None:
    """Keep that the member is here and what is in front of them, when either changed."""
    if member.activity_id != activity.id:
        tx.members.save(replace(member, activity_id=activity.id, seen_at=now))
    elif now - member.seen_at >= SEEN_EVERY:
        tx.members.seen(member.id, now)
