"""Load the settings: config.yaml, overridden by `PALABRE__SECTION__KEY` variables, which alone hold secrets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from app.errors import WrongSettings
from app.settings_environment import SettingsEnvironment, read_settings_environment
from app.settings_file import SettingsFile, read_settings_file
from app.settings_sections import Settings
from app.settings_words import Place, Setting, catalogue_of, guess, shown

__all__ = ["Settings", "WrongSettings", "load_settings", "require_token"]

USUAL_FILE = Path("config.yaml")
CATALOGUE = catalogue_of(Settings)


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read the file (without a path: config.yaml of the current folder, if there is one) and the environment.

    Raises WrongSettings with one sentence at the first thing wrong, the file before the environment.
    """
    written = _read_file(path)
    given = read_settings_environment(environ, CATALOGUE)
    merged = {
        section: written.sections.get(section, {}) | given.sections.get(section, {})
        for section in Settings.model_fields
    }
    try:
        return Settings.model_validate(merged)
    except ValidationError as wrong:
        raise WrongSettings(_first_sentence(wrong, written, given)) from None


def require_token(settings: Settings) -> str:
    """The bot's token, for the commands that talk to Telegram; raises WrongSettings when there is none."""
    if settings.telegram.token is None:
        raise WrongSettings(
            "The bot's token is missing: ask @BotFather for one with /newbot, then set PALABRE__TELEGRAM__TOKEN,"
            " or PALABRE__TELEGRAM__TOKEN_FILE to the path of a file that holds it."
        )
    return settings.telegram.token.get_secret_value()


def _read_file(path: Path | None) -> SettingsFile:
    if path is None and not USUAL_FILE.exists():
        return SettingsFile(USUAL_FILE.name)
    written = read_settings_file(path or USUAL_FILE)
    for section, values in written.sections.items():
        _refuse_unknown(written, section)
        for key in values:
            _refuse_unknown(written, section, key)
            _refuse_secret(written, CATALOGUE[section, key], values[key])
    return written


def _refuse_unknown(written: SettingsFile, section: str, key: str | None = None) -> None:
    if key is None and section not in Settings.model_fields:
        home = next((known for known in CATALOGUE.values() if known.key == section), None)
        hint = f" (it belongs under {home.section}:)" if home else guess(section, Settings.model_fields)
        raise WrongSettings(
            f"{written.at(section)}: {shown(section)} is no section of Palabre{hint}; correct or remove it."
        )
    if key is not None and (section, key) not in CATALOGUE:
        hint = guess(key, [known.key for known in CATALOGUE.values() if known.section == section])
        where = written.at(section, key)
        raise WrongSettings(
            f"{where}: {shown(f'{section}.{key}')} is no setting of Palabre{hint}; correct or remove it."
        )


def _refuse_secret(written: SettingsFile, setting: Setting, value: object) -> None:
    where = written.at(setting.section, setting.key)
    if setting.is_secret:
        raise WrongSettings(
            f"{where}: {setting.name} is a secret and never goes in this file; delete the line and set"
            f" {setting.variable}, or {setting.variable}_FILE to the path of a file that holds it."
        )
    if setting.may_come_from_a_file and _has_password(value):
        raise WrongSettings(
            f"{where}: {setting.name} holds a password, which never goes in this file; delete the line and set"
            f" {setting.variable}, or {setting.variable}_FILE to the path of a file that holds the whole address."
        )


def _has_password(value: object) -> bool:
    try:
        return isinstance(value, str) and urlsplit(value).password is not None
    except ValueError:  # not an address at all: the next check says so
        return False


def _first_sentence(wrong: ValidationError, written: SettingsFile, given: SettingsEnvironment) -> str:
    first = wrong.errors(include_url=False)[0]
    section = str(first["loc"][0])
    if len(first["loc"]) == 1:
        return _incoherent(CATALOGUE[section, str(first["type"])], str(first["msg"]), written, given)
    place: Place = (section, str(first["loc"][1]))
    return _wrong_value(CATALOGUE[place], first["input"], written, given)


def _incoherent(missing: Setting, why: str, written: SettingsFile, given: SettingsEnvironment) -> str:
    mode: Place = ("telegram", "mode")
    where = given.variables.get(mode) or written.at(*mode)
    return f'{where}: {why}; set {missing.variable} to {missing.example}, or telegram.mode to "polling".'


def _wrong_value(setting: Setting, value: object, written: SettingsFile, given: SettingsEnvironment) -> str:
    place: Place = (setting.section, setting.key)
    but = "its value is not shown here" if setting.may_come_from_a_file else f"it is {shown(value)}"
    if place in given.variables:
        remedy = f"set it for example to {setting.example}, or remove it"
        return f"{given.variables[place]} must be {setting.expected}, and {but}; {remedy}."
    remedy = f"write for example `{setting.key}: {setting.example}`"
    return f"{written.at(*place)}: {setting.name} must be {setting.expected}, and {but}; {remedy}."
