"""Look at the places a workshop needs on this machine: where the database lives, and the port of the pages."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from app.commands.check_findings import Finding, Level
from app.settings import Settings

PATIENCE = 5.0  # seconds
SQLITE_HEADER = b"SQLite format 3\x00"
POSTGRESQL_PORT = 5432


async def check_database(settings: Settings) -> list[Finding]:
    """Can the database be written where the settings say? Looks only: makes no folder and no database."""
    url = settings.database.url
    if url.startswith("sqlite:///"):
        return [_file(Path(url.removeprefix("sqlite:///")))]
    return [await _server(url)]


def _file(path: Path) -> Finding:
    if path.exists():
        return _existing(path)
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    trouble = _cannot_write(folder)
    if trouble:
        hint = "give this user the right to write there, or change database.url"
        return Finding(Level.ERROR, "database", f"{folder} cannot be written ({trouble})", hint)
    return Finding(Level.GOOD, "database", f"{path} will be made at the first start")


def _existing(path: Path) -> Finding:
    try:
        with path.open("rb") as opened:
            header = opened.read(len(SQLITE_HEADER))
    except OSError as trouble:
        hint = "give this user the right to read it, or change database.url"
        return Finding(Level.ERROR, "database", f"{path} cannot be read ({trouble.strerror})", hint)
    if header != SQLITE_HEADER:
        hint = "bring back the last backup, or change database.url; nothing was written over it"
        return Finding(Level.ERROR, "database", f"{path} is not an SQLite database", hint)
    if not os.access(path, os.W_OK) or _cannot_write(path.absolute().parent):
        hint = "give this user the right to write the file and its folder (SQLite keeps its journal beside it)"
        return Finding(Level.ERROR, "database", f"{path} is read-only", hint)
    return Finding(Level.GOOD, "database", f"{path} is there ({path.stat().st_size // 1024} KiB)")


def _cannot_write(folder: Path) -> str:
    """Why a file cannot be made there, tried for real: rights alone do not tell a full or read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(SQLITE_HEADER)
    except OSError as trouble:
        return trouble.strerror or type(trouble).__name__
    return ""


async def _server(url: str) -> Finding:
    parts = urlsplit(url)
    port = parts.port or POSTGRESQL_PORT
    folder = parse_qs(parts.query).get("host", [""])[0]
    where = f"{folder}/.s.PGSQL.{port}" if folder.startswith("/") else f"{folder or parts.hostname}:{port}"
    try:
        opening = (
            asyncio.open_unix_connection(where)
            if folder.startswith("/")
            else asyncio.open_connection(folder or parts.hostname, port)
        )
        _, writer = await asyncio.wait_for(opening, PATIENCE)
    except OSError as trouble:  # TimeoutError is one
        why = trouble.strerror or type(trouble).__name__
        hint = "start PostgreSQL, or correct database.url"
        return Finding(Level.ERROR, "database", f"nothing answers at {where} ({why})", hint)
    writer.close()
    return Finding(Level.GOOD, "database", f"a server listens at {where}; the password is tried at the start")


def check_web(settings: Settings) -> list[Finding]:
    """Is the port free, and is the printed address one that a phone in the room can open?"""
    trouble = _cannot_listen(settings.web.host, settings.web.port)
    if trouble:
        hint = "is palabre already running? Otherwise choose another web.port"
        return [Finding(Level.WARNING, "web", f"{settings.web.host}:{settings.web.port} is taken ({trouble})", hint)]
    findings = [Finding(Level.GOOD, "web", f"{settings.web.host}:{settings.web.port} is free")]
    if urlsplit(settings.web.address).hostname in ("127.0.0.1", "localhost", "::1", "0.0.0.0"):  # noqa: S104  # compared, not bound
        hint = "set web.public_url to the address people will type; fine for a rehearsal on one machine"
        fact = f"{settings.web.address} opens on this machine only"
        findings.append(Finding(Level.WARNING, "public address", fact, hint))
    return findings


def _cannot_listen(host: str, port: int) -> str:
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return ""
    except OSError as trouble:
        return trouble.strerror or type(trouble).__name__
