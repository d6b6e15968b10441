"""The kinds of text a setting may be: how each is checked, and the words that say what was expected."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr

SECRET_LETTERS = re.compile(r"[A-Za-z0-9_-]{32,256}")
TOKEN_LETTERS = re.compile(r"[A-Za-z0-9:_-]{3,128}")
KEY_LETTERS = re.compile(r"[\x21-\x7e]{1,512}")
HOST_LETTERS = re.compile(r"[A-Za-z0-9.:_-]{1,253}")


def _web_address(text: str) -> str:
    """Accept http and https, a host, perhaps a port and a path; drop the last slash, which everybody adds."""
    parts = urlsplit(text)
    usual = parts.scheme in ("http", "https") and parts.hostname and text.isprintable() and " " not in text
    if not usual or parts.query or parts.fragment or parts.username or (parts.port == 0):
        raise ValueError
    return text.rstrip("/")


def _web_address_or_nothing(text: str) -> str:
    return _web_address(text) if text else text


def _database_address(text: str) -> str:
    parts = urlsplit(text)
    is_file = text.startswith("sqlite:///") and len(text) > len("sqlite:///")
    is_somewhere = bool(parts.hostname) or "host" in parse_qs(
        parts.query
    )  # ?host=/var/run/postgresql: a socket's folder
    is_server = parts.scheme in ("postgresql", "postgresql+psycopg") and is_somewhere and len(parts.path) > 1
    if not (is_file or is_server) or not text.isprintable():
        raise ValueError
    return text


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as unknown:
        raise ValueError from unknown
    return name


def _host(text: str) -> str:
    if not HOST_LETTERS.fullmatch(text):
        raise ValueError
    return text


def _token(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not TOKEN_LETTERS.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def _api_key(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not KEY_LETTERS.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def _model_name(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise ValueError
    return text


def _long_secret(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not SECRET_LETTERS.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def words(expected: str, example: str = "", *, may_come_from_a_file: bool = False) -> dict[str, str | bool]:
    return {"expected": expected, "example": example, "may_come_from_a_file": may_come_from_a_file}


_A_WEB_ADDRESS = "an address that begins with http:// or https://, without ? or #"
WebAddress = Annotated[
    str, AfterValidator(_web_address), Field(json_schema_extra={**words(_A_WEB_ADDRESS, "https://api.telegram.org")})
]
WebAddressOrNothing = Annotated[
    str,
    AfterValidator(_web_address_or_nothing),
    Field(json_schema_extra={**words(_A_WEB_ADDRESS + ', or ""', "https://atelier.example.org")}),
]
LongSecret = Annotated[
    SecretStr | None,
    AfterValidator(_long_secret),
    Field(json_schema_extra={**words("32 to 256 letters, digits, _ or -", "the output of `openssl rand -hex 32`")}),
]
Token = Annotated[
    SecretStr | None,
    AfterValidator(_token),
    Field(json_schema_extra={**words("the token @BotFather gave", "123456:ABC-DEF, as @BotFather wrote it")}),
]
ApiKey = Annotated[
    SecretStr | None,
    AfterValidator(_api_key),
    Field(json_schema_extra={**words("the key the endpoint gave, without spaces", "sk-123")}),
]
ModelName = Annotated[
    str,
    AfterValidator(_model_name),
    Field(json_schema_extra={**words('the name of a model, at most 200 letters, or ""', "mistral-small")}),
]
DatabaseAddress = Annotated[
    str,
    AfterValidator(_database_address),
    Field(
        repr=False,  # the address of a server may hold a password
        json_schema_extra={
            **words(
                "an address such as sqlite:///var/palabre.db or postgresql://palabre@localhost/palabre",
                "sqlite:///var/palabre.db",
                may_come_from_a_file=True,
            )
        },
    ),
]
Host = Annotated[
    str, AfterValidator(_host), Field(json_schema_extra={**words("a host name or an IP address", "127.0.0.1")})
]
TimeZone = Annotated[
    str,
    AfterValidator(_time_zone),
    Field(json_schema_extra={**words("a time zone such as Europe/Paris or America/Cayenne", "Europe/Paris")}),
]
