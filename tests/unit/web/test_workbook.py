"""A workbook holds any text whole, never a formula, and opens in the programs people have."""

import io
import re
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from i18n import Voice, load_catalog
from participation.model.table import Table
from participation.model.text import REPLACEMENT, clean
from participation.questions import QUESTION_TYPES
from web.workbook import CELL_UNITS, headings, workbook

ANYTHING = st.text(st.characters(codec=None), max_size=40)
VOICE = Voice(load_catalog())
NASTY = st.one_of(
    ANYTHING,
    st.builds(
        lambda start, rest: start + rest, st.sampled_from(["=", "+", "-", "@", " =", "\t=", "＝", "\r="]), ANYTHING
    ),
    st.sampled_from(["#N/A", "#REF!", "TRUE", "1e5", "_x0041_", "_x005F_", "2026-01-01", "", "]]>", "&amp;"]),
)


def written(*texts: str, moment: datetime = datetime(2026, 7, 1, 12, tzinfo=UTC), zone: str = "Europe/Paris") -> bytes:
    rows = tuple((number, 1, text, "", moment, 1) for number, text in enumerate(texts))
    table = Table("ideas", ("id", "member", "text", "theme", "created_at", "activity"), rows)
    return workbook([table], headings([table], VOICE), zone)


def opened(content: bytes) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(content))["Idées"].iter_rows(min_row=2)]


def as_excel_reads(text: object) -> str:
    """`_x0041_` is Excel's way to write a character by its number; openpyxl leaves it."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(text or ""))


@settings(max_examples=60, deadline=None)
@given(st.lists(NASTY, min_size=1, max_size=12))
def test_any_text_is_text_in_a_workbook_and_whole_if_it_entered_clean(texts: list[str]) -> None:
    rows = opened(written(*texts, *map(clean, texts)))
    assert [cell for row in rows for cell in row if cell.data_type in ("f", "e", "b")] == []
    assert all(row[2].data_type == "s" for row in rows if row[2].value is not None)
    assert [as_excel_reads(row[2].value) for row in rows[len(texts) :]] == [clean(text) for text in texts]


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "-2", "@SUM(A1)", " =1+1", "＝1+1"])
def test_a_formula_stays_text_when_somebody_edits_it(text: str) -> None:
    cell = opened(written(text))[0][2]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_the_type_of_a_question_is_said_in_the_language_and_rows_may_be_filtered() -> None:
    table = Table(
        "results", ("activity", "type", "label"), tuple((n, key, "x") for n, key in enumerate(QUESTION_TYPES))
    )
    content = workbook([table], headings([table], VOICE), "Europe/Paris")
    sheet = load_workbook(io.BytesIO(content))["Résultats"]
    assert [cell.value for cell in sheet["B"]] == ["Type", *(VOICE(f"question-{key}") for key in QUESTION_TYPES)]
    assert sheet["B2"].value == "Choix unique"
    assert sheet.auto_filter.ref == f"A1:C{1 + len(QUESTION_TYPES)}"


def test_what_xml_cannot_write_leaves_a_mark() -> None:
    (row,) = opened(written("a\x00b\x1bc\ud83dd\ufffee"))
    assert row[2].value == f"a{REPLACEMENT}b{REPLACEMENT}c{REPLACEMENT}d{REPLACEMENT}e"


@pytest.mark.parametrize("text", ["é" * 40_000, "🎉" * 20_000, "a" + "🎉" * 20_000])
def test_the_longest_text_fits_in_a_cell_and_is_cut_between_characters(text: str) -> None:
    (row,) = opened(written(text))
    kept = row[2].value
    assert CELL_UNITS - 2 <= len(kept.encode("utf-16-le")) // 2 <= CELL_UNITS
    assert kept.endswith("…")
    assert text.startswith(kept[:-1])


def test_a_text_of_the_largest_size_is_whole() -> None:
    (row,) = opened(written("é" * CELL_UNITS))
    assert row[2].value == "é" * CELL_UNITS


def test_moments_are_on_the_clock_of_the_workshop_which_the_heading_names() -> None:
    (row,) = opened(written("x", zone="America/Cayenne"))
    assert row[4].value == datetime.fromisoformat("2026-07-01T09:00")
    book = load_workbook(io.BytesIO(written("x")))
    assert [cell.value for cell in book["Idées"][1]][:3] == ["Idée n°", "Personne n°", "Idée"]


def test_nothing_in_the_file_runs_or_fetches() -> None:
    names = ZipFile(io.BytesIO(written('=HYPERLINK("http://x")'))).namelist()
    assert [name for name in names if "vba" in name.lower() or "externalLink" in name] == []
    sheet = ZipFile(io.BytesIO(written("=1+1"))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_typographic_spaces_of_headings_survive() -> None:
    assert headings([Table("results", ("activity",), ())], VOICE)["table-column-activity"].startswith("Question n°")
