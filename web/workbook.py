"""Tables as one workbook for Excel and LibreOffice: a sheet each, what people typed being text and never a formula."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from i18n import Voice
from participation.model.table import Table, is_formula
from participation.model.text import REPLACEMENT
from participation.questions import QUESTION_TYPES

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_UNITS = 32_767
"""What a cell holds, in UTF-16 code units: Excel offers to « repair » a file that goes over it."""
MOST_ROWS = 1_048_576
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 has no way to write, or advises against."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
WIDTHS = {"question": 40, "answer": 40, "text": 60, "label": 40, "theme": 30, "answered_at": 20, "created_at": 20}
ORDINARY_WIDTH = 12


def headings(tables: Sequence[Table], voice: Voice) -> dict[str, str]:
    """The names of the sheets, columns and question types in somebody's language, apart from what needs no language."""
    columns = {name for table in tables for name in table.columns}
    said = {f"table-column-{name}": voice(f"table-column-{name}", zone=voice.zone.key) for name in columns}
    types = {f"question-{key}": voice(f"question-{key}") for key in QUESTION_TYPES}
    return {**said, **types, **{f"table-{table.name}": voice(f"table-{table.name}") for table in tables}}


def workbook(tables: Sequence[Table], said: Mapping[str, str], zone: str) -> bytes:
    """The file. Plain values, so that another process may write it (100 000 answers: some ten seconds of processor).

    Moments are those of this time zone, which the headings name: Excel knows none.
    """
    book = Workbook(write_only=True)
    for table in tables:
        _fill(book.create_sheet(said[f"table-{table.name}"]), table, said, ZoneInfo(zone))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table, said: Mapping[str, str], zone: ZoneInfo) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column, ORDINARY_WIDTH)
    sheet.append([_heading(sheet, said[f"table-column-{name}"]) for name in table.columns])
    type_at = table.columns.index("type") if "type" in table.columns else None
    rows = table.rows[: MOST_ROWS - 1]
    for row in rows:
        cells = list(_cells(sheet, row, zone))
        if type_at is not None:
            cells[type_at] = said[f"question-{row[type_at]}"]
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + 1}"


def _heading(sheet: Any, text: str) -> Any:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cells(sheet: Any, row: Sequence[object], zone: ZoneInfo) -> Iterator[Any]:
    for value in row:
        match value:
            case datetime():
                yield _moment(sheet, value, zone)
            case float():
                yield _share(sheet, value)
            case str():
                yield _typed(sheet, value)
            case _:
                yield value


def _typed(sheet: Any, value: str) -> Any:
    """What people typed: plain where nobody could take it for something else, which is nearly always and costs less."""
    text = fitting(value)
    if is_formula(text) or text in ERROR_CODES:
        return _text(sheet, text)
    if "\n" in text:
        cell = _text(sheet, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell
    return text


def _text(sheet: Any, text: str) -> Any:
    """Text whatever it looks like; `quotePrefix` keeps it so when somebody edits the cell."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = is_formula(text)
    return cell


def _moment(sheet: Any, value: datetime, zone: ZoneInfo) -> Any:
    cell = WriteOnlyCell(sheet, value=value.astimezone(zone).replace(tzinfo=None, microsecond=0))
    cell.number_format = "yyyy-mm-dd hh:mm:ss"
    return cell


def _share(sheet: Any, value: float) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = "0 %"
    return cell


def fitting(text: str) -> str:
    """As it can be written in a cell: what XML refuses is replaced, `_x0041_` stays what it is, the longest is cut."""
    whole = _ESCAPE.sub("_x005F_", _FORBIDDEN.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(whole) * 2 <= CELL_UNITS or _units(whole) <= CELL_UNITS:
        return whole
    kept = whole.encode("utf-16-le")[: (CELL_UNITS - 1) * 2].decode("utf-16-le", errors="ignore")
    return f"{kept}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
