"""Any text that entered by a door comes out of every other one as text: page, data, stream, table, message, picture."""

import asyncio
import csv
import io
import json
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from analysis.cloud import draw_cloud
from app.clock import SystemClock
from bot.messages import TEXT_UNITS, TOAST_CHARACTERS, cut, paragraphs, say, toast, typed, units
from i18n import Voice, load_catalog
from participation.model.table import csv_text, is_formula
from participation.model.text import calm, clean
from participation.model.workshop import Workshop
from rehearsal.botapi.html import parse_html
from tests.unit.bot.room import NOW
from web.desk import WorkshopLine
from web.live import Drawn, Hub
from web.packing import HEAD
from web.pages import Pages

HOSTILE = [
    "<script>alert(1)</script>", "</bdi><img src=x onerror=alert(1)>", "&lt;b&gt; &amp; &#0;", "<b>gras</b>", "]]>", "\x00\ud800",
    "=1+1", "+33", "@SUM(A1)", "-2", "\t=1", "＝1", "a\r\n\r\nevent: state\ndata: {}", "\u202e\u2066abc", "Z" + "\u0301" * 60,
    "'\"`", "🎉" * 3000, "é" * 5000, "<" * 2000, "{{ 7*7 }}{% raw %}", "مرحبا", "👩‍👩‍👧", "https://exemple.fr?a=1&b=2",
]  # fmt: skip
TEXTS = st.one_of(st.text(st.characters(codec=None), max_size=80), st.sampled_from(HOSTILE)).map(clean)
VOICE = Voice(load_catalog())
PAGES = Pages()


class Read(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and the text inside `bdi`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.said = ""
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))
        self._inside = self._inside or tag == "bdi"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "bdi"

    def handle_data(self, data: str) -> None:
        self.said += data if self._inside else ""


def page_of(title: str) -> Read:
    line = WorkshopLine(Workshop(1, "ABC234", title, "Europe/Paris", "fr", NOW), "22/11/2026", 1, 1)
    facts = {
        "t": VOICE,
        "language": "fr",
        "version": "1",
        "person": None,
        "workshop": None,
        "csrf": "",
        "bot": "b",
        "theme": "auto",
    }
    return Read(PAGES.render("workshops.html", {**facts, "lines": [line]}))


ORDINARY = page_of("Ordinaire").elements


@given(TEXTS)
def test_a_page_has_the_same_elements_whatever_the_text(text: str) -> None:
    page = page_of(text)
    assert page.elements == ORDINARY
    assert page.said == calm(text)


class Alone:
    """A store with nothing in it: what is drawn does not look."""

    async def read(self, unit: Callable[[Any], Any]) -> Any:
        return unit(None)

    async def write(self, unit: Callable[[Any], Any]) -> Any:
        raise AssertionError("a live view writes nothing")

    def listen(self, _listener: Callable[[Any], None]) -> None:
        return


@given(TEXTS)
def test_a_stream_carries_one_event_and_the_whole_text(text: str) -> None:
    frame = asyncio.run(Hub(Alone(), SystemClock()).draw(lambda _: Drawn({"text": text})))
    assert zlib.decompressobj(wbits=31).decompress(HEAD + frame.packed) == frame.event
    first, event, data, *end = frame.event.decode().split("\n")
    assert (first.split(": ")[0], event, end) == ("id", "event: state", ["", ""])
    assert json.loads(data.removeprefix("data: "))["text"] == text


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_table_has_the_text_in_its_cell_and_no_formula(texts: list[str]) -> None:
    whole = csv_text(("a", "b"), [(text, "x") for text in texts]).encode().decode()
    _, *rows = csv.reader(io.StringIO(whole, newline=""))
    assert [row[1] for row in rows] == ["x"] * len(texts)
    for text, (cell, _) in zip(texts, rows, strict=True):
        assert not is_formula(cell)
        assert cell in (text, f"'{text}")


@given(TEXTS)
def test_a_message_says_the_text_and_formats_nothing(text: str) -> None:
    assert parse_html(typed(text)) == (cut(calm(text), TEXT_UNITS), [])
    assert units(parse_html(typed(text))[0]) <= TEXT_UNITS
    shown = cut(calm(text), TEXT_UNITS)
    said, entities = parse_html(paragraphs(say(VOICE, "bot-workshop-qr", title=text, code="ABC234")))
    assert shown.strip() in said
    assert [entity["type"] for entity in entities] == ["bold", "bold"][: len(entities)]
    assert units(toast(text)) <= TOAST_CHARACTERS


@settings(max_examples=12, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_a_picture_can_be_drawn_of_anything(texts: list[str]) -> None:
    png = draw_cloud(texts, size=(320, 180))
    assert Image.open(io.BytesIO(png.image)).size == (320, 180)
    ElementTree.fromstring(draw_cloud(texts, size=(320, 180), form="svg").image)  # noqa: S314 - our own picture
