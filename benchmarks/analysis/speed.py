"""Time and memory of `palabre themes`, whole process, beside the simplest recipe on the same texts in the same run.

    python -m benchmarks.analysis.speed [--sizes 1100 10000] [--no-baseline]

Texts are drawn among the open answers of the national debate (`--sizes 298232` takes them all). Each size is a file
given to a fresh process: imports, dictionaries and models included. « Wall » means little on a busy machine; CPU is
that of every process started; memory is the highest sum of what they held alone and their parts of what they share
(Linux; 0 elsewhere). Then, in one process whose models are loaded: themes again after one more idea, the vectors of
the others being known, and « is it the same idea? » asked of five thousand.

The baseline is TF-IDF, 100 dimensions by SVD, k-means at twenty groups: no names, no map, no stability.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.analysis.labelled import data_folder

SIZES = (1_100, 10_000)
LISTENED_EVERY = 0.5
AGAIN = 1_100
ASKED_OF, ASKED = 5_000, 50
PALABRE = "import sys; from app.cli import main; sys.exit(main())"
"""What the installed command does."""


@dataclass(frozen=True)
class Spent:
    """What a command took, with everything it started."""

    wall: float
    cpu: float
    megabytes: float


def spent_by(command: Sequence[str]) -> Spent:
    """Run a command to its end. Raises `CalledProcessError` when it fails."""
    begun = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = _Peak(running.pid)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    megabytes = peak.stop()
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(command))
    return Spent(time.perf_counter() - begun, used.ru_utime + used.ru_stime, megabytes)


class _Peak:
    """Listens to what a process and those it started hold, until it is stopped."""

    def __init__(self, process: int) -> None:
        self._process, self._highest = process, 0
        self._ended = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def stop(self) -> float:
        self._ended.set()
        self._listener.join()
        return self._highest / 1024

    def _listen(self) -> None:
        while not self._ended.wait(LISTENED_EVERY):
            self._highest = max(self._highest, sum(map(_held, _family(self._process))))


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _held(process: int) -> int:
    """Kilobytes of a process: its own, and its part of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def answers() -> list[str]:
    """Every open answer of the debate."""
    csv.field_size_limit(10**9)
    with gzip.open(data_folder() / "scale/fr_gdn_answers.csv.gz", "rt", encoding="utf-8") as file:
        return [row["text"] for row in csv.DictReader(file)]


def baseline(path: Path) -> None:
    """The simplest recipe, from file to groups."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    with path.open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    table = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    rows = normalize(TruncatedSVD(min(100, min(table.shape) - 1), random_state=0).fit_transform(table))
    KMeans(20, n_init=1, random_state=0).fit(rows)


def again(texts: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of themes after one more idea, vectors kept; CPU milliseconds of « is it the same idea? », median."""
    from analysis.encoders import UniversalEncoder
    from analysis.sameness import given
    from analysis.themes import find_themes

    kept: dict[str, bytes] = {}
    find_themes(texts[:AGAIN], cache=kept)
    begun = time.process_time()
    find_themes(texts[: AGAIN + 1], cache=kept)
    themes = time.process_time() - begun
    known = given(texts[:ASKED_OF], UniversalEncoder(), kept)
    spent = []
    for text in texts[ASKED_OF : ASKED_OF + ASKED]:
        begun = time.process_time()
        known.closest(text)
        spent.append(1000 * (time.process_time() - begun))
    return themes, median(spent)


def measured(size: int, texts: Sequence[str], folder: Path, *, with_baseline: bool) -> Iterator[tuple[str, Spent]]:
    """Ours, then the baseline, on the first so many texts."""
    path = folder / f"{size}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text"])
        writer.writerows([text] for text in texts[:size])
    yield "palabre themes", spent_by([sys.executable, "-c", PALABRE, "themes", str(path), "--json", f"{path}.json"])
    if with_baseline:
        yield "TF-IDF + k-means", spent_by([sys.executable, "-m", "benchmarks.analysis.speed", "--baseline", str(path)])


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory of palabre themes")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("--baseline", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.baseline:
        baseline(args.baseline)
        return
    texts = answers()
    random.Random(1).shuffle(texts)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.0f}"
    )
    print(f"{'answers':>8} {'recipe':<18} {'wall s':>8} {'CPU s':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for size in args.sizes:
            for recipe, spent in measured(size, texts, Path(folder), with_baseline=not args.no_baseline):
                row = f"{spent.wall:>8.1f} {spent.cpu:>8.1f} {spent.megabytes:>6.0f}"
                print(f"{min(size, len(texts)):>8} {recipe:<18} {row}", flush=True)
    themes, same = again(texts)
    print(f"themes again after one more idea among {AGAIN}: {themes:.2f} CPU s")
    print(f"is it the same idea, among {ASKED_OF}: {same:.1f} CPU ms")


if __name__ == "__main__":
    main()
