"""Words that a workshop's screens do not show: a facilitator hides them, and may bring them back."""

import re
from dataclasses import replace
from datetime import datetime

from participation.errors import TooLong, TooManyHidden
from participation.model.journal import Fact
from participation.model.text import clean
from participation.model.workshop import Workshop
from participation.ports import Transaction
from participation.questions.choosing import same_word
from participation.questions.words import WORD_LENGTH

MOST_HIDDEN = 200


def hide_words(tx: Transaction, workshop: Workshop, text: str, now: datetime) -> Workshop:
    """Hide the words of a message (separated by commas or lines), with their plurals and the expressions that hold them."""
    words = [" ".join(part.split()) for part in re.split(r"[,;\n]+", clean(text))]
    words = [word for word in words if same_word(word)]
    for word in words:
        if len(word) > WORD_LENGTH:
            raise TooLong(length=len(word), limit=WORD_LENGTH)
    known = {same_word(word): word for word in workshop.hidden_words}
    for word in words:
        known.setdefault(same_word(word), word)
    if len(known) > MOST_HIDDEN:
        raise TooManyHidden(count=len(known), limit=MOST_HIDDEN)
    return _keep(tx, workshop, tuple(known.values()), now)


def show_word(tx: Transaction, workshop: Workshop, key: str, now: datetime) -> Workshop:
    """Bring back a hidden word; one that is not hidden changes nothing."""
    left = tuple(word for word in workshop.hidden_words if same_word(word) != same_word(key))
    return _keep(tx, workshop, left, now)


def _keep(tx: Transaction, workshop: Workshop, words: tuple[str, ...], now: datetime) -> Workshop:
    if words == workshop.hidden_words:
        return workshop
    changed = replace(workshop, hidden_words=words)
    tx.workshops.save(changed)
    tx.journal.write(Fact("words-hidden", now, workshop.id, details={"count": len(words)}))
    tx.touch_workshop(workshop.id)
    return changed
