"""Settings: config.yaml is the defaults, the environment wins, secrets stay sealed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from app.settings import CATALOGUE, Settings, WrongSettings, load_settings, require_token
from app.settings_file import read_settings_file

OURS = Path(__file__).resolve().parents[3] / "config.yaml"
TOKEN = "123456:AAcanary-token_of-the-tests"
SECRET = "s" * 32


def test_config_yaml_is_complete_and_equal_to_the_defaults() -> None:
    expected: dict[str, dict[str, object]] = {}
    for (section, key), setting in CATALOGUE.items():
        if not setting.is_secret:
            expected.setdefault(section, {})[key] = getattr(getattr(Settings(), section), key)
    assert read_settings_file(OURS).sections == expected


def test_our_reading_of_config_yaml_is_that_of_any_yaml_reader() -> None:
    assert yaml.safe_load(OURS.read_text(encoding="utf-8")) == read_settings_file(OURS).sections


def test_config_yaml_names_the_variable_of_every_secret_in_its_comments() -> None:
    text = OURS.read_text(encoding="utf-8")
    named = {setting.variable for setting in CATALOGUE.values() if setting.variable in text}
    assert named >= {setting.variable for setting in CATALOGUE.values() if setting.may_come_from_a_file}


def test_every_setting_of_config_yaml_has_a_comment_of_its_own_or_shares_the_one_above() -> None:
    lines = OURS.read_text(encoding="utf-8").splitlines()
    bare = [
        line.strip()
        for above, line in pairwise(lines)
        if line.startswith("  ") and not line.strip().startswith("#") and not above.strip().startswith("#")
    ]
    assert bare == ['webhook_url: ""']  # explained with the mode


def test_without_file_nor_environment_the_defaults_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}) == Settings()


def test_config_yaml_of_the_current_folder_is_read_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text("web:\n  port: 9000\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}).web.port == 9000


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("web:\n  port: 9000\n  host: 0.0.0.0\n", encoding="utf-8")
    web = load_settings(file, {"PALABRE__WEB__PORT": "9001"}).web
    assert (web.host, web.port, web.address) == ("0.0.0.0", 9001, "http://0.0.0.0:9001")  # noqa: S104  # only read


def test_every_setting_can_come_from_the_environment() -> None:
    values = {setting.variable: SECRET if setting.is_secret else str(setting.example) for setting in CATALOGUE.values()}
    read = load_settings(OURS, values | {"PALABRE__TELEGRAM__MODE": "webhook"})
    assert read.telegram.mode == "webhook"
    assert read.telegram.webhook_url == "https://atelier.example.org"


def test_empty_sections_and_an_empty_file_leave_the_defaults(tmp_path: Path) -> None:
    for text in ("", "# nothing\n", "web:\n", "web: {}\nlogs:\n"):
        (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
        assert load_settings(tmp_path / "file.yaml", {}) == Settings()


def test_an_empty_variable_says_nothing() -> None:
    assert load_settings(OURS, {"PALABRE__TELEGRAM__TOKEN": "", "PALABRE__WEB__PORT": ""}) == Settings()


def test_a_secret_is_read_from_the_file_its_variable_names(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n", encoding="utf-8")
    read = load_settings(OURS, {"PALABRE__TELEGRAM__TOKEN_FILE": str(tmp_path / "token")})
    assert require_token(read) == TOKEN


def test_the_variables_of_tests_and_of_the_build_are_not_settings() -> None:
    assert load_settings(OURS, {"PALABRE_DATA": "x", "PALABRE_CRASH_AT": "commit:3", "PATH": "/"}) == Settings()


def test_a_missing_token_is_asked_for_by_its_variable() -> None:
    with pytest.raises(WrongSettings, match="PALABRE__TELEGRAM__TOKEN_FILE") as stopped:
        require_token(Settings())
    assert stopped.value.exit_code == 2


def test_no_secret_appears_when_settings_are_printed() -> None:
    environ = {
        "PALABRE__TELEGRAM__TOKEN": TOKEN,
        "PALABRE__TELEGRAM__WEBHOOK_SECRET": SECRET,
        "PALABRE__DATABASE__URL": "postgresql://palabre:open-sesame@localhost/palabre",
    }
    read = load_settings(OURS, environ)
    assert read.secrets() == [TOKEN, SECRET, "open-sesame"]
    assert [secret for secret in read.secrets() if secret in f"{read!r}{read}"] == []


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().web.port = 1  # type: ignore[misc]  # what the test is about


def test_an_ipv6_host_makes_an_address_one_can_open() -> None:
    assert load_settings(OURS, {"PALABRE__WEB__HOST": "::1"}).web.address == "http://[::1]:8080"
