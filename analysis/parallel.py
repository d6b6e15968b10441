"""Share work among processes; they leave with the one that started them, even when it is killed."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST_PROCESSES = 4


def processes() -> int:
    """How many are worth starting on this machine."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def shared(work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
    """What `work`, a function of a module, makes of each piece, in order, as soon as it is known."""
    # spawn: a fork would copy locks that threads of the caller hold
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes(), mp_context=context, initializer=leave_with_parent) as pool:
        yield from pool.map(work, pieces)


def leave_with_parent() -> None:
    """End this process when the one that started it ends: it would wait for work for ever."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
