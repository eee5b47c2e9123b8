#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A light load generator for MCP tools/call: over HTTP to a URL, or over stdio to a command.

    mcp_load.py (--url URL [--header 'Writ-Passport: …'] | --stdio 'COMMAND') [--tool echo] [--modern]
                [--clients 1,8,64] [--seconds 5] [--rate CALLS_PER_SECOND|half] [--pid PID]

Closed loop: each client sends its next call when it has its answer. Open loop (--rate): calls start on a schedule,
whatever the answers do, and latency counts from the moment that the schedule names, so a stall is not hidden.
asyncio streams, one kept connection a client, bodies built before; over stdio all clients share the pipes. Promise:
each answer must be a result without isError for its own call; anything else ends the run, so a refusal never counts
as speed. Text table on stderr, one JSON object on stdout; rss_kib is the memory of --pid (or of the command).
"""

import argparse
import asyncio
import json
import shlex
import sys
import time
from urllib.parse import urlsplit

MODERN = "2026-07-28"
META = "io.modelcontextprotocol/"
WARM_UP = 20
ARGUMENTS = {"text": "x" * 100}
LIMIT = 1 << 24


def memory(pid: int | None) -> dict:
    """Resident memory now, and its highest mark, in KiB, of a process and its children together."""
    if pid is None:
        return {}
    now = peak = 0
    for one in [pid, *children(pid)]:
        try:
            with open(f"/proc/{one}/status", encoding="ascii", errors="replace") as status:
                lines = dict(line.split(":", 1) for line in status)
        except FileNotFoundError:
            continue
        now += int(lines.get("VmRSS", "0 kB").split()[0])
        peak += int(lines.get("VmHWM", "0 kB").split()[0])
    return {"rss_kib": own(pid), "tree_rss_kib": now, "tree_peak_kib": peak}


def own(pid: int) -> int:
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            direct = [int(word) for word in file.read().split()]
    except FileNotFoundError:
        return []
    return direct + [grandchild for child in direct for grandchild in children(child)]


def quantile(values: list[float], q: float) -> float:
    return sorted(values)[min(len(values) - 1, int(q * len(values)))] if values else 0.0


class Refused(Exception):
    """An answer that is no good result."""


def check(message: dict, identifier: object) -> None:
    result = message.get("result")
    if message.get("id") != identifier or not isinstance(result, dict) or result.get("isError"):
        raise Refused(json.dumps(message)[:500])


class HTTPClient:
    """One kept connection."""

    def __init__(self, url: str, headers: list[str], tool: str, modern: bool) -> None:
        self._parts, self._headers, self._tool, self._modern = urlsplit(url), headers, tool, modern
        self._session = ""

    async def _connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(self._parts.hostname, self._parts.port, limit=LIMIT)
        self._ends = False

    async def open(self) -> None:
        await self._connect()
        if not self._modern:
            info = {"name": "mcp_load", "version": "1"}
            params = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": info}
            await self._exchange(self._bytes("initialize", params, 0), 0)
            body = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode()
            self._writer.write(self._head(body, "notifications/initialized") + body)
            await self._response()
        await self._exchange(self._bytes("tools/list", {}, 0), 0)
        # The id is always as long, so what is sent is built once and only its digits are put in.
        params = {"name": self._tool, "arguments": ARGUMENTS}
        self._start, self._end = self._bytes("tools/call", params, 9_999_999_999).split(b"9999999999")
        self._next = 1_000_000_000

    def _head(self, body: bytes, method: str) -> bytes:
        lines = [f"POST {self._parts.path or '/'} HTTP/1.1", f"Host: {self._parts.netloc}"]
        lines += ["Content-Type: application/json", "Accept: application/json, text/event-stream"]
        lines += self._headers
        if self._modern:
            lines += [f"MCP-Protocol-Version: {MODERN}", f"Mcp-Method: {method}"]
            lines += [f"Mcp-Name: {self._tool}"] if method == "tools/call" else []
        elif self._session:
            lines += ["MCP-Protocol-Version: 2025-11-25", f"Mcp-Session-Id: {self._session}"]
        return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()

    def _bytes(self, method: str, params: dict, identifier: int) -> bytes:
        if self._modern:
            meta = {META + "protocolVersion": MODERN, META + "clientCapabilities": {}}
            params = params | {"_meta": meta}
        message = {"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}
        body = json.dumps(message).encode()
        return self._head(body, method) + body

    async def call(self) -> None:
        self._next += 1
        await self._exchange(self._start + str(self._next).encode() + self._end, self._next)

    async def _exchange(self, data: bytes, identifier: int) -> None:
        if self._ends or self._reader.at_eof():  # a server that keeps no connections, or not for long
            self._writer.close()
            await self._connect()
        self._writer.write(data)
        status, body, streams = await self._response()
        if streams:
            events = body.replace(b"\r\n", b"\n").split(b"\n\n")
            datas = [event.partition(b"data:")[2] for event in events if b"data:" in event]
            body = next((data for data in reversed(datas) if data.strip()), b"")
        if status != 200 or not body:
            raise Refused(f"HTTP {status} {body[:300]!r}")
        check(json.loads(body), identifier)

    async def _response(self) -> tuple[int, bytes, bool]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        self._session = self._session or next(
            (line.split(": ", 1)[1] for line in head.split("\r\n") if line.lower().startswith("mcp-session-id: ")), ""
        )
        streams = headers.get("content-type", "").startswith("text/event-stream")
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await self._reader.readline(), 16):
                body += (await self._reader.readexactly(size + 2))[:-2]
            await self._reader.readline()
            return status, body, streams
        self._ends = headers.get("connection") == "close" or head.startswith("HTTP/1.0")
        if "content-length" not in headers and status == 200:
            self._ends = True
            return status, await self._reader.read(-1), streams
        return status, await self._reader.readexactly(int(headers.get("content-length", "0"))), streams

    async def close(self) -> None:
        self._writer.close()


class Stdio:
    """One process whose pipes all clients share."""

    def __init__(self, command: str, tool: str, modern: bool) -> None:
        self._command, self._tool, self._modern = shlex.split(command), tool, modern
        self._waiting: dict[int, asyncio.Future] = {}
        self._next = 1_000_000_000

    async def open(self) -> None:
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*self._command, stdin=pipe, stdout=pipe, limit=LIMIT)
        self.pid = self._process.pid
        self._reading = asyncio.create_task(self._read())
        if not self._modern:
            info = {"name": "mcp_load", "version": "1"}
            await self._ask("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": info})
            self._process.stdin.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
        await self._ask("tools/list", {})
        self._start, self._end = self._bytes(
            "tools/call", {"name": self._tool, "arguments": ARGUMENTS}, 9999999999
        ).split(b"9999999999")

    def _bytes(self, method: str, params: dict, identifier: int) -> bytes:
        if self._modern:
            params = params | {"_meta": {META + "protocolVersion": MODERN, META + "clientCapabilities": {}}}
        return json.dumps({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}).encode() + b"\n"

    async def _ask(self, method: str, params: dict) -> None:
        self._next += 1
        await self._send(self._bytes(method, params, self._next), self._next)

    async def call(self) -> None:
        self._next += 1
        await self._send(self._start + str(self._next).encode() + self._end, self._next)

    async def _send(self, data: bytes, identifier: int) -> None:
        answered = self._waiting[identifier] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(data)
        check(await answered, identifier)

    async def _read(self) -> None:
        while line := await self._process.stdout.readline():
            message = json.loads(line)
            if "method" not in message and message.get("id") in self._waiting:
                self._waiting.pop(message["id"]).set_result(message)
        for answered in self._waiting.values():
            answered.set_exception(Refused("the process ended"))

    async def close(self) -> None:
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 10)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reading


async def closed_loop(clients: list, seconds: float) -> dict:
    latencies: list[float] = []
    end = time.perf_counter() + seconds

    async def one(client) -> None:
        while (begin := time.perf_counter()) < end:
            await client.call()
            latencies.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*(one(client) for client in clients))
    return figures(latencies, time.perf_counter() - begin)


async def open_loop(clients: list, seconds: float, rate: float) -> dict:
    """Calls start every 1/rate seconds on whichever client is free; a call that has to wait has waited."""
    latencies: list[float] = []
    free: asyncio.Queue = asyncio.Queue()
    for client in clients:
        free.put_nowait(client)
    begin = time.perf_counter()
    tasks: list[asyncio.Task] = []

    async def one(due: float) -> None:
        client = await free.get()
        await client.call()
        latencies.append(time.perf_counter() - due)
        free.put_nowait(client)

    for number in range(int(rate * seconds)):
        due = begin + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(one(due)))
    await asyncio.gather(*tasks)
    return figures(latencies, time.perf_counter() - begin)


def figures(latencies: list[float], seconds: float) -> dict:
    microseconds = [latency * 1e6 for latency in latencies]
    return {
        "calls": len(latencies),
        "calls_per_s": round(len(latencies) / seconds),
        "p50_us": round(quantile(microseconds, 0.5), 1),
        "p99_us": round(quantile(microseconds, 0.99), 1),
    }


async def measure(options: argparse.Namespace) -> dict:
    """All the figures for one server."""
    found: dict = {"closed": {}}
    counts = [int(word) for word in options.clients.split(",")]
    shared = Stdio(options.stdio, options.tool, options.modern) if options.stdio else None
    begin = time.perf_counter()
    if shared is not None:
        await shared.open()
    else:
        first = HTTPClient(options.url, options.header, options.tool, options.modern)
        await first.open()
        await first.close()
    found["first_list_ms"] = round((time.perf_counter() - begin) * 1e3, 1)
    pid = shared.pid if shared is not None else options.pid

    async def made(count: int) -> list:
        if shared is not None:
            return [shared] * count
        clients = [HTTPClient(options.url, options.header, options.tool, options.modern) for _ in range(count)]
        for client in clients:
            await client.open()
        return clients

    for count in [*counts, *([max(counts)] if options.rate else [])]:
        clients = await made(count)
        for client in clients[:WARM_UP]:
            await client.call()
        if str(count) not in found["closed"]:
            found["closed"][str(count)] = await closed_loop(clients, options.seconds)
        else:
            closed = found["closed"][str(max(counts))]["calls_per_s"]
            rate = max(1.0, closed / 2) if options.rate == "half" else float(options.rate)
            found["open"] = await open_loop(clients, options.seconds, rate) | {"rate": rate}
        if shared is None:
            for client in clients:
                await client.close()
    found["memory"] = memory(pid)
    if shared is not None:
        await shared.close()
    return found


def options_of(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--url")
    where.add_argument("--stdio", metavar="COMMAND")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'")
    parser.add_argument("--tool", default="echo")
    parser.add_argument("--modern", action="store_true", help="speak 2026-07-28, else 2025-11-25")
    parser.add_argument("--clients", default="1,8,64", help="how many at once, one run for each")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument(
        "--rate", help="also an open loop with the most clients: calls/s, or `half` of the closed one's"
    )
    parser.add_argument("--pid", type=int, help="whose memory is told")
    return parser.parse_args(arguments)


def main() -> None:
    options = options_of()
    try:
        found = asyncio.run(measure(options))
    except (Refused, OSError, asyncio.IncompleteReadError) as error:
        sys.exit(f"mcp_load: {type(error).__name__}: {error}")
    rows = [(f"{count} clients", row) for count, row in found["closed"].items()]
    rows += [(f"{found['open']['rate']:.0f}/s open", found["open"])] if "open" in found else []
    print(f"{'':14} {'calls/s':>9} {'p50 µs':>10} {'p99 µs':>10}", file=sys.stderr)
    for name, row in rows:
        print(f"{name:14} {row['calls_per_s']:9} {row['p50_us']:10} {row['p99_us']:10}", file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
