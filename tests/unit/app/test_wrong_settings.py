"""Every wrong configuration stops the command with one sentence that names the key, the line and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.cli import main
from app.settings import WrongSettings, load_settings

# What the file holds, and the sentence's beginning: where and what. The remedy follows a semicolon or a second clause.
FILES: Mapping[str, tuple[bytes, str]] = {
    "a word for a number": (
        b"web:\n  port: abc\n",
        "f.yaml, line 2: web.port must be a whole number between 0 and 65535",
    ),
    "a quoted number": (b'web:\n  port: "8080"\n', "f.yaml, line 2: web.port must be a whole number"),
    "a fraction": (b"web:\n  port: 80.5\n", "f.yaml, line 2: web.port must be a whole number"),
    "a whole fraction": (b"web:\n  port: 8080.0\n", "f.yaml, line 2: web.port must be a whole number"),
    "true for a number": (b"web:\n  port: true\n", "f.yaml, line 2: web.port must be a whole number"),
    "too large a number": (b"web:\n  port: 65536\n", "f.yaml, line 2: web.port must be a whole number"),
    "below the least": (
        b"analysis:\n  processes: 0\n",
        "f.yaml, line 2: analysis.processes must be a whole number between 1",
    ),
    "negative": (b"web:\n  port: -1\n", "f.yaml, line 2: web.port must be a whole number"),
    "not a number": (b"web:\n  port: .nan\n", "f.yaml, line 2: web.port must be a whole number"),
    "five thousand digits": (
        b"web:\n  port: " + b"9" * 5000 + b"\n",
        "f.yaml, line 2: web.port must be a whole number",
    ),
    "octal": (b"web:\n  port: 08080\n", "f.yaml, line 2: web.port must be a whole number"),
    "octal of YAML 1.1": (b"analysis:\n  seed: 010\n", "f.yaml, line 2: analysis.seed must be a whole number"),
    "hexadecimal": (b"web:\n  port: 0x1F90\n", "f.yaml, line 2: web.port must be a whole number"),
    "underscores in a number": (b"web:\n  port: 8_080\n", "f.yaml, line 2: web.port must be a whole number"),
    "base sixty": (b"workshop:\n  sign_in_minutes: 0:05\n", "f.yaml, line 2: workshop.sign_in_minutes must be a whole"),
    "a list": (b"web:\n  port: [8080]\n", "f.yaml, line 2: web.port must be a whole number"),
    "a mapping": (b"web:\n  port: {is: 8080}\n", "f.yaml, line 2: web.port must be a whole number"),
    "nothing": (b"# one\nweb:\n  port:\n", "f.yaml, line 3: web.port must be a whole number"),
    "a number for text": (b"web:\n  host: 127\n", "f.yaml, line 2: web.host must be a host name or an IP address"),
    "no, which YAML 1.1 reads as false": (
        b"workshop:\n  language: no\n",
        'f.yaml, line 2: workshop.language must be "fr" or "en", and it is "no"',
    ),
    "another choice": (b"telegram:\n  mode: Polling\n", 'f.yaml, line 2: telegram.mode must be "polling" or "webhook"'),
    "a level in small letters": (
        b"logs:\n  level: info\n",
        'f.yaml, line 2: logs.level must be "DEBUG", "INFO", "WARNING" or "ERROR"',
    ),
    "an unknown time zone": (
        b"workshop:\n  time_zone: Europe/Pari\n",
        "f.yaml, line 2: workshop.time_zone must be a time zone",
    ),
    "a time zone that climbs folders": (
        b"workshop:\n  time_zone: ../../etc/passwd\n",
        "f.yaml, line 2: workshop.time_zone must be a time zone",
    ),
    "an address without a scheme": (
        b"telegram:\n  api_url: api.telegram.org\n",
        "f.yaml, line 2: telegram.api_url must be an address",
    ),
    "an address with a port of letters": (
        b"telegram:\n  api_url: http://localhost:abc\n",
        "f.yaml, line 2: telegram.api_url must be an address",
    ),
    "a database of another kind": (
        b"database:\n  url: mysql://localhost/palabre\n",
        "f.yaml, line 2: database.url must be an address such as",
    ),
    "an empty database address": (b'database:\n  url: ""\n', "f.yaml, line 2: database.url must be an address such as"),
    "a password": (
        b"database:\n  url: postgresql://a:b@localhost/p\n",
        "f.yaml, line 2: database.url holds a password",
    ),
    "a token": (b"telegram:\n  token: 123:abc\n", "f.yaml, line 2: telegram.token is a secret"),
    "a webhook secret": (
        b"telegram:\n  mode: polling\n  webhook_secret: abc\n",
        "f.yaml, line 3: telegram.webhook_secret is a secret",
    ),
    "a webhook without address": (
        b"telegram:\n  mode: webhook\n",
        'f.yaml, line 2: telegram.mode is "webhook" and telegram.webhook_url is empty',
    ),
    "a webhook without secret": (
        b"telegram:\n  webhook_url: https://a.fr\n  mode: webhook\n",
        'f.yaml, line 3: telegram.mode is "webhook" and there is no secret',
    ),
    "an unknown key": (
        b"web:\n  prot: 8080\n",
        'f.yaml, line 2: "web.prot" is no setting of Palabre (did you mean "port"?)',
    ),
    "an unknown section": (
        b"wev:\n  port: 8080\n",
        'f.yaml, line 1: "wev" is no section of Palabre (did you mean "web"?)',
    ),
    "a key outside its section": (b"port: 8080\n", "f.yaml, line 1:"),
    "a key outside its section, with children": (
        b"port:\n  a: 1\n",
        'f.yaml, line 1: "port" is no section of Palabre (it belongs under web:)',
    ),
    "a key twice": (b"web:\n  port: 1\n  port: 2\n", 'f.yaml, line 3: "web.port" is already given at line 2'),
    "a section twice": (b"web:\n  port: 1\nweb:\n  port: 2\n", 'f.yaml, line 3: "web" is already given at line 1'),
    "a key that is a list": (b"? [a, b]\n: 1\n", "f.yaml, line 1: a key must be one plain word"),
    "a section that is a word": (b"web: 8080\n", 'f.yaml, line 1: "web" takes no value of its own'),
    "a section that is a list": (b"web:\n  - port: 1\n", 'f.yaml, line 1: "web" takes no value of its own'),
    "a python object": (b"web: !!python/object/apply:os.system [id]\n", "f.yaml, line 1: the tag"),
    "a python name": (b"web:\n  host: !!python/name:os.system\n", "f.yaml, line 2: the tag"),
    "a string tag": (b"web:\n  port: !!int '1'\n", "f.yaml, line 2: the tag"),
    "an alias bomb": (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "f.yaml, line 1: & and * names"),
    "an alias of nothing": (b"web:\n  port: *port\n", "f.yaml, line 2: & and * names"),
    "a merge": (b"web: &w\n  port: 1\nlogs:\n  <<: *w\n", "f.yaml, line 1: & and * names"),
    "tabs": (b"web:\n\tport: 8080\n", "f.yaml, line 2: the line is indented with a tab"),
    "a tab after spaces": (b"web:\n  \tport: 8080\n", "f.yaml, line 2: the line is indented with a tab"),
    "a mark of UTF-8": (
        b"\xef\xbb\xbfweb:\n  port: 8080\n",
        "f.yaml, line 1: the file is saved with a byte-order mark",
    ),
    "UTF-16": ("web:\n  port: 8080\n".encode("utf-16"), "f.yaml, line 1: the file is saved as UTF-16"),
    "Latin-1": ("# réglages\n# été\n".encode("latin-1"), "f.yaml, line 1: this is not UTF-8 text"),
    "binary junk": (bytes(range(256)) * 4, "f.yaml, line"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "f.yaml, line 1: this is not UTF-8 text"),
    "a zero byte": (b"web:\n  host: a\x00b\n", "f.yaml, line 2: an invisible control character"),
    "a megabyte": (b"# " + b"x" * 1_000_000, "f.yaml is larger than 64 KiB"),
    "a list at the top": (b"- web\n- logs\n", "f.yaml, line 1: the file must be made of sections"),
    "a sentence": (b"bonjour tout le monde\n", "f.yaml, line 1: the file must be made of sections"),
    "a number at the top": (b"\n42\n", "f.yaml, line 2: the file must be made of sections"),
    "two documents": (b"web:\n  port: 1\n---\nlogs:\n", "f.yaml, line 3: a second document begins"),
    "ten thousand brackets": (b"[" * 10_000, "f.yaml, line 1: settings are nested too deep"),
    "no space after the colon": (b"web:\n  port:8080\n", 'f.yaml, line 1: "web" takes no value of its own'),
    "an open quote": (b'web:\n  host: "abc\n', "f.yaml, line 3: this is not YAML"),
    "a wrong indentation": (b"web:\n  port: 1\n host: a\n", "f.yaml, line 3: this is not YAML"),
    "two colons": (b"web: port: 1\n", "f.yaml, line 1: this is not YAML"),
    "a directive of another YAML": (b"%YAML 3.0\n---\nweb:\n", "f.yaml, line 1: this is not YAML"),
}

VARIABLES: Mapping[str, tuple[dict[str, str], str]] = {
    "a word for a number": ({"PALABRE__WEB__PORT": "abc"}, "PALABRE__WEB__PORT must be a whole number"),
    "octal": ({"PALABRE__WEB__PORT": "08080"}, "PALABRE__WEB__PORT must be a whole number"),
    "blanks inside": ({"PALABRE__WEB__PORT": "80 80"}, "PALABRE__WEB__PORT must be a whole number"),
    "a misspelt key": (
        {"PALABRE__WEB__PROT": "1"},
        'The variable PALABRE__WEB__PROT is no setting of Palabre (did you mean "PALABRE__WEB__PORT"?)',
    ),
    "a misspelt section": ({"PALABRE__LOCAL": "1"}, "The variable PALABRE__LOCAL is no setting of Palabre"),
    "single underscores": ({"PALABRE_WEB_PORT": "1"}, "The variable PALABRE_WEB_PORT is not read"),
    "small letters": ({"palabre__web__port": "1"}, "The variable palabre__web__port is not read"),
    "a file for what is no secret": ({"PALABRE__WEB__PORT_FILE": "x"}, "The variable PALABRE__WEB__PORT_FILE is no"),
    "a token with a blank": ({"PALABRE__TELEGRAM__TOKEN": "12 ab"}, "PALABRE__TELEGRAM__TOKEN must be the token"),
    "a short secret": (
        {"PALABRE__TELEGRAM__WEBHOOK_SECRET": "s" * 31},
        "PALABRE__TELEGRAM__WEBHOOK_SECRET must be 32 to 256 letters",
    ),
    "a token twice": (
        {"PALABRE__TELEGRAM__TOKEN": "1:a", "PALABRE__TELEGRAM__TOKEN_FILE": "x"},
        "Both PALABRE__TELEGRAM__TOKEN and PALABRE__TELEGRAM__TOKEN_FILE are set",
    ),
    "no such token file": ({"PALABRE__TELEGRAM__TOKEN_FILE": "nowhere"}, "PALABRE__TELEGRAM__TOKEN_FILE names"),
    "a webhook without address": ({"PALABRE__TELEGRAM__MODE": "webhook"}, "PALABRE__TELEGRAM__MODE: telegram.mode is"),
}


def _is_one_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and len(text) < 400 and text.isprintable()


@pytest.mark.parametrize(("content", "beginning"), FILES.values(), ids=FILES.keys())
def test_a_wrong_file_stops_with_one_sentence_and_exit_code_two(
    content: bytes, beginning: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(content)
    with pytest.raises(WrongSettings) as stopped:
        load_settings(file, {})
    sentence = str(stopped.value)
    assert sentence[: len(beginning)] == beginning
    assert _is_one_sentence(sentence)
    assert main(["check", "--offline", "--config", str(file)]) == 2
    assert capsys.readouterr() == ("", f"palabre: {sentence}\n")


@pytest.mark.parametrize(("environ", "beginning"), VARIABLES.values(), ids=VARIABLES.keys())
def test_a_wrong_variable_stops_with_one_sentence(
    environ: dict[str, str], beginning: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongSettings) as stopped:
        load_settings(None, environ)
    sentence = str(stopped.value)
    assert sentence[: len(beginning)] == beginning
    assert _is_one_sentence(sentence)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe", b"x" * 5000], ids=["empty", "blank", "binary", "long"])
def test_a_secret_file_without_a_secret_is_named(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(WrongSettings, match=r"^PALABRE__TELEGRAM__TOKEN_FILE names the file "):
        load_settings(None, {"PALABRE__TELEGRAM__TOKEN_FILE": str(file)})


def test_a_missing_file_given_explicitly_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"^There is no file .*nope\.yaml; correct the path"):
        load_settings(tmp_path / "nope.yaml", {})


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="is a folder"):
        load_settings(tmp_path, {})


def test_no_sentence_repeats_a_wrong_secret() -> None:
    with pytest.raises(WrongSettings) as stopped:
        load_settings(None, {"PALABRE__TELEGRAM__TOKEN": "canary secret"})
    assert "canary" not in str(stopped.value)


def test_there_are_more_than_forty_wrong_files() -> None:
    assert len(FILES) > 40
