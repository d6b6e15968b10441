"""The rows of a file people have: CSV, JSON lines, plain text or a workbook; what cannot be one is refused with a reason."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from analysis.text import typeset

Row = Mapping[str, str]

_SEPARATORS = (",", ";", "\t", "|")
_ALONE = "\x1f"
"""For a file of one column, where a comma belongs to the text."""
_SAMPLE = 65_536
_NOT_VALUES = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


class Unreadable(ValueError):
    """The file cannot be used; the message is a French sentence that says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(typeset(sentence))


def delimited(text: str, path: Path) -> list[Row]:
    """Rows of a CSV, whatever mark separates its cells. A line with more cells than names is refused, not cut."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        lines = [(reader.line_num, line) for line in reader if line]
    except csv.Error as broken:
        raise Unreadable(f"« {path.name} » n’est pas un CSV lisible ({_reason(broken)}).") from broken
    for number, line in lines[1:]:
        names = len(lines[0][1])
        if any(cell.strip() for cell in line[names:]):
            raise Unreadable(
                f"« {path.name} », ligne {number} : {len(line)} valeurs pour {names} colonne{'s' if names > 1 else ''}. "
                "Un texte avec des virgules ou des points-virgules se met entre guillemets."
            )
    return _with_header([line for _, line in lines])


def json_lines(text: str, path: Path) -> list[Row]:
    """Rows of objects or of strings, one a line; an object inside an object gives columns « a.b »."""
    rows: list[Row] = []
    # Not splitlines: U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as broken:
            raise Unreadable(f"« {path.name} », ligne {number} : ce n’est pas du JSON.") from broken
        if isinstance(found, str):
            found = {"text": found}
        if not isinstance(found, dict):
            raise Unreadable(f"« {path.name} », ligne {number} : il faut un objet JSON par ligne.")
        rows.append(dict(_flat(found)))
    return rows


def plain_lines(text: str, _path: Path) -> list[Row]:
    """A text a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [{"text": line} for line in (lines[:-1] if not lines[-1] else lines)]


def workbook(path: Path) -> list[tuple[str, list[Row]]]:
    """Name and rows of each sheet that has some, the one shown first at opening in front."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        first = book.active
        sheets = sorted(book.worksheets, key=lambda sheet: sheet is not first)
        found = [(str(sheet.title), _with_header(list(_cells(sheet)))) for sheet in sheets]
    except (BadZipFile, OSError, SyntaxError, ValueError, KeyError, TypeError, AttributeError, IndexError) as broken:
        # openpyxl lets through whatever its parsers raise on a damaged part (an XML error is a SyntaxError).
        raise Unreadable(f"« {path.name} » n’est pas un classeur Excel lisible.") from broken
    return [(name, rows) for name, rows in found if rows]


def has_formulas(path: Path) -> bool:
    """Whether a workbook holds formulas: their values are there only if a spreadsheet computed and saved them."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    return any(cell.data_type == "f" for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)


def _cells(sheet: Any) -> Iterator[list[str]]:
    for line in sheet.iter_rows(values_only=True):
        cells = ["" if cell is None or str(cell) in _NOT_VALUES else str(cell) for cell in line]
        if any(cells):
            yield cells


def _separator(text: str) -> str:
    """The mark that cuts most lines into at least as many cells as the first one."""
    scores = {mark: _score(text[:_SAMPLE], mark) for mark in _SEPARATORS}
    best = max(scores, key=lambda mark: scores[mark])
    return best if scores[best][0] >= 0.5 else _ALONE


def _score(sample: str, mark: str) -> tuple[float, int]:
    widths = [len(line) for line in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if line]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return (sum(width >= widths[0] for width in widths) / len(widths), widths[0])


def _reason(broken: csv.Error) -> str:
    return "un guillemet n’est pas refermé" if "end of data" in str(broken) else "un guillemet est mal placé"


def _with_header(lines: Sequence[Sequence[str]]) -> list[Row]:
    if not lines:
        return []
    names = list(_names(lines[0]))
    return [dict(zip(names, line, strict=False)) for line in lines[1:]]


def _names(header: Iterable[str]) -> Iterator[str]:
    """A name for each column; the second of a same name is told apart: « text (2) »."""
    seen: Counter[str] = Counter()
    for place, name in enumerate(header, 1):
        plain = name.strip() or f"colonne {place}"
        seen[plain] += 1
        yield plain if seen[plain] == 1 else f"{plain} ({seen[plain]})"


def _flat(found: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", json.dumps(value, ensure_ascii=False)
        else:
            yield f"{before}{name}", "" if value is None else str(value)
