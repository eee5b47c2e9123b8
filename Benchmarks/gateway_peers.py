#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writ beside other gateways before the same echo server, over HTTP and stdio, in one run.

    gateway_peers.py --writ PATH --bench PATH [--peers .peers] [--dir FOLDER] [--seconds 5] [--clients 1,8,64]
                     [--only WORD]

Each is measured by mcp_load.py alone, one after the other, and the echo server itself first: closed loop with each
number of clients, then open loop at half of what it gave itself with the most. Others: mcp-proxy, the proxy of
fastmcp, bastiongate and IBM's ContextForge (its rate limits off), which log no receipts. Promise: one that does not
start, or refuses a call, says so in its row and is not compared. Markdown table on stdout, and one JSON object as the
last line.
"""

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from home import Launched, endpoint, make_home, passport, serve

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FASTMCP = """
import sys
from fastmcp.server import create_proxy
if sys.argv[1] == "http":
    create_proxy(sys.argv[2]).run(transport="http", host="127.0.0.1", port=int(sys.argv[3]), show_banner=False)
else:
    config = {"mcpServers": {"echo": {"command": sys.argv[2], "args": sys.argv[3:]}}}
    create_proxy(config).run(transport="stdio", show_banner=False)
"""


class Quiet:
    """A program that listens on a port that it was told, and says nothing reliable when it is ready."""

    def __init__(self, command: list[str], url: str, **where) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **where
        )
        self.pid, self.url = self._process.pid, url

    def wait(self, seconds: float = 60) -> None:
        """Until it answers HTTP, whatever it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=2)
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("it did not start")

    def __enter__(self) -> "Quiet":
        self.wait()
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ContextForge(Quiet):
    """IBM's gateway with a database of its own in a folder, and the echo server registered with it."""

    def __init__(self, python: Path, folder: Path) -> None:
        folder.mkdir()
        self._programs, self._folder, port = python.parent, folder, free_port()
        self._environment = os.environ | self._secrets() | {
            "PLATFORM_ADMIN_EMAIL": "admin@example.com", "MCPGATEWAY_ADMIN_API_ENABLED": "true",
            "SSRF_ALLOW_LOCALHOST": "true", "SSRF_ALLOW_PRIVATE_NETWORKS": "true", "LOG_LEVEL": "ERROR",
            "RATE_LIMITING_ENABLED": "false", "TOOL_RATE_LIMIT": "100000", "RATE_LIMIT_LOCKOUT_ENABLED": "false",
            "DATABASE_URL": f"sqlite:///{folder}/gateway.db",
        }  # fmt: skip
        self._base = f"http://127.0.0.1:{port}"
        command = [str(self._programs / "mcpgateway"), "--host", "127.0.0.1", "--port", str(port)]
        super().__init__(command, f"{self._base}/health", cwd=folder, env=self._environment)

    def _secrets(self) -> dict[str, str]:
        made = [str(self._programs / "init-secrets"), "--force"]
        subprocess.run(made, cwd=self._folder, check=True, capture_output=True, timeout=60)
        lines = (self._folder / ".env.secrets").read_text().splitlines()
        pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        return {name: value.strip().strip("'\"") for name, value in pairs}

    def register(self, echo: str) -> str:
        """The header that says who asks, once the echo server is one of the gateway's."""
        make = [str(self._programs / "python"), "-m", "mcpgateway.utils.create_jwt_token", "--username"]
        make += ["admin@example.com", "--exp", "600", "--secret", self._environment["JWT_SECRET_KEY"]]
        made = subprocess.run(
            make, cwd=self._folder, env=self._environment, check=True, capture_output=True, text=True, timeout=60
        )
        token = made.stdout.split()[-1]
        request = urllib.request.Request(
            f"{self._base}/gateways",
            json.dumps({"name": "up", "url": echo, "transport": "STREAMABLEHTTP"}).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=60).read()
        self.url = f"{self._base}/mcp/"
        return f"Authorization: Bearer {token}"


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Bench:
    def __init__(self, options: argparse.Namespace, folder: Path, stack: ExitStack) -> None:
        self.options, self.folder, self.stack = options, folder, stack
        self.rows: dict[str, dict] = {}
        self.stdio_echo = shlex.split(options.echo_stdio)

    def peer(self, name: str, program: str = "python") -> str:
        path = Path(self.options.peers) / name / "bin" / program
        if not path.exists():
            raise RuntimeError(f"no {name} (Scripts/setup --bench)")
        return str(path)

    def load(self, *where: str) -> dict:
        command = [sys.executable, str(HERE / "mcp_load.py"), *where, "--clients", self.options.clients]
        command += ["--seconds", str(self.options.seconds)]
        command += ["--rate", "half"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip()[-300:])
        return json.loads(done.stdout)

    def row(self, name: str, body) -> None:
        if self.options.only not in name:
            return
        print(f"measuring {name}", file=sys.stderr, flush=True)
        try:
            self.rows[name] = body()
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            self.rows[name] = {"error": f"{error}"[:300]}

    def http(self, server, url: str, *more: str) -> dict:
        with server:
            return self.load("--url", url, "--pid", str(server.pid), *more)

    def over_http(self, echo: str) -> None:
        self.row("http: echo server itself", lambda: self.load("--url", echo))

        def writ() -> dict:
            server = serve(self.options.writ, self.home)
            return self.http(server, endpoint(server, "echo-http"), "--header", passport(self.home))

        def mcp_proxy() -> dict:
            port = free_port()
            command = [self.peer("mcp-proxy", "mcp-proxy"), "--port", str(port), "--host", "127.0.0.1"]
            server = Quiet([*command, self.stdio_echo[0], "--", *self.stdio_echo[1:]], f"http://127.0.0.1:{port}/mcp")
            return self.http(server, server.url)

        def fastmcp() -> dict:
            port = free_port()
            script = self.folder / "fastmcp_proxy.py"
            script.write_text(FASTMCP)
            url = f"http://127.0.0.1:{port}/mcp"
            return self.http(Quiet([self.peer("fastmcp"), str(script), "http", echo, str(port)], url), url)

        def bastion() -> dict:
            port = free_port()
            command = [self.peer("bastiongate", "bastiongate"), "run-http", "--upstream", echo, "--port", str(port)]
            url = f"http://127.0.0.1:{port}/mcp"
            return self.http(Quiet(command, url), url)

        def contextforge() -> dict:
            server = ContextForge(Path(self.peer("contextforge")), self.folder / "contextforge")
            with server:
                header = server.register(echo)
                return self.load("--url", server.url, "--pid", str(server.pid), "--header", header, "--tool", "up-echo")

        self.row("http: writ, receipts on", writ)
        self.row("http: mcp-proxy (to stdio)", mcp_proxy)
        self.row("http: fastmcp proxy", fastmcp)
        self.row("http: bastiongate", bastion)
        self.row("http: contextforge", contextforge)

    def over_stdio(self) -> None:
        echo = shlex.join(self.stdio_echo)
        self.row("stdio: echo server itself", lambda: self.load("--stdio", echo))
        writ = f"{self.options.writ} gateway --home {self.home} --server echo-stdio"
        self.row("stdio: writ, receipts on", lambda: self.load("--stdio", writ))

        def fastmcp() -> dict:
            script = self.folder / "fastmcp_proxy.py"
            script.write_text(FASTMCP)
            return self.load("--tool", "echo", "--stdio", f"{self.peer('fastmcp')} {script} stdio {echo}")

        def bastion() -> dict:
            log = self.folder / "bastion.jsonl"
            program = self.peer("bastiongate", "bastiongate")
            return self.load("--stdio", f"{program} run --log {log} -- {echo}")

        self.row("stdio: fastmcp proxy", fastmcp)
        self.row("stdio: bastiongate", bastion)

    def run(self) -> None:
        servers = {"echo-stdio": {"command": self.stdio_echo[0], "args": self.stdio_echo[1:]}}
        echo = ""
        try:
            echo = self.stack.enter_context(Launched(shlex.split(self.options.echo_http))).url
            echo = echo.rstrip("/").removesuffix("/mcp") + "/mcp"
            servers["echo-http"] = {"url": echo}
        except (RuntimeError, OSError) as error:
            self.rows["http"] = {"error": f"the echo server does not listen: {error}"}
        self.home = make_home(self.options.writ, self.folder, servers)
        if echo:
            self.over_http(echo)
        self.over_stdio()

    def table(self) -> None:
        counts = self.options.clients.split(",")
        heads = [f"{n}: calls/s | p50 µs | p99 µs" for n in counts] + ["open loop p50 µs | p99 µs", "memory MiB", "first list ms"]
        print("| | " + " | ".join(heads) + " |")
        print("|---" * (1 + 3 * len(counts) + 4) + "|")
        for name, row in self.rows.items():
            if "error" in row:
                print(f"| {name} | {row['error'].splitlines()[-1] if row['error'] else 'failed'} |")
                continue
            cells = [f"{c['calls_per_s']} | {c['p50_us']} | {c['p99_us']}" for c in row["closed"].values()]
            opened = row.get("open")
            cells.append(f"{opened['p50_us']} | {opened['p99_us']}" if opened else " | ")
            cells.append(f"{row['memory'].get('rss_kib', 0) / 1024:.0f}" if row.get("memory") else "")
            cells.append(str(row.get("first_list_ms", "")))
            print(f"| {name} | " + " | ".join(cells) + " |")
        print(json.dumps(self.rows))


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended then as well
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writ", required=True)
    parser.add_argument("--bench", help="WritBench, whose echo server is native")
    parser.add_argument("--echo-stdio", help="instead of `BENCH echo-server --stdio`")
    parser.add_argument("--echo-http", help="instead of `BENCH echo-server --listen 127.0.0.1:0`")
    parser.add_argument("--peers", default=os.environ.get("WRIT_PEERS", ROOT / ".peers"))
    parser.add_argument("--dir", help="a folder on the disk to measure [default: a temporary one]")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", default="1,8,64")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    if options.bench:
        options.echo_stdio = options.echo_stdio or f"{options.bench} echo-server --stdio"
        options.echo_http = options.echo_http or f"{options.bench} echo-server --listen 127.0.0.1:0"
    if not options.echo_stdio or not options.echo_http:
        parser.error("--bench, or both --echo-stdio and --echo-http")
    options.writ = str(Path(options.writ).resolve())
    with tempfile.TemporaryDirectory(prefix="writ-peers-", dir=options.dir) as folder, ExitStack() as stack:
        bench = Bench(options, Path(folder).resolve(), stack)
        bench.run()
        bench.table()


if __name__ == "__main__":
    main()
