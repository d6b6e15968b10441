"""Write a result whole or not at all."""

import os
import tempfile
from pathlib import Path

from analysis.reading import Unreadable


def check_target(path: Path) -> None:
    """Raise Unreadable, before any work, when nothing can be written there."""
    if not path.absolute().parent.is_dir():
        raise Unreadable(f"Le dossier « {path.parent} » n’existe pas : rien n’a été écrit.")
    if path.is_dir():
        raise Unreadable(f"« {path} » est un dossier : rien n’a été écrit.")
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise Unreadable(f"Impossible d’écrire « {path} » : rien n’a été écrit.")


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, then rename: whoever reads the file sees the old one or the whole new one."""
    handle, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
