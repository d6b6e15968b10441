"""Lays out the cloud that a projected page shows: in a process of its own, the newest answers only, words staying in place."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from app.engine import Said, terms_of
from app.material import Material, gather
from app.workers import Workers
from participation.model.activity import Activity
from participation.ports import Transaction
from participation.questions.words import is_hidden
from web.clouds import CloudFrame, CloudWord, Shape

log = logging.getLogger(__name__)

SIZES = {Shape.WIDE: (1600, 680), Shape.TALL: (720, 760)}
LEGIBLE = (0.045, 2.6)
"""Smallest word, as a share of the shorter side, and how many times bigger the biggest is at least: on a page the
cloud has part of the screen only, so that its words are fewer and bigger than on a picture."""
FRAMES_KEPT = 50

Key = tuple[int, Shape]


@dataclass(frozen=True, slots=True)
class Kept:
    """A frame, what it was drawn from, and what the next one starts from."""

    source: tuple[object, ...]
    frame: CloudFrame
    layout: Any


class WallClouds:
    """Frames by activity and shape. Grouping ideas takes seconds: a live wall does not wait behind it."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._workers = Workers(1, _load)
        self._loop = asyncio.get_running_loop()
        self._kept: dict[Key, Kept] = {}
        self._wanted: dict[Key, Material] = {}
        self._drawing: set[Key] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._redraw: Callable[[int], None] = lambda _activity: None
        self._is_closed = False

    def listen(self, redraw: Callable[[int], None]) -> None:
        """Call this in the event loop when a new frame is there."""
        self._redraw = redraw

    def frame(self, tx: Transaction, activity: Activity, shape: Shape) -> CloudFrame | None:
        """The newest frame, without the words hidden since; called from whatever thread reads."""
        material = gather(tx, activity)
        kept = self._kept.get((activity.id, shape))
        if kept is None or kept.source != _source(material):
            # A loop that is gone has nobody to show a frame to.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._want, (activity.id, shape), material)
        return _shown(kept.frame, material.hidden) if kept else None

    def warm_up(self) -> None:
        """Load what is long to load before somebody waits for it."""
        self._workers.warm_up()

    def close(self) -> None:
        """Stop the process; what is being laid out is not waited for."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        self._workers.close()

    def _want(self, key: Key, material: Material) -> None:
        self._wanted[key] = material
        if key not in self._drawing and not self._is_closed:
            self._drawing.add(key)
            task = asyncio.create_task(self._draw(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _draw(self, key: Key) -> None:
        """Draw until nothing newer is wanted; what arrived meanwhile is drawn once."""
        try:
            while (material := self._wanted.pop(key, None)) is not None:
                await self._draw_once(key, material)
        except Exception:
            log.exception("the cloud of activity %s could not be laid out", key[0])
        finally:
            self._drawing.discard(key)

    async def _draw_once(self, key: Key, material: Material) -> None:
        before = self._kept.get(key)
        question, themes = material.activity.question.text, material.themes
        layout = before.layout if before else None
        given = (tuple(material.said), question, themes, material.hidden, SIZES[key[1]], layout, self._seed)
        frame, layout = await self._workers.run(_lay_out, *given)
        self._kept.pop(key, None)
        self._kept[key] = Kept(_source(material), frame, layout)
        while len(self._kept) > FRAMES_KEPT:
            del self._kept[next(iter(self._kept))]
        self._redraw(key[0])


def _source(material: Material) -> tuple[object, ...]:
    return (tuple(material.said), material.themes, material.hidden)


def _shown(frame: CloudFrame, hidden: tuple[str, ...]) -> CloudFrame:
    """A word hidden a moment ago is not shown until the next frame comes."""
    words = tuple(word for word in frame.words if not is_hidden(word.text, hidden))
    return replace(frame, words=words, lines=tuple(line for line in frame.lines if not is_hidden(line[0], hidden)))


def _load() -> None:
    _lay_out(("école", "parc"), "", None, (), SIZES[Shape.WIDE], None, 0)


def _lay_out(
    said: Said,
    question: str,
    themes: tuple[int | None, ...] | None,
    hidden: tuple[str, ...],
    size: tuple[int, int],
    previous: Any,
    seed: int,
) -> tuple[CloudFrame, Any]:
    from analysis.cloud import LISTED, lay_cloud, tone_of
    from analysis.cloud_svg import written
    from analysis.cloud_words import Legibility

    terms = terms_of(said, question, themes, hidden)
    laid = lay_cloud(terms, size=size, previous=previous, seed=seed, legible=Legibility(*LEGIBLE))
    words = tuple(
        CloudWord(w.key, w.text, round(x, 1), round(y, 1), round(em, 2), round(length, 1), tone_of(w, laid, seed))
        for w, x, y, em, length in written(laid.layout, size)
    )
    lines = tuple((term.text, term.count) for term in laid.terms[:LISTED])
    return CloudFrame(*size, words, lines), laid.layout
