"""The list of what can be asked. A new question type is one file beside this one and one line below."""

from participation.questions.ideas import IdeasType
from participation.questions.kit import QuestionType
from participation.questions.multiple import Multiple
from participation.questions.single import Single
from participation.questions.words import WordsType

QUESTION_TYPES: dict[str, QuestionType] = {kind.key: kind for kind in (Single(), Multiple(), IdeasType(), WordsType())}


def register(kind: QuestionType) -> None:
    """Add a question type to the list (used by extensions and by the test of the documentation)."""
    QUESTION_TYPES[kind.key] = kind
