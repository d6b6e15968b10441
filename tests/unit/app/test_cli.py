"""The command line: every verb explains itself, stops with a code, and starts without loading what it does not need."""

from __future__ import annotations

import argparse
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.commands import VERBS, Verb

PRESENT = [verb for verb in VERBS if verb.exists()]


@pytest.mark.parametrize("verb", PRESENT, ids=lambda verb: verb.name)
def test_every_option_of_every_verb_is_explained(verb: Verb, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    verb.load().add_arguments(parser)
    assert [action.dest for action in parser._actions if not action.help] == []
    with pytest.raises(SystemExit) as stopped:
        main([verb.name, "--help"])
    assert stopped.value.code == 0
    assert f"usage: palabre {verb.name}" in capsys.readouterr().out


@pytest.mark.parametrize("verb", PRESENT, ids=lambda verb: verb.name)
def test_every_verb_says_in_one_line_what_it_does_and_takes_settings_if_it_needs_them(verb: Verb) -> None:
    assert 10 < len(verb.summary()) < 120
    assert not verb.summary().startswith("The command"), "it stands beside the command's name"
    assert len(inspect.signature(verb.load().run).parameters) == (2 if verb.needs_settings else 1)


def test_without_a_verb_the_usage_is_shown_and_the_code_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "usage: palabre" in capsys.readouterr().err


def test_help_loads_neither_the_learning_library_nor_the_pictures() -> None:
    look = "import sys, app.cli\ntry: app.cli.main(['--help'])\nexcept SystemExit: pass\n"
    look += "print([name for name in ('sklearn', 'wordcloud', 'scipy') if name in sys.modules])"
    here = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=here)
    assert done.stdout.splitlines()[-1] == "[]"
