"""The `palabre` command: reads the arguments, loads the settings, sets the logs up, runs one verb."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from app.commands import VERBS, Verb
from app.errors import CannotRun

INTERRUPTED = 130  # what shells expect after Ctrl-C

ABOUT = "From the post-it to the prototype: a chatbot for citizen councils."
MORE = (
    "Settings come from config.yaml and from PALABRE__SECTION__KEY variables; secrets from variables only. "
    "`palabre check` tells what is wrong with them."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    verbs = {verb.name: verb for verb in VERBS if verb.exists()}
    given = sys.argv[1:] if arguments is None else list(arguments)
    chosen = next((word for word in given if not word.startswith("-")), None)
    args = _parser(verbs.values(), chosen).parse_args(given)
    try:
        return _run(verbs[args.verb], args)
    except CannotRun as stop:
        print(f"palabre: {stop}", file=sys.stderr)
        return stop.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has gone: nothing is wrong, and Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(verb: Verb, args: argparse.Namespace) -> int:
    if not verb.needs_settings:
        return int(verb.load().run(args))
    # Here, so that the analysis commands do not wait for what only the platform needs.
    from app.logs import set_up_logs
    from app.settings import load_settings

    settings = load_settings(args.config, os.environ)
    set_up_logs(settings.logs.level, settings.logs.format, settings.secrets())
    return int(verb.load().run(args, settings))


def _parser(verbs: Iterable[Verb], chosen: str | None) -> argparse.ArgumentParser:
    """Every verb with its summary, but only the chosen one is imported: help is quick, and a fault stays in its verb."""
    parser = argparse.ArgumentParser(prog="palabre", description=ABOUT, epilog=MORE)
    parser.add_argument("--version", action="version", version=f"palabre {version('palabre')}")
    choices = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND", title="commands")
    for verb in verbs:
        summary = verb.summary().replace("%", "%%")  # argparse formats its help
        one = choices.add_parser(verb.name, help=summary, description=summary)
        if verb.needs_settings:
            _offer_config(one)
        if verb.name == chosen:
            verb.load().add_arguments(one)
    return parser


def _offer_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="read this configuration file (default: config.yaml of the current folder, if there is one)",
    )


if __name__ == "__main__":
    sys.exit(main())
