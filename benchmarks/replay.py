"""How fast a consultation is replayed, beside an earlier checkout of this repository: `python -m benchmarks.replay DIR`.

Both replay the same people of the same files, in turn, each in a process of its own by its own `palabre replay`; what is
compared is the rate each prints and the processor time it took, less that of a replay of one person (its start). A run with a
difference between the files and the bot's tallies is void. To have a checkout to compare with:
`git worktree add ../before COMMIT && make -C ../before setup`, then `--before ../before`.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 3600.0
"""Seconds after which a replay is killed, and void: commit 00cbf51 was seen to hang once at its stop."""
_LINE = re.compile(r"(\d+) answers, (\d+) difference\(s\), .*?(\d+) answers a second")


@dataclass(frozen=True)
class Measure:
    """One replay."""

    answers: int
    rate: int
    """Answers a second, by the clock on the wall."""
    cpu: float
    """Processor seconds of the process, its start included."""


class Void(Exception):
    """A replay that did not end, or not without a difference."""


def replay(checkout: Path, folder: Path, people: int | None) -> Measure:
    """Replay with this checkout's own command, on a database that is thrown away."""
    command = [str(checkout / ".venv/bin/palabre"), "replay", str(folder.resolve())]
    command += [] if people is None else ["--people", str(people)]
    with tempfile.TemporaryFile("w+") as said:
        with subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL, cwd=checkout) as process:
            late = threading.Timer(LONGEST, process.kill)
            late.start()
            _, status, used = os.wait4(process.pid, 0)
            late.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        found = _LINE.search(said.read())
    if process.returncode or found is None or int(found[2]):
        raise Void(
            f"{' '.join(command)} is void: exit code {process.returncode}, {found[0] if found else 'no figures'}"
        )
    return Measure(int(found[1]), int(found[3]), used.ru_utime + used.ru_stime)


def compare(checkouts: Mapping[str, Path], folder: Path, people: int | None, runs: int) -> dict[str, list[Measure]]:
    """Every checkout in turn, in one order and then in the other."""
    starts = {name: replay(checkout, folder, 1).cpu for name, checkout in checkouts.items()}
    found: dict[str, list[Measure]] = {name: [] for name in checkouts}
    for turn in range(runs):
        for name in list(checkouts)[:: -1 if turn % 2 else 1]:
            one = replay(checkouts[name], folder, people)
            found[name].append(one)
            print(f"{name}: {_said(one, starts[name])}", flush=True)
    for name, those in found.items():
        found[name] = [Measure(one.answers, one.rate, one.cpu - starts[name]) for one in those]
    return found


def report(found: Mapping[str, Sequence[Measure]]) -> str:
    """Medians, and the ratios of each pair of runs."""
    lines = [
        f"{name}: {statistics.median(m.rate for m in those):.0f} answers a second, "
        f"{statistics.median(m.answers / m.cpu for m in those):.0f} per CPU-second (medians of {len(those)})"
        for name, those in found.items()
    ]
    if len(found) == 2:
        before, now = found.values()
        pairs = list(zip(before, now, strict=True))
        lines.append(
            f"rate {_ratios([n.rate / b.rate for b, n in pairs])}, "
            f"answers per CPU-second {_ratios([b.cpu / n.cpu for b, n in pairs])}"
        )
    return "\n".join(lines)


def _said(one: Measure, start: float) -> str:
    return f"{one.answers} answers, {one.rate} a second, {one.cpu - start:.1f} CPU s after a start of {start:.1f}"


def _ratios(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.1f}x ({min(ratios):.1f}-{max(ratios):.1f})"


def main() -> int:
    """0 when every replay counted exactly what the files say."""
    parser = argparse.ArgumentParser(prog="benchmarks.replay", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="a consultation (docs/replay.md)")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="an earlier checkout, set up, to compare with")
    parser.add_argument("--people", type=int, default=None, metavar="N", help="only the first N people (default: all)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="replays of each (default: %(default)s)")
    args = parser.parse_args()
    checkouts = ({"before": args.before.resolve()} if args.before else {}) | {"now": ROOT}
    where = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%d %B %Y}, {where}, load {os.getloadavg()[0]:.1f}")
    try:
        print(report(compare(checkouts, args.folder, args.people, args.runs)))
    except Void as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
