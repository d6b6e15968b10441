"""How a setting is spoken of: its name in the file and in the environment, what it must be, an example."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

PREFIX = "PALABRE__"
LONGEST_SHOWN = 40

Place = tuple[str, str]  # section, key


@dataclass(frozen=True)
class Setting:
    """One setting, as its readers and its error sentences need it."""

    section: str
    key: str
    expected: str  # completes "must be ..."
    example: str
    is_number: bool
    is_secret: bool
    may_come_from_a_file: bool

    @property
    def name(self) -> str:
        """`web.port`."""
        return f"{self.section}.{self.key}"

    @property
    def variable(self) -> str:
        """`PALABRE__WEB__PORT`."""
        return f"{PREFIX}{self.section}__{self.key}".upper()


Catalogue = Mapping[Place, Setting]


def catalogue_of(settings: type[BaseModel]) -> dict[Place, Setting]:
    """Every setting of every section, in the order of the classes."""
    return {
        (section, key): _describe(section, key, field)
        for section, part in settings.model_fields.items()
        if isinstance(part.annotation, type) and issubclass(part.annotation, BaseModel)
        for key, field in part.annotation.model_fields.items()
    }


def _describe(section: str, key: str, field: FieldInfo) -> Setting:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    is_secret = SecretStr in (field.annotation, *get_args(field.annotation))
    return Setting(
        section=section,
        key=key,
        expected=_expected(field, extra),
        example=str(extra.get("example") or field.default),
        is_number=field.annotation is int,
        is_secret=is_secret,
        may_come_from_a_file=is_secret or bool(extra.get("may_come_from_a_file")),
    )


def _expected(field: FieldInfo, extra: Mapping[str, object]) -> str:
    if field.annotation is int:
        least = next(limit.ge for limit in field.metadata if isinstance(limit, Ge))
        most = next(limit.le for limit in field.metadata if isinstance(limit, Le))
        return f"a whole number between {least} and {most}"
    if get_origin(field.annotation) is Literal:
        return either(get_args(field.annotation))
    return str(extra["expected"])


def either(choices: Iterable[str]) -> str:
    """Say a choice: `"fr" or "en"`."""
    *others, last = (f'"{choice}"' for choice in choices)
    return f"{', '.join(others)} or {last}" if others else last


def shown(value: object) -> str:
    """What the person wrote, short enough for one line and safe for a terminal."""
    if value is None:
        return "empty"
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    printable = "".join(letter if letter.isprintable() else "?" for letter in text)
    return printable if len(printable) <= LONGEST_SHOWN else printable[:LONGEST_SHOWN] + "…"


def guess(wrong: str, known: Iterable[str]) -> str:
    """` (did you mean "port"?)`, or nothing when nothing is near."""
    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return f' (did you mean "{by_lower[near[0]]}"?)' if near else ""
