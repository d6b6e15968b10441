"""Tables that open in the tools people have: CSV whose cells no spreadsheet takes for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
"""Written first for people who open the file with a double click: without it Excel misreads the accents."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, whatever file they go to. A share is a float from 0 to 1; moments are aware."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False) -> str:
    """A CSV (RFC 4180) with one header line; moments are ISO 8601, UTC, to the second."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return (BOM if bom else "") + out.getvalue()


def cell(value: object) -> str:
    """One value as a cell; what a spreadsheet would calculate gets an apostrophe in front (also « ＝ » and after spaces)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if is_formula(value) else value


def is_formula(text: str) -> bool:
    """Whether some spreadsheet would calculate it."""
    seen = unicodedata.normalize("NFKC", text).lstrip(" \n\u00a0")
    return seen.startswith(FORMULA_STARTS) or text.startswith(("\t", "\r"))
