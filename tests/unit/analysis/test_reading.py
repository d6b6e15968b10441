"""Files people have are read; the others are refused with a sentence that says why."""

import csv
import gzip
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from analysis.file_formats import Unreadable
from analysis.reading import read_table

IDEAS = [f"idée numéro {n}" for n in range(10)]


def test_a_csv_with_semicolons_and_a_quoted_line_break(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "id;Texte\n" + "".join(f'{n};"{text}\nsuite"\n' for n, text in enumerate(IDEAS)), encoding="utf-8-sig"
    )
    table = read_table(file)
    assert (table.column, table.texts[3], len(table.rows)) == ("Texte", "idée numéro 3\nsuite", 10)


def test_a_csv_saved_by_an_old_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(("réponse\n" + "\n".join(IDEAS)).encode("cp1252"))
    assert read_table(file).texts == IDEAS


def test_a_compressed_csv(tmp_path: Path) -> None:
    file = tmp_path / "a.csv.gz"
    file.write_bytes(gzip.compress(("text\n" + "\n".join(IDEAS)).encode()))
    assert read_table(file).texts == IDEAS


def test_json_lines_of_objects_or_of_strings(tmp_path: Path) -> None:
    objects, strings = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    objects.write_text("\n".join(f'{{"idea": "{text}", "n": 1}}' for text in IDEAS), encoding="utf-8")
    strings.write_text("\n".join(f'"{text}"' for text in IDEAS), encoding="utf-8")
    assert read_table(objects).texts == read_table(strings).texts == IDEAS


def test_plain_lines_and_a_workbook(tmp_path: Path) -> None:
    lines, book = tmp_path / "a.txt", tmp_path / "a.xlsx"
    lines.write_text("\n".join(IDEAS), encoding="utf-8")
    workbook = Workbook()
    assert workbook.active is not None
    for cells in [("n", "idée"), *enumerate(IDEAS)]:
        workbook.active.append(cells)
    workbook.save(book)
    assert read_table(lines).texts == read_table(book).texts == IDEAS


def test_rows_are_grouped_by_a_column_in_order_of_appearance(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("text,town\n" + "".join(f"{t},{'AB'[n % 2]}\n" for n, t in enumerate(IDEAS)), encoding="utf-8")
    assert read_table(file).groups("town") == {"A": [0, 2, 4, 6, 8], "B": [1, 3, 5, 7, 9]}


REFUSED = {
    "empty.csv": (b"", "est vide"),
    "junk.csv": (bytes(range(256)) * 40, "contenu binaire"),
    "koi8.txt": (("Привет мир как дела\n" * 20).encode("koi8-r"), "encodage"),
    "latin.csv": (b"\xfe\xf0\xde\xd0\n" * 50, "encodage"),
    "three.txt": (b"un\ndeux\ntrois\n", "que 3 textes"),
    "same.txt": (b"pareil\n" * 20, "sont tous les m"),
    "giant.txt": (b"a" * 100_001 + b"\n" + b"b\nc\n" * 9, "100001"),
    "quote.csv": (b'text\n"jamais referme\n' + b"x\n" * 20, "guillemet"),
    "bad.jsonl": (b'{"text": "a"}\nnon\n', "ligne 2"),
    "list.jsonl": (b"[1]\n", "objet JSON"),
    "fake.xlsx": (b"not a workbook", "classeur"),
    "photo.png": (b"\x89PNG", "format inconnu"),
    "two.csv": (b"a,b\n" + b"1,2\n" * 20, "Quelle colonne"),
    "broken.csv.gz": (b"nothing", "gzip"),
    "header.csv": (b"text\n", "aucune ligne"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    content, reason = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        read_table(tmp_path / name)


def test_a_missing_file_a_folder_and_a_missing_column_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join(IDEAS), encoding="utf-8")
    for refused in (lambda: read_table(tmp_path / "no.csv"), lambda: read_table(tmp_path), lambda: read_table(file, "autre"),
                    lambda: read_table(file).groups("ville")):  # fmt: skip
        with pytest.raises(Unreadable):
            refused()


def test_refusals_are_typeset_in_french(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"^Le fichier «\u00a0.*\u00a0» n’existe pas\.$"):
        read_table(tmp_path / "no.csv")


def saved(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for place, cells in enumerate(sheets):
        sheet = book.active if place == 0 else book.create_sheet()
        for line in cells:
            sheet.append(line)
    book.save(path)
    return path


def test_the_sheet_that_has_the_column_is_read(tmp_path: Path) -> None:
    ideas: list[list[object]] = [["n", "texte"], *([n, text] for n, text in enumerate(IDEAS))]
    assert read_table(saved(tmp_path / "a.xlsx", [], ideas)).texts == IDEAS
    assert read_table(saved(tmp_path / "b.xlsx", [["date"], [date(2026, 1, 1)]], ideas)).texts == IDEAS


def test_a_workbook_with_a_damaged_sheet_or_formulas_never_computed_is_refused(tmp_path: Path) -> None:
    whole = saved(tmp_path / "a.xlsx", [["texte"], *([f'=CONCATENATE("{text}")'] for text in IDEAS)])
    with pytest.raises(Unreadable, match="formules jamais calculées"):
        read_table(whole)
    damaged = tmp_path / "b.xlsx"
    with ZipFile(whole) as parts, ZipFile(damaged, "w") as copy:
        for name in parts.namelist():
            copy.writestr(name, b"<worksheet><oops" if "sheet1" in name else parts.read(name))
    with pytest.raises(Unreadable, match="pas un classeur Excel lisible"):
        read_table(damaged)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_commas_in_a_header_or_in_texts_do_not_choose_the_separator(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "a.csv"
    cells = [["n", "texte", "note, remarque, autre"], *([str(n), f"{t}, ou pas", "x"] for n, t in enumerate(IDEAS))]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=separator).writerows(cells)
    assert read_table(file).texts == [f"{text}, ou pas" for text in IDEAS]


def test_in_a_file_of_one_column_a_comma_belongs_to_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("texte\n" + "\n".join(f"{text}, vite" for text in IDEAS), encoding="utf-8")
    assert read_table(file).texts == [f"{text}, vite" for text in IDEAS]


def test_a_text_cut_by_a_comma_without_quotes_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("n,texte\n" + "".join(f"{n},{t}\n" for n, t in enumerate(IDEAS)) + "11,des bus, vite\n", "utf-8")
    with pytest.raises(Unreadable, match=r"ligne 12.*3 valeurs pour 2 colonnes"):
        read_table(file)


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("texte,texte\n" + "".join(f"{t},autre {n}\n" for n, t in enumerate(IDEAS)), encoding="utf-8")
    assert read_table(file).texts == IDEAS
    assert read_table(file, "texte (2)").texts == [f"autre {n}" for n in range(10)]


def test_json_lines_keep_odd_line_breaks_half_characters_and_objects_inside_objects(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(f'{{"answer": {{"text": "{t}\u2028suite \\ud83d"}}}}' for t in IDEAS), encoding="utf-8")
    table = read_table(file)
    assert (table.column, table.texts[0]) == ("answer.text", "idée numéro 0\u2028suite \ufffd")


def test_a_small_archive_of_a_huge_file_and_json_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.reading.LARGEST_FILE", 1_000_000)
    bomb, deep = tmp_path / "a.csv.gz", tmp_path / "a.jsonl"
    bomb.write_bytes(gzip.compress(b"text\n" + b"a" * 2_000_000))
    deep.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(Unreadable, match="dépasse"):
        read_table(bomb)
    with pytest.raises(Unreadable, match="JSON"):
        read_table(deep)
