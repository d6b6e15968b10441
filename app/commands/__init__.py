"""The verbs of the command line. A verb is one module with `add_arguments` and `run`, and one line here.

The first line of the module's docstring is its help. `run` gives the exit code: 0 done, 1 the command itself found
something wrong, 2 wrong settings or usage; app.errors.CannotRun stops it with one sentence.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


@dataclass(frozen=True)
class Verb:
    """A word of the command line and the module that does it, imported when it is needed.

    With settings: `run(args, settings) -> int`, and `--config` is offered. Without: `run(args) -> int`.
    """

    name: str
    module: str
    needs_settings: bool = True

    def exists(self) -> bool:
        """Whether this installation has the module."""
        return find_spec(self.module) is not None

    def summary(self) -> str:
        """The first line of the module's docstring, read without importing it."""
        spec = find_spec(self.module)
        source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
        return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0].rstrip(".")

    def load(self) -> ModuleType:
        """Import the module."""
        return import_module(self.module)


VERBS: tuple[Verb, ...] = (
    Verb("run", "app.commands.run"),
    Verb("rehearse", "app.commands.rehearse"),
    Verb("check", "app.commands.check"),
    Verb("invite", "app.commands.invite"),
    Verb("inbox", "app.commands.inbox"),
    Verb("export", "app.commands.export"),
    Verb("replay", "app.commands.replay"),
    Verb("backup", "app.commands.backup"),
    Verb("restore", "app.commands.restore"),
    Verb("upgrade", "app.commands.upgrade"),
    Verb("themes", "analysis.command_themes", needs_settings=False),
    Verb("cloud", "analysis.command_cloud", needs_settings=False),
    Verb("opinions", "analysis.command_opinions", needs_settings=False),
)
