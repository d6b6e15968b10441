"""An ordinary message is an answer: an idea, words, or an option typed; an edited message corrects its idea."""

from bot.ballots import vote_reference
from bot.context import Turn
from bot.handlers.ballots import drawn
from bot.handlers.joining import ask_consent, ask_for_code, typed_code
from bot.incoming import Written
from bot.keyboards import Key
from bot.messages import own_rows, paragraphs, said, say
from participation.actions import answering
from participation.actions.answering import Answered
from participation.model.idea import Idea, Source
from participation.model.people import Member, Person


def write(turn: Turn, message: Written) -> None:
    """Take a message where it belongs: a code, the question it replies to, or the question in front."""
    if typed_code(turn, message.text):
        return
    if turn.person is None or turn.person.workshop_id is None:
        ask_for_code(turn)
        return
    workshop, member = turn.place()
    if member.role.answers and not turn.person.has_agreed:
        ask_consent(turn, workshop)
        return
    replied = _activity_replied_to(turn, message, member)
    if replied is not None:
        member = _member_asked(turn, replied) or member
    done = answering.write(
        turn.tx, member, message.text, source_of(turn.person, message), turn.house.policy, turn.now, replied
    )
    if done.idea is not None:
        _acknowledge_idea(turn, done, done.idea)
    else:
        _acknowledge(turn, done)


def rewrite(turn: Turn, message: Written) -> None:
    """Follow an edited message: its idea changes; when it made none, say how to correct an answer."""
    if turn.person is None:
        return
    source = source_of(turn.person, message)
    before = turn.tx.ideas.by_source(source)
    if before is not None and before.text == message.text:
        return
    changed = answering.rewrite_idea(turn.tx, turn.person, source, message.text, turn.house.policy, turn.now)
    if changed is None:
        turn.say("bot-edit-nothing")
        return
    turn.say("bot-idea-changed", [[_withdraw_key(turn, changed[1])]], number=changed[1].number)


def withdraw(turn: Turn, idea_number: str) -> None:
    """The button « Retirer »."""
    _, idea = answering.withdraw_idea(turn.tx, turn.known(), int(idea_number), turn.house.policy, turn.now)
    turn.toast(turn.voice("bot-idea-withdrawn-toast"))
    turn.rewrite(say(turn.voice, "bot-idea-withdrawn", number=idea.number))


def source_of(person: Person, message: Written) -> Source:
    """The message an answer comes from, so that one message makes one idea. Our number of the person, not Telegram's:
    their outside identity is kept in one place only."""
    return Source(f"telegram:{person.id}", message.message)


def _acknowledge_idea(turn: Turn, done: Answered, idea: Idea) -> None:
    first = len(turn.tx.ideas.of_member(done.activity.id, done.member.id)) == 1
    hint = say(turn.voice, "bot-idea-hint") if first else ""
    noted = say(turn.voice, "bot-idea-noted", number=idea.number)
    turn.send(paragraphs(noted, hint), [[_withdraw_key(turn, idea)]])


def _acknowledge(turn: Turn, done: Answered) -> None:
    """The receipt, and the ballot rewritten if we know which message it is."""
    ballot = turn.tx.deliveries.receipt(done.activity.id, done.member.id)
    turn.send(said(turn.voice, done.step.notice), own_rows(turn.voice, done.screen, vote_reference(done.activity)))
    turn.edit(ballot, *drawn(turn, done.activity, done.answer))


def _withdraw_key(turn: Turn, idea: Idea) -> Key:
    return Key(turn.voice("bot-idea-withdraw"), f"withdraw:{idea.id}")


def _activity_replied_to(turn: Turn, message: Written, member: Member) -> int | None:
    """The question whose message this one replies to: by that message's buttons, else by its number."""
    for data in message.reply_data:
        verb, _, rest = (turn.house.seal.open(data, turn.sender.id) or "").partition(":")
        number = rest.split(":")[0]
        if verb == "vote" and number.isdigit():
            return int(number)
    if message.reply_to is None:
        return None
    announced = turn.tx.activities.announced_in(member.workshop_id, turn.now)
    receipts = {turn.tx.deliveries.receipt(a.id, member.id): a.id for a in announced}
    return receipts.get(message.reply_to)


def _member_asked(turn: Turn, activity_id: int) -> Member | None:
    activity = turn.tx.activities.get(activity_id)
    if activity is None or turn.person is None:
        return None
    member = turn.tx.members.find(activity.workshop_id, turn.person.id)
    return member if member is not None and member.left_at is None else None


PRESSES = {"withdraw": withdraw}
