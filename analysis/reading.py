"""Read texts from a file people have: CSV, JSON lines, plain text or a workbook; refuse the rest politely."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from analysis.text import typeset

LONGEST_CELL = 100_000
LARGEST_FILE = 1_000_000_000
FEWEST_ROWS = 8
USUAL_COLUMNS = ("text", "texte", "idée", "idee", "idea", "réponse", "reponse", "answer", "contribution", "comment")

Row = Mapping[str, str]


class Unreadable(ValueError):
    """The file cannot be used; the message is a French sentence that says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(typeset(sentence))


@dataclass(frozen=True)
class Table:
    """Rows of a file, in order, and the name of the column that holds the texts."""

    rows: tuple[Row, ...]
    column: str

    @property
    def texts(self) -> list[str]:
        """The texts, one a row."""
        return [row.get(self.column, "") for row in self.rows]

    def groups(self, column: str) -> dict[str, list[int]]:
        """Rows of each value of a column, values in order of appearance. Raises `Unreadable` without the column."""
        if not any(column in row for row in self.rows):
            raise Unreadable(_no_column(column, self.rows))
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(row.get(column, ""), []).append(place)
        return found


def read_table(path: Path, column: str | None = None, fewest: int = FEWEST_ROWS) -> Table:
    """The rows of a .csv (also .csv.gz), .jsonl, .txt or .xlsx file.

    Without `column` a usual name is looked for (`USUAL_COLUMNS`), then the only column. Raises `Unreadable` for
    a missing, empty, binary or badly encoded file, an absent column, a cell over 100 000 characters, fewer than
    `fewest` rows with a text, or as many times the same text.
    """
    rows = tuple(_rows_of(path))
    if not rows:
        raise Unreadable(f"Le fichier « {path.name} » ne contient aucune ligne.")
    table = Table(rows, _chosen_column(rows, column))
    _check(table, path, fewest)
    return table


def _rows_of(path: Path) -> Iterable[Row]:
    _check_file(path)
    kind = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "xlsx":
        return _workbook(path)
    readers = {"csv": _csv, "tsv": _csv, "jsonl": _json_lines, "ndjson": _json_lines, "txt": _lines}
    if kind not in readers:
        raise Unreadable(f"« {path.name} » : format inconnu. Formats lus : .csv, .jsonl, .txt et .xlsx.")
    return readers[kind](_decoded(path), path)


def _check_file(path: Path) -> None:
    if not path.exists():
        raise Unreadable(f"Le fichier « {path} » n’existe pas.")
    if path.is_dir():
        raise Unreadable(f"« {path} » est un dossier ; indiquez un fichier.")
    if path.stat().st_size == 0:
        raise Unreadable(f"Le fichier « {path.name} » est vide.")
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable(f"Le fichier « {path.name} » dépasse un gigaoctet.")


def _decoded(path: Path) -> str:
    data = _bytes(path)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data[:65_536]:
        raise Unreadable(f"« {path.name} » n’est pas un fichier de texte (contenu binaire).")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data, path)


def _western(data: bytes, path: Path) -> str:
    """French text saved by an old spreadsheet (Windows-1252), or a refusal when it does not read as such."""
    text = data.decode("cp1252", errors="replace")
    sample = text[:200_000]
    odd = sum(c == "\ufffd" or (ord(c) < 32 and c not in "\t\r\n") for c in sample)
    letters = sum(c.isalpha() for c in sample)
    strange = sum(ord(c) > 127 and c.lower() not in "àâäçéèêëîïôöùûüÿœæñ«»’‘“”…–—€°²³·\u00a0" for c in sample)
    if odd or strange > 0.02 * max(letters, 1) or letters < 0.3 * len(sample):
        raise Unreadable(
            f"L’encodage de « {path.name} » n’est pas reconnu. Enregistrez le fichier en UTF-8, puis recommencez."
        )
    return text


def _bytes(path: Path) -> bytes:
    import gzip

    if not path.name.lower().endswith(".gz"):
        return path.read_bytes()
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as broken:
        raise Unreadable(f"« {path.name} » n’est pas une archive gzip lisible.") from broken


def _csv(text: str, path: Path) -> Iterable[Row]:
    csv.field_size_limit(2**31 - 1)
    first = text.split("\n", 1)[0]
    separator = max(",;\t|", key=first.count) if any(mark in first for mark in ",;\t|") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as broken:
        raise Unreadable(f"« {path.name} » n’est pas un CSV lisible ({_reason(broken)}).") from broken
    return _with_header([line for line in lines if line])


def _reason(broken: csv.Error) -> str:
    return "un guillemet n’est pas refermé" if "end of data" in str(broken) else "un guillemet est mal placé"


def _with_header(lines: Sequence[Sequence[str]]) -> list[Row]:
    if not lines:
        return []
    names = [name.strip() or f"colonne {place}" for place, name in enumerate(lines[0], 1)]
    return [dict(zip(names, line, strict=False)) for line in lines[1:]]


def _json_lines(text: str, path: Path) -> Iterable[Row]:
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as broken:
            raise Unreadable(f"« {path.name} », ligne {number} : ce n’est pas du JSON.") from broken
        rows.append({"text": found} if isinstance(found, str) else _as_row(found, path, number))
    return rows


def _as_row(found: object, path: Path, number: int) -> Row:
    if not isinstance(found, dict):
        raise Unreadable(f"« {path.name} », ligne {number} : il faut un objet JSON par ligne.")
    return {str(name): "" if value is None else str(value) for name, value in found.items()}


def _lines(text: str, _path: Path) -> Iterable[Row]:
    return [{"text": line} for line in text.splitlines()]


def _workbook(path: Path) -> Iterable[Row]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).active
    except (BadZipFile, InvalidFileException, KeyError, OSError) as broken:
        raise Unreadable(f"« {path.name} » n’est pas un classeur Excel lisible.") from broken
    if sheet is None:
        return []
    lines = [["" if cell is None else str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    return _with_header([line for line in lines if any(line)])


def _chosen_column(rows: Sequence[Row], asked: str | None) -> str:
    names = list(dict.fromkeys(name for row in rows[:100] for name in row))
    if asked is not None:
        if asked not in names:
            raise Unreadable(_no_column(asked, rows))
        return asked
    for usual in USUAL_COLUMNS:
        for name in names:
            if name.lower() == usual:
                return name
    if len(names) == 1:
        return names[0]
    raise Unreadable(f"Quelle colonne contient les textes ? Indiquez-la avec --column. {_columns(names)}")


def _no_column(column: str, rows: Sequence[Row]) -> str:
    return (
        f"Il n’y a pas de colonne « {column} ». {_columns(list(dict.fromkeys(n for row in rows[:100] for n in row)))}"
    )


def _columns(names: Sequence[str]) -> str:
    shown = ", ".join(f"« {name[:40]} »" for name in names[:12])
    return f"Colonnes du fichier : {shown}{'…' if len(names) > 12 else ''}."


def _check(table: Table, path: Path, fewest: int) -> None:
    texts = table.texts
    for place, text in enumerate(texts):
        if len(text) > LONGEST_CELL:
            raise Unreadable(
                f"« {path.name} », ligne de données {place + 1} : un texte de {len(text)} caractères. "
                "Un guillemet oublié ? Au plus 100 000 caractères par texte."
            )
    filled = {text.strip() for text in texts if text.strip()}
    count = sum(bool(text.strip()) for text in texts)
    if count < fewest:
        raise Unreadable(
            f"« {path.name} » ne contient que {count} texte{'s' if count > 1 else ''} ; il en faut {fewest}."
        )
    if len(filled) == 1:
        raise Unreadable(f"Les {count} textes de « {path.name} » sont tous les mêmes : il n’y a rien à regrouper.")
