"""Read settings from `PALABRE__…` variables, and secrets from the files that `…_FILE` variables name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import WrongSettings
from app.settings_words import PREFIX, Catalogue, Place, Setting, guess

FILE = "_FILE"
LARGEST_SECRET = 4096  # bytes
WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")


@dataclass(frozen=True)
class SettingsEnvironment:
    """What the environment says: values by section and key, and the variable each came from."""

    sections: dict[str, dict[str, object]] = field(default_factory=dict)
    variables: dict[Place, str] = field(default_factory=dict)


def read_settings_environment(environ: Mapping[str, str], catalogue: Catalogue) -> SettingsEnvironment:
    """Read every variable of ours, or raise WrongSettings naming the one that is wrong."""
    _refuse_unknown(environ, catalogue)
    read = SettingsEnvironment()
    for place, setting in catalogue.items():
        variable = _variable_in_use(environ, setting)
        if variable is None:
            continue
        raw = environ[variable] if variable == setting.variable else _content(variable, environ[variable])
        read.sections.setdefault(setting.section, {})[setting.key] = _typed(raw, setting)
        read.variables[place] = variable
    return read


def _refuse_unknown(environ: Mapping[str, str], catalogue: Catalogue) -> None:
    known = {name for setting in catalogue.values() for name in _variables(setting)}
    spelled = {_letters(name): name for name in known}
    for name in sorted(environ.keys() - known):
        meant = spelled.get(_letters(name))
        if meant and name.upper().startswith("PALABRE_"):
            raise WrongSettings(f"The variable {name} is not read; its name is {meant}, with double underscores.")
        if name.upper().startswith(PREFIX):
            hint = guess(name, known)
            raise WrongSettings(f"The variable {name} is no setting of Palabre{hint}; correct its name or remove it.")


def _letters(name: str) -> str:
    return name.upper().replace("_", "")


def _variables(setting: Setting) -> list[str]:
    return [setting.variable, setting.variable + FILE] if setting.may_come_from_a_file else [setting.variable]


def _variable_in_use(environ: Mapping[str, str], setting: Setting) -> str | None:
    """The variable that gives this setting; an empty one says nothing, as compose files leave them."""
    given = [name for name in _variables(setting) if environ.get(name, "").strip()]
    if len(given) > 1:
        raise WrongSettings(f"Both {given[0]} and {given[1]} are set; keep one of the two.")
    return given[0] if given else None


def _content(variable: str, name: str) -> str:
    """The secret held by a file, without the line end that editors add."""
    path = Path(name)
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_SECRET + 1)
    except (OSError, ValueError) as reason:
        why = (isinstance(reason, OSError) and reason.strerror) or "not a file name"
        raise WrongSettings(f"{variable} names the file {path}, which cannot be read ({why}); correct it.") from None
    if len(content) > LARGEST_SECRET:
        raise WrongSettings(f"{variable} names the file {path}, too large to hold a secret; correct it.")
    try:
        text = content.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise WrongSettings(f"{variable} names the file {path}, which is not UTF-8 text; correct it.") from None
    if not text:
        raise WrongSettings(f"{variable} names the file {path}, which is empty; put the secret in it.")
    return text


def _typed(raw: str, setting: Setting) -> object:
    text = raw.strip()
    return int(text) if setting.is_number and WHOLE_NUMBER.fullmatch(text) else text
