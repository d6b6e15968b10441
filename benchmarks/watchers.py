"""Pages left open, in a process of their own; says a line for each that has seen a state.

`python -m benchmarks.watchers URL SESSION PATH:COUNT…`
"""

import asyncio
import sys

import aiohttp


async def look(session: aiohttp.ClientSession, url: str) -> None:
    """One page: reads for ever, says once that it saw something."""
    async with session.get(url, timeout=aiohttp.ClientTimeout(total=None)) as page:
        if page.status != 200:
            raise SystemExit(f"{url}: {page.status}")
        await page.content.readuntil(b"data:")
        print("seen", flush=True)
        async for _ in page.content.iter_any():
            pass


async def main(url: str, secret: str, wanted: list[str]) -> None:
    """All of them."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(cookies={"palabre": secret}, connector=connector) as session:
        places = [place.rpartition(":") for place in wanted]
        pages = [look(session, url + path) for path, _, count in places for _ in range(int(count))]
        await asyncio.gather(*pages)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
