"""Refusals: what the rules answer when something cannot be done, to be said politely by whoever asked.

Refusal
├── NotFound        UnknownCode, UnknownActivity, UnknownIdea, UnknownTheme, UnknownMember
├── NotAllowed      FacilitatorsOnly, OrganisersOnly, NotAMember, NotAsked, ConsentMissing, NotYours
├── WrongMoment     NotOpenYet, AlreadyClosed, NotADraft, NothingOpen, NothingToUndo, StillADraft
├── WrongAnswer     NoSuchOption, TooManyChoices, TooLong, Empty, TooManyIdeas, TooManyWords, NotAWord, NotUnderstood,
│                   TooManyHidden
├── WrongQuestion   QuestionMissing, TooFewOptions, TooManyOptions, TwinOptions, WrongLimit, WrongTime, TimePast
└── SpentCode       CodeExpired, CodeUsed
"""

import re
from typing import ClassVar


class Refusal(Exception):
    """A polite no. `key` names its sentence in the catalogue, `details` fill it in; it carries no text."""

    key: ClassVar[str] = "refusal"

    def __init_subclass__(cls) -> None:
        cls.key = "refusal" + re.sub(r"([A-Z])", lambda found: "-" + found[1].lower(), cls.__name__)

    def __init__(self, **details: object) -> None:
        super().__init__(self.key, details)
        self.details = details


class NotFound(Refusal):
    """Nothing answers to that name."""


class UnknownCode(NotFound):
    """No workshop and no invitation has this code (details: code)."""


class UnknownActivity(NotFound):
    """The activity is not there, or belongs to another workshop."""


class UnknownIdea(NotFound):
    """The idea is not there, was withdrawn, or belongs to another workshop."""


class UnknownTheme(NotFound):
    """The theme is not there, or belongs to another activity."""


class UnknownMember(NotFound):
    """Nobody has this number in this workshop."""


class UnknownWorkshop(NotFound):
    """The workshop is not there, or is not yours."""


class NotAllowed(Refusal):
    """Somebody else may do this, not this person."""


class FacilitatorsOnly(NotAllowed):
    """A facilitator's command, sent by somebody who is not one here."""


class OrganisersOnly(NotAllowed):
    """An organiser's command, sent by somebody who is not one."""


class NotAMember(NotAllowed):
    """This person has not joined this workshop, or has left it."""


class ConsentMissing(NotAllowed):
    """Nothing is kept of what people say before they agree."""


class NotAsked(NotAllowed):
    """Somebody whose role is not asked questions here (a facilitator, an observer): counting them would falsify the count."""


class NotYours(NotAllowed):
    """The idea was sent by somebody else."""


class WrongMoment(Refusal):
    """Possible, but not now."""


class NotOpenYet(WrongMoment):
    """The activity opens later (details: opens_at, a local time)."""


class AlreadyClosed(WrongMoment):
    """The activity no longer takes answers (details: closed_at, a local time)."""


class NotADraft(WrongMoment):
    """It was launched already."""


class StillADraft(WrongMoment):
    """It has not been launched."""


class NothingOpen(WrongMoment):
    """No question is open in this workshop."""


class NothingToUndo(WrongMoment):
    """Nobody has corrected anything yet."""


class NoWorkshop(WrongMoment):
    """This person has no workshop at the moment."""


class NoWorkshopYet(NoWorkshop):
    """Somebody who may open a workshop has none to steer at the moment."""


class WrongAnswer(Refusal):
    """What was sent cannot be counted as an answer."""


class NoSuchOption(WrongAnswer):
    """The button or the text names no option of this question."""


class TooManyChoices(WrongAnswer):
    """More options than the question allows (details: at_most)."""


class TooLong(WrongAnswer):
    """A text over the limit (details: length, limit, in characters)."""


class Empty(WrongAnswer):
    """Nothing legible is left of the text."""


class TooManyIdeas(WrongAnswer):
    """One person's share of ideas is reached (details: limit)."""


class TooManyWords(WrongAnswer):
    """More words than the question asks for (details: limit)."""


class TooManyHidden(WrongAnswer):
    """More hidden words than a workshop keeps (details: count, limit)."""


class NotAWord(WrongAnswer):
    """A sentence where words are asked (details: limit)."""


class NotUnderstood(WrongAnswer):
    """The text matches no option (details: options, count, few: whether they can be read out in one line)."""


class WrongQuestion(Refusal):
    """The question as typed cannot be asked."""


class QuestionMissing(WrongQuestion):
    """A command without its question: the sentence shows how to type it."""


class TooFewOptions(WrongQuestion):
    """A choice needs at least two options."""


class TooManyOptions(WrongQuestion):
    """More options than a ballot can show (details: count, limit)."""


class TwinOptions(WrongQuestion):
    """Two options read the same (details: option)."""


class OptionTooLong(WrongQuestion):
    """An option over the limit (details: option, limit)."""


class QuestionTooLong(WrongQuestion):
    """A question over the limit (details: length, limit)."""


class NeedlessOptions(WrongQuestion):
    """Options were given to a question that takes none."""


class WrongLimit(WrongQuestion):
    """ "At most n" with n below one or above the options (details: given, options)."""


class WrongTime(WrongQuestion):
    """A time that cannot be understood (details: given)."""


class TimePast(WrongQuestion):
    """A clock time of today that is already past (details: given, a moment)."""


class TitleMissing(WrongQuestion):
    """A workshop needs a title."""


class UnknownRole(WrongQuestion):
    """No such role (details: given)."""


class NoMessage(WrongQuestion):
    """An announcement without its text."""


class SpentCode(Refusal):
    """A code that was good once."""


class CodeExpired(SpentCode):
    """The invitation or the sign-in link is too old."""


class CodeUsed(SpentCode):
    """The invitation or the sign-in link has been used."""


class TooFewIdeas(WrongMoment):
    """Too few ideas to speak of themes (details: count, needed)."""


class NothingToDraw(WrongMoment):
    """No word to draw a cloud with."""
