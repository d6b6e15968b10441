"""Read the texts of a file: find its encoding, its column, and refuse politely what cannot be used."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.file_formats import Row, Unreadable, delimited, has_formulas, json_lines, plain_lines, workbook

LONGEST_CELL = 100_000
LARGEST_FILE = 1_000_000_000
FEWEST_ROWS = 8
USUAL_COLUMNS = ("text", "texte", "idée", "idee", "idea", "réponse", "reponse", "answer", "contribution", "comment")
_HALF = re.compile("[\ud800-\udfff]")


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
    try:
        _check_file(path)
        rows = tuple(_rows_of(path, column))
    except (OSError, ValueError) as broken:
        if isinstance(broken, Unreadable):
            raise
        raise Unreadable(f"Le fichier « {path.name[:80]} » ne peut pas être lu.") from broken
    if not rows:
        _check_computed(path)
        raise Unreadable(f"Le fichier « {path.name} » ne contient aucune ligne.")
    table = Table(tuple(_whole(row) for row in rows), _chosen_column(rows, column))
    _check(table, path, fewest)
    return table


def _rows_of(path: Path, column: str | None) -> Sequence[Row]:
    kind = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "xlsx":
        return _sheet(path, column)
    readers = {"csv": delimited, "tsv": delimited, "jsonl": json_lines, "ndjson": json_lines, "txt": plain_lines}
    if kind not in readers:
        raise Unreadable(f"« {path.name} » : format inconnu. Formats lus : .csv, .jsonl, .txt et .xlsx.")
    return readers[kind](_decoded(path), path)


def _sheet(path: Path, column: str | None) -> Sequence[Row]:
    """The sheet in front if it has the column, else the first that has it."""
    sheets = workbook(path)
    wanted = (column.lower(),) if column else USUAL_COLUMNS
    having = [rows for _, rows in sheets if {name.lower() for name in rows[0]} & set(wanted)]
    return (having or [rows for _, rows in sheets] or [[]])[0]


def _whole(row: Row) -> Row:
    """Half characters, which JSON can write and nothing can show, become the replacement mark."""
    return {_HALF.sub("\ufffd", name): _HALF.sub("\ufffd", text) for name, text in row.items()}


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
    if not path.name.lower().endswith(".gz"):
        return path.read_bytes()
    try:
        with gzip.open(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as broken:
        raise Unreadable(f"« {path.name} » n’est pas une archive gzip lisible.") from broken
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"Le fichier « {path.name} » dépasse un gigaoctet.")
    return data


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
    if count == 0:
        _check_computed(path)
    if count < fewest:
        raise Unreadable(
            f"« {path.name} » ne contient que {count} texte{'s' if count > 1 else ''} ; il en faut {fewest}."
        )
    if len(filled) == 1:
        raise Unreadable(f"Les {count} textes de « {path.name} » sont tous les mêmes : il n’y a rien à regrouper.")


def _check_computed(path: Path) -> None:
    if path.suffix.lower() == ".xlsx" and has_formulas(path):
        raise Unreadable(
            f"« {path.name} » contient des formules jamais calculées : "
            "ouvrez-le dans un tableur, enregistrez-le, puis recommencez."
        )
