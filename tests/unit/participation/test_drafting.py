"""A question as it is typed, with bars or one option a line, becomes a text, options and a timing."""

from datetime import timedelta

import pytest

from participation.model.drafting import Typed, read_question
from participation.model.when import Timing


@pytest.mark.parametrize(
    ("raw", "typed"),
    [
        ("On continue ? | Oui | Non", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("On continue ?|Oui|Non", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("On continue ?\nOui\nNon", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("On continue ?\n- Oui\n• Non", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("On continue ?\n1. Oui\n2) Non", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("On continue ? | Oui | | Non |", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("On continue ?\n| Oui\n| Non", Typed("On continue ?", ("Oui", "Non"), Timing())),
        ("| Oui | Non", Typed("", ("Oui", "Non"), Timing())),
        ("", Typed("", (), Timing())),
        ("A ? | B | C dans 5 min", Typed("A ?", ("B", "C"), Timing(delay=timedelta(minutes=5)))),
        ("A ? dans 5 min | B | C", Typed("A ?", ("B", "C"), Timing(delay=timedelta(minutes=5)))),
        ("A ? | À 18 h | À 20 h", Typed("A ?", ("À 18 h", "À 20 h"), Timing())),
        ("A ? | 2 | 3 pendant 10 min", Typed("A ?", ("2", "3"), Timing(duration=timedelta(minutes=10)))),
    ],
)
def test_reading_a_question(raw: str, typed: Typed) -> None:
    assert read_question(raw) == typed
