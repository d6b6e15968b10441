"""Logs keep secrets at every level and by every way, and one record is one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.logs import MASK, Redaction

HERE = Path(__file__).parent
TOKEN = "987654321:AAcanary_of-the-tests_0123456789abcde"
PASSWORD = "open sesame/é&co"
WAYS = ("Nobody caught this", "wrong format", "careful with", "caught with", "In the event loop", "broken", "status")


def _spill(form: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HERE / "spill_secrets.py"), form],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=HERE.parents[2],
        env={
            **os.environ,
            "CANARY_TOKEN": TOKEN,
            "CANARY_PASSWORD": PASSWORD,
            "PYTHONPATH": str(HERE.parents[2]),
            "PYTHONIOENCODING": "utf-8",
        },
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_canary_never_comes_out_by_any_way(form: str) -> None:
    done = _spill(form)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert [way for way in WAYS if way not in said] == []
    assert said.count(MASK) > 15
    assert [canary for canary in (TOKEN, "AAcanary", PASSWORD, "sesame") if canary in said] == []
    assert done.stderr == ""


def test_the_uncaught_thread_task_and_destructor_are_logged() -> None:
    said = _spill("text").stdout
    assert [said.count(f"{what} {MASK}") for what in ("thread", "unraisable", "uncaught")] == [1, 1, 1]
    assert said.count("ZeroDivisionError") == 1


def test_every_line_of_the_json_form_is_an_object() -> None:
    keys = {frozenset(json.loads(line)) for line in _spill("json").stdout.splitlines()}
    usual = frozenset({"time", "level", "logger", "message"})
    assert keys == {usual, usual | {"details"}}


def test_a_message_cannot_forge_a_second_line_nor_colour_the_terminal() -> None:
    line = next(line for line in _spill("text").stdout.splitlines() if "broken" in line)
    assert line.endswith(f"spill: broken\\nover lines {MASK}?[31m")


def test_the_requests_of_httpx_are_not_logged() -> None:
    assert "HTTP Request" not in _spill("text").stdout


def test_a_token_nobody_declared_is_masked_too() -> None:
    assert Redaction([])(f"https://api/bot{TOKEN}/getMe") == f"https://api/bot{MASK}/getMe"


def test_ordinary_words_and_times_are_left_alone() -> None:
    text = "2026-11-22T13:00:00+00:00 vote 12:30, 100000:ok"
    assert Redaction(["abc", TOKEN])(text) == text
