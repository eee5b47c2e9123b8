#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a gateway adds to an MCP call on stdio: drives a server directly and through a gateway, in one run.

    gateway_latency.py --direct 'python3 echo_server.py' --gateway 'writ gateway --home H -- python3 echo_server.py'
                       [--calls 1000] [--in-flight 64] [--burst 5000] [--rounds 10] [--tool echo]
                       [--rss-pid-of gateway] [--rss-calls 50000]

Raw newline-delimited JSON-RPC, no SDK. Both processes stay open; each round measures one and then the other, taking
turns at who is first: sequential calls (round trip p50, p99) and --in-flight calls at once (calls per second).
--rss-pid-of also makes many calls through one of the two and reads that process's memory: flat means no leak.
Promise: every answer is matched to its call and must be a result without isError; anything else ends the run, so a
refusal never counts as speed. Text table on stderr, one JSON object on stdout.
"""

import argparse
import json
import shlex
import statistics
import subprocess
import sys
import time

RSS_MARK = 10_000
PIPE_BYTES = 60_000  # what may be in flight before a pipe could fill while nobody reads


class Peer:
    """One server process, initialized."""

    def __init__(self, name: str, command: str, tool: str) -> None:
        self.name, self._tool, self._next = name, tool, 0
        self.process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        info = {"name": "gateway_latency", "version": "1"}
        self._request("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": info})
        self._receive()
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self._request("tools/list", {})
        tools = [tool["name"] for tool in self._receive()[1]["tools"]]
        if tool not in tools:
            sys.exit(f"gateway_latency: {name} has no tool {tool}, only {tools}")

    def _send(self, *messages: dict) -> None:
        self.process.stdin.write(b"".join(json.dumps(message).encode() + b"\n" for message in messages))
        self.process.stdin.flush()

    def _make(self, method: str, params: dict) -> dict:
        self._next += 1
        return {"jsonrpc": "2.0", "id": self._next, "method": method, "params": params}

    def _request(self, method: str, params: dict) -> None:
        self._send(self._make(method, params))

    def _make_call(self) -> dict:
        return self._make("tools/call", {"name": self._tool, "arguments": {"n": self._next, "text": "x" * 100}})

    def _receive(self) -> tuple[int, dict]:
        """The next answer's id and result; notifications and the server's own requests are passed over."""
        while True:
            line = self.process.stdout.readline()
            if not line:
                sys.exit(f"gateway_latency: {self.name} ended (status {self.process.wait()})")
            message = json.loads(line)
            if "method" in message:
                continue
            if "result" not in message or message["result"].get("isError"):
                sys.exit(f"gateway_latency: {self.name} refused: {line.decode().strip()}")
            return message["id"], message["result"]

    def one(self) -> float:
        """Microseconds of one call's round trip."""
        call = self._make_call()
        begin = time.perf_counter_ns()
        self._send(call)
        identifier, _ = self._receive()
        end = time.perf_counter_ns()
        if identifier != call["id"]:
            sys.exit(f"gateway_latency: {self.name} answered {identifier}, asked was {call['id']}")
        return (end - begin) / 1e3

    def burst(self, count: int, in_flight: int) -> float:
        """Seconds for `count` calls of which `in_flight` are always open."""
        begin = time.perf_counter()
        first = [self._make_call() for _ in range(min(count, in_flight))]
        opened = {call["id"] for call in first}
        left = count - len(first)
        self._send(*first)
        while opened:
            identifier, _ = self._receive()
            if identifier not in opened:
                sys.exit(f"gateway_latency: {self.name} answered {identifier}, which is not open")
            opened.remove(identifier)
            if left > 0:
                left -= 1
                call = self._make_call()
                opened.add(call["id"])
                self._send(call)
        return time.perf_counter() - begin

    def memory(self) -> dict:
        """Resident memory now, and its highest mark, in KiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii", errors="replace") as status:
            lines = dict(line.split(":", 1) for line in status)
        return {"rss_kib": int(lines["VmRSS"].split()[0]), "peak_kib": int(lines["VmHWM"].split()[0])}

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def memory_over(peer: Peer, calls: int, in_flight: int) -> dict:
    """Memory at start, after RSS_MARK calls and after all."""
    found = {"0": peer.memory()}
    for upto, count in ((RSS_MARK, RSS_MARK), (calls, calls - RSS_MARK)):
        peer.burst(count, in_flight)
        found[str(upto)] = peer.memory()
    return found


def quantile(sorted_values: list[float], q: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(q * len(sorted_values)))]


def measure(peers: list[Peer], options: argparse.Namespace) -> dict:
    """Each peer's figures, measured in turns."""
    trips: dict[str, list[float]] = {peer.name: [] for peer in peers}
    rates: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for peer in peers:
        for _ in range(50):
            peer.one()
    for number in range(options.rounds):
        for peer in peers if number % 2 == 0 else peers[::-1]:
            trips[peer.name] += [peer.one() for _ in range(options.calls // options.rounds)]
            count = options.burst // options.rounds
            rates[peer.name].append(count / peer.burst(count, options.in_flight))
    found = {}
    for name, values in trips.items():
        values.sort()
        p50, p99 = statistics.median(values), quantile(values, 0.99)
        rate = statistics.median(rates[name])
        found[name] = {"p50_us": round(p50, 1), "p99_us": round(p99, 1), "calls_per_s": round(rate)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--direct", required=True, metavar="COMMAND")
    parser.add_argument("--gateway", required=True, metavar="COMMAND")
    parser.add_argument("--tool", default="echo")
    parser.add_argument("--calls", type=int, default=1000, help="sequential calls of each")
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--burst", type=int, default=5000, help="calls of each with --in-flight open")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rss-pid-of", choices=["direct", "gateway"])
    parser.add_argument("--rss-calls", type=int, default=50_000)
    options = parser.parse_args()
    if not 1 <= options.rounds <= min(options.calls, options.burst):
        parser.error("there must be at least one call in each round")
    if not 1 <= options.in_flight <= PIPE_BYTES // 512 or options.rss_calls <= RSS_MARK:
        parser.error(f"--in-flight is 1 to {PIPE_BYTES // 512}, --rss-calls above {RSS_MARK}")

    peers = [Peer("direct", options.direct, options.tool), Peer("gateway", options.gateway, options.tool)]
    memory = {}
    for peer in peers:
        if peer.name == options.rss_pid_of:
            memory = {peer.name: memory_over(peer, options.rss_calls, options.in_flight)}
    found = measure(peers, options)
    for peer in peers:
        peer.close()

    direct, gateway = found["direct"], found["gateway"]
    added = {key: round(gateway[key] - direct[key], 1) for key in ("p50_us", "p99_us")}
    ratio = {key: round(gateway[key] / direct[key], 3) for key in direct}
    print(f"{'':8} {'p50 µs':>10} {'p99 µs':>10} {'calls/s':>10}  ({options.in_flight} in flight)", file=sys.stderr)
    for name, row in {**found, "added": added, "ratio": ratio}.items():
        print(f"{name:8} " + " ".join(f"{value:10}" for value in row.values()), file=sys.stderr)
    for name, marks in memory.items():
        for calls, sizes in marks.items():
            text = f"{name} after {calls} calls: {sizes['rss_kib']} KiB resident, {sizes['peak_kib']} at most"
            print(text, file=sys.stderr)
    print(json.dumps({"in_flight": options.in_flight, **found, "added": added, "ratio": ratio, "memory": memory}))


if __name__ == "__main__":
    main()
