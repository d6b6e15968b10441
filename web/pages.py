"""Templates and the files beside them: all that people typed is escaped, our own files carry their version."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from participation.model.text import calm

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One of our CSS, script or picture files, in memory."""

    content: bytes
    content_type: str


class Pages:
    """The templates and the static files, read once."""

    def __init__(self) -> None:
        self.files = {file.name: _static(file) for file in sorted(STATIC.iterdir()) if file.is_file()}
        self.version = _version(self.files)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["calm"] = calm
        self._templates.globals["static"] = self.static

    def static(self, name: str) -> str:
        """The address of one of our files: it changes when any of them changes, so that it may be kept for ever."""
        if name not in self.files:
            raise KeyError(f"no such file in web/static: {name}")
        return f"/static/{self.version}/{name}"

    def render(self, template: str, facts: Mapping[str, object]) -> str:
        """A page, filled in; a fact that is missing is an error, not a hole."""
        return self._templates.get_template(template).render(facts)


def _static(file: Path) -> StaticFile:
    kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
    charset = "" if kind and kind.startswith("image/png") else "; charset=utf-8"
    return StaticFile(file.read_bytes(), f"{kind or 'application/octet-stream'}{charset}")


def _version(files: Mapping[str, StaticFile]) -> str:
    whole = hashlib.sha256()
    for name, file in files.items():
        whole.update(name.encode() + file.content)
    return whole.hexdigest()[:12]
