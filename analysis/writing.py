"""Write results whole or not at all, and say on a terminal what it can show."""

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.file_formats import Unreadable

_REASONS = {
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota atteint",
    errno.EFBIG: "fichier trop gros",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EROFS: "disque en lecture seule",
    errno.EACCES: "accès refusé",
}


def check_targets(targets: Iterable[Path | None], source: Path) -> None:
    """Raise Unreadable, before any work, when nothing can be written there or when it would replace what is read."""
    found: list[Path] = []
    for path in targets:
        if path is None:
            continue
        _check(path, source)
        if _real(path) in found:
            raise Unreadable(f"« {path} » est demandé deux fois : rien n’a été écrit.")
        found.append(_real(path))


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write all beside, then rename all: whoever reads a file sees the old one or the whole new one.

    Raises Unreadable when the disk is full or a folder refuses: no file has changed then.
    """
    temporaries: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            temporaries[path] = _beside(path, data)
        for path, temporary in temporaries.items():
            temporary.replace(path)
    except OSError as refused:
        raise Unreadable(f"Impossible d’écrire « {path} » ({_reason(refused)}) : rien n’a été écrit.") from refused
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)


def tell(text: str) -> None:
    """Print on the output; what its encoding lacks becomes « ? »."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding))


def whole_number(text: str, option: str, least: int = 0, most: int = 2**32 - 1) -> int:
    """The number given to an option. Raises Unreadable when it is none, or out of bounds."""
    try:
        number = int(text)
    except ValueError:
        raise Unreadable(f"{option} « {text[:40]} » : il faut un nombre entier.") from None
    if number < least:
        raise Unreadable(f"{option} {number} : il faut au moins {least}.")
    if number > most:
        raise Unreadable(f"{option} {text[:40]} : il faut au plus {most}.")
    return number


def _check(path: Path, source: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise Unreadable(f"Le dossier « {path.parent} » n’existe pas : rien n’a été écrit.")
    if path.is_dir():
        raise Unreadable(f"« {path} » est un dossier : rien n’a été écrit.")
    if _real(path) == _real(source):
        raise Unreadable(f"« {path} » est le fichier à lire : choisissez un autre nom, rien n’a été écrit.")
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise Unreadable(f"Impossible d’écrire « {path} » : rien n’a été écrit.")


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _beside(path: Path, data: bytes) -> Path:
    # The name of the result may already be as long as a file system allows: it is not repeated here.
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".palabre-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _reason(refused: OSError) -> str:
    return _REASONS.get(refused.errno or 0, "erreur du disque")
