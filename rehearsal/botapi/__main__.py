"""The local Bot API as a process of its own: `python -m rehearsal.botapi --port 0 --token 1:secret`."""

import argparse
import asyncio
import contextlib
import signal
import sys

import orjson

from rehearsal.botapi.core import BotApi
from rehearsal.botapi.http import BotApiServer
from rehearsal.botapi.rates import RateLimits


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m rehearsal.botapi",
        description="A local Telegram Bot API, steered below /_control/ (see rehearsal/botapi/control.py).",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 picks a free one (default)")
    parser.add_argument("--token", action="append", required=True, help="token of a bot; repeat for several")
    parser.add_argument("--username", default="palabre_bot", help="username of the first bot (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="decides ids and probable faults (default: 0)")
    parser.add_argument("--kept-messages", type=int, help="messages kept in each chat (default: all)")
    parser.add_argument("--recorded", type=int, default=10_000, help="calls kept in the recorder (default: 10000)")
    parser.add_argument("--rate-limits", action="store_true", help="answer 429 beyond Telegram's sending limits")
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace) -> None:
    """Print {"url": …} on a line once ready, then serve until SIGTERM or SIGINT."""
    limits = RateLimits() if options.rate_limits else None
    api = BotApi(seed=options.seed, kept_messages=options.kept_messages, recorded=options.recorded, rate_limits=limits)
    for index, token in enumerate(options.token):
        username = options.username if index == 0 else f"{options.username.removesuffix('_bot')}_{index + 1}_bot"
        api.add_bot(token, username=username)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with BotApiServer(api, host=options.host, port=options.port, control=True) as server:
        sys.stdout.write(orjson.dumps({"url": server.url}).decode() + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    options = read_arguments()
    try:
        asyncio.run(serve(options))
    except (ValueError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
