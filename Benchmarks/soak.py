#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Calls through the gateway for minutes, with streams that come and go; its memory must stay flat: `make soak`.

    soak.py --writ PATH --bench PATH [--minutes 10] [--clients 16] [--growth-mib 16]

`writ serve` before the native echo server: closed loops of both eras, and every second a few subscriptions that open
and a few that end, sessions that are left behind among them. Promise: exit status 1 if a call is refused, or if the
median memory of the last fifth is more than --growth-mib above that of the second fifth (the first warms caches up).
A `writ` without `serve` is soaked over stdio. One line a minute on stderr, one JSON object on stdout.
"""

import argparse
import asyncio
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from home import Launched, endpoint, make_home, passport, serve
from mcp_load import HTTPClient, Refused, Stdio, own
from sse_streams import open_stream

SESSION_CALLS = 500  # after so many calls a client goes, without saying so, and another comes


async def soak(options: argparse.Namespace, pid: int, make_client, stream) -> dict:
    end = time.monotonic() + options.minutes * 60
    sizes: list[int] = []
    calls = 0

    async def call_on(number: int) -> None:
        nonlocal calls
        while time.monotonic() < end:
            client = await make_client(number)
            for _ in range(SESSION_CALLS):
                if time.monotonic() >= end:
                    break
                await client.call()
                calls += 1
            await client.close()

    async def streams() -> None:
        """Never more than 20 open."""
        opened: list = []
        number = 0
        while stream is not None and time.monotonic() < end:
            number += 1
            opened.append(await stream(number))
            if len(opened) > 20:
                opened.pop(0)[1].close()
            await asyncio.sleep(0.2)
        for _, writer in opened:
            writer.close()

    async def watch() -> None:
        told = time.monotonic()
        while time.monotonic() < end:
            sizes.append(own(pid))
            if time.monotonic() - told >= 60:
                told = time.monotonic()
                print(f"soak: {calls} calls, {sizes[-1] // 1024} MiB", file=sys.stderr, flush=True)
            await asyncio.sleep(1)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(watch())
        tasks.create_task(streams())
        for number in range(options.clients):
            tasks.create_task(call_on(number))
    fifth = max(1, len(sizes) // 5)
    early, late = statistics.median(sizes[fifth : 2 * fifth] or sizes), statistics.median(sizes[-fifth:])
    return {"calls": calls, "early_kib": early, "late_kib": late, "growth_kib": late - early, "peak_kib": max(sizes)}


async def over_http(options: argparse.Namespace, url: str, header: str, pid: int) -> dict:
    async def make_client(number: int) -> HTTPClient:
        client = HTTPClient(url, [header], "echo", modern=number % 2 == 0)
        await client.open()
        return client

    return await soak(options, pid, make_client, lambda number: open_stream(url, [header], number))


async def over_stdio(options: argparse.Namespace, command: str) -> dict:
    shared = Stdio(command, "echo", modern=False)
    await shared.open()

    class Shared:
        call = shared.call

        async def close(self) -> None:
            pass

    async def make_client(_: int) -> Shared:
        return Shared()

    found = await soak(options, shared.pid, make_client, None)
    await shared.close()
    return found


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended then as well
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writ", required=True)
    parser.add_argument("--bench", help="WritBench, whose echo server is native")
    parser.add_argument("--echo-stdio", help="instead of `BENCH echo-server --stdio`")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--growth-mib", type=int, default=16)
    options = parser.parse_args()
    options.writ = str(Path(options.writ).resolve())
    helped = subprocess.run([options.writ, "serve", "--help"], capture_output=True, text=True)
    try:
        with tempfile.TemporaryDirectory(prefix="writ-soak-") as folder:
            if helped.returncode == 0 and "--listen" in helped.stdout and options.bench:
                with Launched([options.bench, "echo-server", "--listen", "127.0.0.1:0"]) as echo:
                    home = make_home(options.writ, Path(folder), {"echo": {"url": echo.url}})
                    with serve(options.writ, home) as server:
                        run = over_http(options, endpoint(server, "echo"), passport(home), server.pid)
                        found = asyncio.run(run)
            else:
                home = make_home(options.writ, Path(folder), {})
                echo_command = options.echo_stdio or f"{options.bench} echo-server --stdio"
                command = f"{options.writ} gateway --home {home} --name echo --pins first-use -- {echo_command}"
                found = asyncio.run(over_stdio(options, command))
    except* (Refused, OSError, RuntimeError) as group:
        sys.exit(f"soak: {group.exceptions[0]}")
    print(json.dumps(found))
    if found["growth_kib"] > options.growth_mib * 1024:
        sys.exit(f"soak: the memory grew by {found['growth_kib'] // 1024} MiB")


if __name__ == "__main__":
    main()
