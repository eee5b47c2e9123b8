#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens many event streams and tells the server's memory before, with them, and after.

    sse_streams.py (--url URL [--header 'Writ-Passport: …'] --pid PID | --writ PATH --bench PATH) [--streams 1000]

Each stream is a subscriptions/listen of 2026-07-28, counted once its acknowledgement has come. With --writ, `writ
serve` before the native echo server is started and measured. Promise: exit status 1 if a stream did not open or any
ended by itself; the figures are told, not judged. One JSON object on stdout.
"""

import argparse
import asyncio
import json
import resource
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from home import Launched, endpoint, make_home, passport, serve
from mcp_load import META, MODERN, own

AT_ONCE = 50


async def open_stream(url: str, headers: list[str], number: int) -> tuple:
    """One subscription; its connection once the first event is there."""
    parts = urlsplit(url)
    wanted = {"toolsListChanged": True}
    meta = {META + "protocolVersion": MODERN, META + "clientCapabilities": {}}
    params = {"notifications": wanted, "_meta": meta}
    message = {"jsonrpc": "2.0", "id": number, "method": "subscriptions/listen", "params": params}
    body = json.dumps(message).encode()
    lines = [f"POST {parts.path or '/'} HTTP/1.1", f"Host: {parts.netloc}", "Content-Type: application/json"]
    lines += ["Accept: application/json, text/event-stream", f"MCP-Protocol-Version: {MODERN}"]
    lines += ["Mcp-Method: subscriptions/listen", f"Content-Length: {len(body)}", *headers, "", ""]
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write("\r\n".join(lines).encode() + body)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
    if b"200" not in head.split(b"\r\n")[0] or b"text/event-stream" not in head.lower():
        raise RuntimeError(head.decode("latin-1")[:300])
    while b"subscriptions/acknowledged" not in await asyncio.wait_for(reader.readline(), 30):
        if reader.at_eof():
            raise RuntimeError("it ended before it was acknowledged")
    return reader, writer


async def run(url: str, headers: list[str], pid: int, count: int) -> dict:
    found = {"streams": 0, "rss_kib_before": own(pid)}
    gate = asyncio.Semaphore(AT_ONCE)
    failures: list[str] = []
    streams: list[tuple] = []

    async def one(number: int) -> None:
        async with gate:
            try:
                streams.append(await open_stream(url, headers, number))
            except (OSError, RuntimeError, TimeoutError, asyncio.IncompleteReadError) as error:
                failures.append(f"{type(error).__name__}: {error}"[:200])

    await asyncio.gather(*(one(number) for number in range(1, count + 1)))
    await asyncio.sleep(2)
    found |= {"streams": len(streams), "rss_kib_with": own(pid)}
    found["ended_by_themselves"] = sum(reader.at_eof() for reader, _ in streams)
    found["failures"] = failures[:3]
    for _, writer in streams:
        writer.close()
    await asyncio.sleep(2)
    return found | {"rss_kib_after": own(pid)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--pid", type=int)
    parser.add_argument("--writ")
    parser.add_argument("--bench")
    parser.add_argument("--streams", type=int, default=1000)
    options = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, options.streams * 2 + 100)), hard))
    if options.writ and options.bench:
        with tempfile.TemporaryDirectory(prefix="writ-streams-") as folder:
            command = [options.bench, "echo-server", "--listen", "127.0.0.1:0"]
            with Launched(command) as echo:
                home = make_home(options.writ, Path(folder), {"echo": {"url": echo.url}})
                with serve(options.writ, home) as server:
                    url = endpoint(server, "echo")
                    found = asyncio.run(run(url, [passport(home)], server.pid, options.streams))
    elif options.url and options.pid:
        found = asyncio.run(run(options.url, options.header, options.pid, options.streams))
    else:
        parser.error("--url and --pid, or --writ and --bench")
    print(json.dumps(found))
    sys.exit(0 if found["streams"] == options.streams and not found["ended_by_themselves"] else 1)


if __name__ == "__main__":
    main()
