"""Our pages load nothing from elsewhere, write nothing inline, and say nothing that is not in the catalogue."""

import re
from pathlib import Path

import pytest

from i18n import load_catalog

WEB = Path(__file__).resolve().parents[3] / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
STYLES = sorted((WEB / "static").glob("*.css"))
SOURCES = sorted(WEB.glob("*.py"))


def names(files: list[Path]) -> list[str]:
    return [file.name for file in files]


@pytest.mark.parametrize("file", [*TEMPLATES, *SCRIPTS, *STYLES], ids=lambda file: file.name)
def test_no_file_names_another_site(file: Path) -> None:
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]+", file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_templates_hold_no_inline_script_nor_style(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|\|\s*safe\b", text) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_never_make_markup_from_text(file: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser"
    assert re.findall(forbidden, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_import_files_that_are_there(file: Path) -> None:
    wanted = set(re.findall(r'from "\./([\w.]+)"', file.read_text(encoding="utf-8")))
    assert wanted - set(names(SCRIPTS)) == set()


@pytest.mark.parametrize("language", load_catalog().languages)
def test_every_sentence_a_page_says_exists_in_every_language(language: str) -> None:
    catalog = load_catalog()
    said = {
        key
        for file in [*TEMPLATES, *SOURCES]
        for key in re.findall(r"""["'](web-[a-z-]+[a-z])["']""", file.read_text("utf-8"))
    }
    assert {key for key in said if not catalog.bundles[language].has_message(key)} == set()


def test_no_sentence_of_the_web_is_left_unused() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in [*TEMPLATES, *SOURCES])
    keys = {
        key
        for file in (WEB.parent / "i18n" / "fr").glob("web-*.ftl")
        for key in re.findall(r"^(web-[\w-]+) =", file.read_text(encoding="utf-8"), re.M)
    }
    said = set(re.findall(r"""["'](web-[a-z-]+)["']""", text))
    begun = tuple(re.findall(r"""f["'](web-[a-z-]+-)\{""", text))
    assert {key for key in keys - said if not key.startswith(begun)} == set()
