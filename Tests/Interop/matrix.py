#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every client with every server on both transports, through `writ` or directly: `make test-interop`.

    matrix.py (--writ PROGRAM | --direct) [--only WORD]… [--few] [--jobs 2] [--verbose] [--no-raw] [--peers FOLDER]

Clients: SDK 1.30; SDK 2.3 as auto, legacy and pinned to 2026-07-28; the TypeScript SDK of the playwright wheel.
Servers: git, time, fetch, sqlite, shell and cli from PyPI, of the handshake era (…1) and of both (…2), and the fixture
servers with all their scenarios, over stdio and over HTTP (…h). Through `writ gateway --server` and `writ serve`; then
everything at once behind /mcp with prefixes, the misbehaving servers, the raw suites and jbt-mcpcheck.
Promise: a table with ok, FAIL or skip for each pair, every failure's first lines below it, why what was skipped, and
exit status 1 if anything failed. --only takes a word of "client server transport"; --few is a part that tells most.
"""

import argparse
import base64
import concurrent.futures
import functools
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from launch import Launched
from raw_client import Endpoint, request
from repository import make_repository

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RUN_SECONDS = 240
PATIENCE_SECONDS = 90  # the gateway gives a request's head 60, a body 30
OTHER_AGENT = "other"
ERAS = ("2025-11-25", "2026-07-28")
# What every `make test` runs: each era with each on either side, both transports on either side, with mcp1 and mcp2 only.
FEW = [
    ("fixtures1", "mcp-1.30", "stdio"),
    ("fixtures2", "mcp-2.3-pinned", "http"),
    ("fixtures1", "mcp-2.3-auto", "http"),
    ("fixtures2h", "mcp-1.30", "http"),
    ("fixtures2h", "mcp-2.3-pinned", "stdio"),
    ("git1", "mcp-2.3-legacy", "stdio"),
    ("all servers", "mcp-2.3-auto", "http"),
    ("fixtures2", "raw suite", "stdio"),
    ("fixtures1", "raw suite", "http"),
    ("wrong-stdio", "raw 2025-11-25", "http"),
    ("wrong-http", "raw 2026-07-28", "stdio"),
]
FEW_SERVERS = {key[0] for key in FEW} | {"time2"}
POLICIES = """
@id("all")
permit (principal, action, resource);
@id("deny-on-demand")
@reason("denied as the test asks")
forbid (principal, action in Action::"call", resource)
when { context.input has deny };
"""


@dataclass
class Server:
    """A server: its command or URL, its era, and what is called."""

    name: str
    command: list[str]
    dual: bool  # serves 2026-07-28 as well
    peer: str  # the environment that it needs
    steps: list[dict] | None = None  # None: a fixture server, with all its scenarios
    http: bool = False  # reached at a URL, which is known once it runs
    url: str = ""
    record: str = ""
    turn: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Client:
    name: str
    peer: str
    mode: str | None = None
    modern: bool = False  # speaks nothing but 2026-07-28

    @property
    def agent(self) -> str:
        return self.name.replace(".", "-")


@dataclass
class Outcome:
    state: str  # ok, FAIL or skip
    detail: str = ""
    lines: list[str] = field(default_factory=list)


CLIENTS = [
    Client("mcp-1.30", "mcp1"),
    Client("mcp-2.3-auto", "mcp2", "auto"),
    Client("mcp-2.3-legacy", "mcp2", "legacy"),
    Client("mcp-2.3-pinned", "mcp2", "2026-07-28", modern=True),
    Client("typescript", "playwright"),
]
TRANSPORTS = ["stdio", "http"]


def step(name: str, tool: str, arguments: dict, wanted: str = "result", *says: str) -> dict:
    return {"name": name, "tool": tool, "arguments": arguments, "wanted": wanted, "says": list(says)}


def with_denial(steps: list[dict]) -> list[dict]:
    """The steps, and the first good one once more in a form that the policy refuses."""
    first = steps[0]
    return [
        *steps,
        step("denied", first["tool"], first["arguments"] | {"deny": True}, "denied", "denied as the test asks"),
    ]


def page_server(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serves a page for mcp-server-fetch."""
    (folder / "page.html").write_text("<html><body><h1>Ada</h1><p>Hello from the page.</p></body></html>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


class Matrix:
    def __init__(self, options: argparse.Namespace, folder: Path, stack: ExitStack) -> None:
        self.options, self.folder, self.stack = options, folder, stack
        self.peers: Path = options.peers
        self.outcomes: dict[tuple[str, str, str], Outcome] = {}
        self.servers = self.make_servers()
        self.gateway: Launched | None = None
        self.home = folder / "home"

    # What is driven

    def program(self, peer: str, name: str = "python") -> str:
        return str(self.peers / peer / "bin" / name)

    def make_servers(self) -> list[Server]:
        """Every server, with what it works on."""
        bench = self.folder / "bench"
        repo, work = bench / "repository", bench / "work"
        make_repository(repo)
        work.mkdir()
        (work / "note.txt").write_text("a note of Ada's\n")
        pages, page_url = page_server(work)
        self.stack.callback(pages.shutdown)
        path = {"repo_path": str(repo)}
        git = [
            step("status", "git_status", path, "result", "readme.txt"),
            step("outside", "git_status", {"repo_path": str(bench)}, "error"),
        ]
        time = [
            step(
                "convert",
                "convert_time",
                {"source_timezone": "Asia/Tokyo", "time": "16:30", "target_timezone": "Asia/Kolkata"},
                "result",
                "13:00:00+05:30",
            ),
            step("no such zone", "get_current_time", {"timezone": "Atlantis/Capital"}, "error"),
        ]
        # Raw, for simplifying a page makes this server run npm, which would go to the network.
        fetch = [
            step("page", "fetch", {"url": page_url + "/page.html", "raw": True}, "result", "Hello from the page"),
            step("no page", "fetch", {"url": page_url + "/nothing.html", "raw": True}, "error"),
        ]
        # This server tells its errors as texts of ordinary results.
        sqlite = [
            step("read", "read_query", {"query": "select 6 * 7 as answer"}, "result", "42"),
            step("bad SQL", "read_query", {"query": "select nothing from nowhere"}, "result", "rror"),
        ]
        shell = [
            step("cat", "shell_execute", {"command": ["cat", "note.txt"], "directory": str(work)}, "result", "a note"),
            step("rm", "shell_execute", {"command": ["rm", "note.txt"], "directory": str(work)}, "error"),
        ]
        cli = [
            step("cat", "run_command", {"command": "cat note.txt"}, "result", "a note"),
            step("rm", "run_command", {"command": "rm note.txt"}, "result", "not allowed"),
        ]
        env = shutil.which("env") or "/usr/bin/env"
        # These two describe their tools by sets, in another order each time: a definition that changes is not approved.
        seed = "PYTHONHASHSEED=0"
        allowed = [env, seed, f"ALLOWED_DIR={work}", "ALLOWED_COMMANDS=ls,cat"]
        servers = []
        for peer, more, dual in (("mcp1", "interop1", False), ("mcp2", "interop2", True)):
            n = peer[-1]
            servers += [
                Server(f"git{n}", [self.program(peer, "mcp-server-git"), "-r", str(repo)], dual, peer, git),
                Server(
                    f"time{n}", [self.program(peer, "mcp-server-time"), "--local-timezone", "UTC"], dual, peer, time
                ),
            ]
            local = ["--allow-private-ips", "--ignore-robots-txt"]
            servers.append(Server(f"fetch{n}", [self.program(more, "mcp-server-fetch"), *local], dual, more, fetch))
        database = ["--db-path", str(work / "data.sqlite")]
        servers += [
            Server("sqlite1", [self.program("interop1", "mcp-server-sqlite"), *database], False, "interop1", sqlite),
            Server(
                "shell1",
                [env, seed, "ALLOW_COMMANDS=ls,cat,echo", self.program("interop1", "mcp-shell-server")],
                False,
                "interop1",
                shell,
            ),
            Server("cli1", [*allowed, self.program("interop1", "cli-mcp-server")], False, "interop1", cli),
        ]
        for n in ("1", "2"):
            record = str(self.folder / f"record-fixtures{n}")
            command = [self.program(f"mcp{n}"), str(HERE / f"fixtures{n}.py"), record]
            servers.append(Server(f"fixtures{n}", command, n == "2", f"mcp{n}", record=record))
            record += "h"
            command = [self.program(f"mcp{n}"), str(HERE / f"fixtures{n}.py"), record, "--http", "0"]
            servers.append(Server(f"fixtures{n}h", command, n == "2", f"mcp{n}", http=True, record=record))
        return servers

    def start_servers(self) -> None:
        """Starts those that are reached by URL."""
        for server in self.servers:
            if server.http and self.is_there(server.peer):
                server.url = self.stack.enter_context(Launched(server.command)).url

    def is_there(self, peer: str) -> bool:
        return (self.peers / peer / "bin" / "python").exists()

    # The gateway

    def make_home(self) -> None:
        writ = self.options.writ
        subprocess.run([writ, "init", "--home", str(self.home)], check=True, capture_output=True)
        for policy in (self.home / "policies").iterdir():
            policy.unlink()
        policy = self.home / "policies" / "test.cedar"
        policy.write_text(POLICIES)
        policy.chmod(0o600)
        members = {}
        for server in self.servers:
            if not self.is_there(server.peer) or self.options.few and server.name not in FEW_SERVERS:
                continue
            if server.http:
                members[server.name] = {"url": server.url}
            else:
                members[server.name] = {"command": server.command[0], "args": server.command[1:]}
        for upstream in ("stdio", "http"):
            name = f"wrong-{upstream}"
            record = str(self.folder / f"record-{name}")
            command = [sys.executable, str(HERE / "misbehaving.py"), record]
            if upstream == "http":
                members[name] = {"url": self.stack.enter_context(Restarted([*command, "--http"])).url}
            else:
                members[name] = {"command": command[0], "args": command[1:]}
        if not self.has_serve():
            members = {name: server for name, server in members.items() if "command" in server}
        for member in members.values():
            member["pins"] = "first-use"  # nobody is there to approve tools one by one
        configuration = self.home / "writ.yaml"
        text = configuration.read_text() + f"\nservers: {json.dumps(members)}\n"
        configuration.write_text(text)
        # Over HTTP each client is an agent of its own: who asks first decides the era in which a server of both is
        # spoken to, and each is to get its own.
        for agent in (OTHER_AGENT, *ERAS, *(client.agent for client in CLIENTS)):
            command = [writ, "passport", "issue", "--home", str(self.home), f"agent-passport:{agent}"]
            subprocess.run(command, check=True, capture_output=True)

    @functools.cache
    def has_serve(self) -> bool:
        """Whether this `writ` can listen."""
        done = subprocess.run([self.options.writ, "serve", "--help"], capture_output=True, text=True)
        return done.returncode == 0 and "--listen" in done.stdout

    def serve(self) -> None:
        if self.has_serve():
            command = [self.options.writ, "serve", "--home", str(self.home), "--listen", "127.0.0.1:0"]
            self.gateway = self.stack.enter_context(Launched(command))

    def passport(self, agent: str = "local") -> str:
        """The header that says who calls: by default the agent of `writ init`."""
        found = (self.home / "passports" / f"agent-passport-{agent}.json").read_bytes()
        return "Writ-Passport: " + base64.urlsafe_b64encode(found).decode().rstrip("=")

    def url(self, alias: str | None) -> str:
        base = self.gateway.url.rstrip("/").removesuffix("/mcp") + "/mcp"
        return f"{base}/{alias}" if alias else base

    # One pair

    def target(self, client: Client, server: Server, transport: str) -> list[str] | str:
        """What comes at the end of a driver's command line; or a text: why this pair is skipped."""
        if self.options.direct:
            if (transport == "http") != server.http:
                return "no gateway is between"
            return ["--url", server.url] if server.http else ["--", *server.command]
        if transport == "stdio":
            if server.http and not self.has_serve():
                return "this writ has no servers by URL"
            return ["--", self.options.writ, "gateway", "--home", str(self.home), "--server", server.name]
        if self.gateway is None:
            return "this writ has no `serve`"
        return ["--url", self.url(server.name), "--header", self.passport(client.agent)]

    def pair(self, client: Client, server: Server, transport: str) -> Outcome:
        for peer in (client.peer, server.peer):
            if not self.is_there(peer):
                return Outcome("skip", f"no {peer} (Scripts/setup --interop)")
        if self.options.direct and client.modern and not server.dual:
            return Outcome("skip", "the server has not the client's only revision")
        target = self.target(client, server, transport)
        if isinstance(target, str):
            return Outcome("skip", target)
        # One at a time where all clients have the same process: they would hear each other's changes.
        with server.turn if server.http else nullcontext():
            return self.run(self.driver(client, server) + target)

    def driver(self, client: Client, server: Server) -> list[str]:
        steps = server.steps
        if steps is not None:
            steps = steps if self.options.direct else with_denial(steps)
            script = self.folder / f"steps-{server.name}.json"
            if not script.exists():
                script.write_text(json.dumps(steps))
        if client.peer == "playwright":
            driver = next((self.peers / "playwright" / "lib").glob("python3*")) / "site-packages/playwright/driver"
            bundle = str(driver / "package/lib/utilsBundle.js")
            command = [str(driver / "node"), str(HERE / "drive_ts.cjs"), "--bundle", bundle]
            return command + (["--script", str(script)] if steps is not None else [])
        command = [self.program(client.peer)]
        if steps is not None:
            command += [str(HERE / "drive_steps.py"), "--script", str(script)]
        else:
            command += [str(HERE / "drive_fixtures.py")]
            command += [] if server.dual else ["--no-rounds"]
            command += ["--tasks"] if not server.dual and client.peer == "mcp1" else []
        return command + (["--mode", client.mode] if client.mode else [])

    def run(self, command: list[str]) -> Outcome:
        """Runs a driver and reads its lines."""
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS)
        except subprocess.TimeoutExpired:
            return Outcome("FAIL", f"not done after {RUN_SECONDS} s")
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        bad = [f"{line['scenario']}: {line['detail']}" for line in lines if not line["ok"]]
        if done.returncode == 0 and not bad and lines:
            return Outcome("ok", f"{len(lines)} scenarios", done.stdout.splitlines())
        return Outcome("FAIL", f"{len(bad)} of {len(lines)}", bad or [done.stderr[-800:], done.stdout[-400:]])

    # Everything

    def wanted(self, *words: str) -> bool:
        if self.options.few and words not in FEW:
            return False
        name = " ".join(words)
        return all(word in name for word in self.options.only)

    def jobs(self) -> list[tuple[tuple[str, str, str], object]]:
        found: list = []
        for server in self.servers:
            for client in CLIENTS:
                for transport in TRANSPORTS:
                    key = (server.name, client.name, transport)
                    if self.wanted(*key):
                        found.append((key, functools.partial(self.pair, client, server, transport)))
        if not self.options.direct:
            found += [(key, job) for key, job in self.more() if self.wanted(*key)]
        return found

    def more(self) -> list:
        """What is not a pair of a client and a server: aggregation, misbehaviour, raw suites, the checker."""
        found: list = []
        home, writ = str(self.home), self.options.writ
        for client in CLIENTS:
            for transport in TRANSPORTS:
                key = ("all servers", client.name, transport)
                found.append((key, functools.partial(self.aggregated, client, transport)))
        for upstream in ("stdio", "http"):
            for era in ERAS:
                for transport in TRANSPORTS:
                    key = (f"wrong-{upstream}", f"raw {era}", transport)
                    found.append((key, functools.partial(self.misbehaving, upstream, era, transport)))
        if self.options.raw:
            for n in ("1", "2"):
                server = next(server for server in self.servers if server.name == f"fixtures{n}")
                command = [sys.executable, str(HERE / "raw_stdio.py"), "--record", server.record, "--"]
                command += [writ, "gateway", "--home", home, "--server", server.name]
                found.append(((server.name, "raw suite", "stdio"), functools.partial(self.run, command)))
                found.append(((server.name, "raw suite", "http"), functools.partial(self.raw_http, server)))
        found.append((("transcripts", "replay", "stdio"), self.replayed))
        for alias in ("fixtures2", "fixtures1", "time2", None):
            key = (alias or "all servers", "jbt-mcpcheck", "http")
            found.append((key, functools.partial(self.checked, alias)))
        return found

    def aggregated(self, client: Client, transport: str) -> Outcome:
        """All servers behind one endpoint; one of them is called by its prefix."""
        if not self.is_there(client.peer):
            return Outcome("skip", f"no {client.peer} (Scripts/setup --interop)")
        if not self.has_serve():
            return Outcome("skip", "this writ has one server at a time")
        server = next(server for server in self.servers if server.name == "time2")
        target = ["--", self.options.writ, "gateway", "--home", str(self.home)]
        if transport == "http":
            target = ["--url", self.url(None), "--header", self.passport(client.agent)]
        return self.run([*self.driver(client, server), "--prefix", "time2__", *target])

    def misbehaving(self, upstream: str, era: str, transport: str) -> Outcome:
        if (transport == "http" or upstream == "http") and not self.has_serve():
            return Outcome("skip", "this writ has no `serve`")
        name = f"wrong-{upstream}"
        command = [sys.executable, str(HERE / "drive_misbehaving.py"), "--upstream", upstream]
        command += ["--modern"] if era == ERAS[1] else []
        if transport == "http":
            command += ["--url", self.url(name), "--header", self.passport(era)]
        else:
            command += ["--", self.options.writ, "gateway", "--home", str(self.home), "--server", name]
        return self.run(command)

    def raw_http(self, server: Server) -> Outcome:
        if self.gateway is None:
            return Outcome("skip", "this writ has no `serve`")
        command = [sys.executable, str(HERE / "raw_http.py"), "--url", self.url(server.name)]
        command += ["--record", server.record, "--header", self.passport()]
        command += ["--other", self.passport(OTHER_AGENT)]
        command += [] if self.options.few else ["--patience", str(PATIENCE_SECONDS)]
        return self.run(command)

    def replayed(self) -> Outcome:
        """Recorded conversations with real servers, from outside of this repository."""
        shared = Path(os.environ.get("WRIT_SHARED", ROOT.parent / "shared"))
        transcripts = sorted((shared / "data" / "mcp-transcripts").glob("*.jsonl"))
        if not transcripts:
            return Outcome("skip", "no data/mcp-transcripts in WRIT_SHARED or ../shared")
        gateway = [self.options.writ, "gateway", "--home", str(self.home), "--pins", "first-use", "--name", "{}", "--"]
        return self.run([sys.executable, str(HERE / "replay.py"), *map(str, transcripts), "--", *gateway])

    def checked(self, alias: str | None) -> Outcome:
        if not self.is_there("mcpcheck"):
            return Outcome("skip", "no mcpcheck (Scripts/setup --interop)")
        if self.gateway is None:
            return Outcome("skip", "this writ has no `serve`")
        # The checker has no patience with servers that are being started.
        name, _, value = self.passport().partition(": ")
        Endpoint(self.url(alias), {name: value}).post(request("tools/list", {}, 1, modern=True), seconds=60)
        command = [self.program("mcpcheck", "jbt-mcpcheck"), "-H", self.passport().replace(": ", ":"), self.url(alias)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS)
        lines = (done.stdout + done.stderr).strip().splitlines()
        return Outcome("ok" if done.returncode == 0 else "FAIL", lines[-1] if lines else "", lines[-25:])

    def play(self) -> bool:
        self.start_servers()
        if self.options.writ:
            self.make_home()
            self.serve()
        jobs = self.jobs()
        # The raw suites and the misbehaving servers count what arrives, or bring things down: one after the other.
        alone = [job for job in jobs if job[0][1].startswith("raw")]
        together = [job for job in jobs if job not in alone]
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for key, outcome in zip([key for key, _ in together], pool.map(lambda job: job[1](), together)):
                self.note(key, outcome)
        for key, job in alone:
            self.note(key, job())
        return self.table()

    def note(self, key: tuple[str, str, str], outcome: Outcome) -> None:
        self.outcomes[key] = outcome
        print(f"{outcome.state:4} {' '.join(key)}: {outcome.detail}", file=sys.stderr, flush=True)
        if self.options.verbose:
            print("\n".join(f"     {line}" for line in outcome.lines), file=sys.stderr, flush=True)

    def table(self) -> bool:
        """Prints what was found; True if nothing failed."""
        rows = list(dict.fromkeys(key[0] for key in self.outcomes))
        columns = list(dict.fromkeys((key[1], key[2]) for key in self.outcomes))
        pairs = [column for column in columns if column[0] in [client.name for client in CLIENTS]]
        width = max([len(row) for row in rows], default=6)
        print(" " * width, *(f"{client:>14}" for client, _ in pairs))
        print(" " * width, *(f"{transport:>14}" for _, transport in pairs))
        for row in rows:
            cells = [self.outcomes.get((row, *column)) for column in pairs]
            if any(cells):
                print(f"{row:{width}}", *(f"{cell.state if cell else '':>14}" for cell in cells))
        for key, outcome in self.outcomes.items():
            if (key[1], key[2]) not in pairs:
                print(f"{outcome.state:4} {' '.join(key)}: {outcome.detail}")
        failures = {key: outcome for key, outcome in self.outcomes.items() if outcome.state == "FAIL"}
        for key, outcome in failures.items():
            print(f"\nFAIL {' '.join(key)}: {outcome.detail}")
            print("\n".join(f"  {line[:400]}" for line in outcome.lines[:12]))
        skipped: dict[str, int] = {}
        for outcome in self.outcomes.values():
            if outcome.state == "skip":
                skipped[outcome.detail] = skipped.get(outcome.detail, 0) + 1
        for why, count in skipped.items():
            print(f"skipped {count}: {why}")
        good = sum(outcome.state == "ok" for outcome in self.outcomes.values())
        print(f"{good} passed, {len(failures)} failed, {sum(skipped.values())} skipped")
        return not failures and good > 0


class Restarted:
    """The misbehaving server over HTTP, on one port, started again whenever it crashes as it was told to."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._ending = command, threading.Event()
        self._server = Launched([*command, "0"])
        self.url = self._server.url
        self._port = self.url.split(":")[2].split("/")[0]
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def _keep(self) -> None:
        while not self._ending.wait(0.05):
            if not self._server.alive():
                try:
                    self._server = Launched([*self._command, self._port])
                except RuntimeError:
                    continue  # the port is not free yet

    def __enter__(self) -> "Restarted":
        self._keeper.start()
        return self

    def __exit__(self, *_) -> None:
        self._ending.set()
        self._keeper.join()
        self._server.close()


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended then as well
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writ", help="the program under test")
    parser.add_argument("--direct", action="store_true", help="no gateway: shows that clients, servers and drivers fit")
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="of “server client transport”")
    parser.add_argument("--few", action="store_true", help="a representative part, with the peers mcp1 and mcp2 only")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-raw", dest="raw", action="store_false", help="leave out the raw suites")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--peers", type=Path, default=Path(os.environ.get("WRIT_PEERS", ROOT / ".peers")))
    options = parser.parse_args()
    if bool(options.writ) == options.direct:
        parser.error("either --writ or --direct")
    if options.writ:
        options.writ = str(Path(options.writ).resolve())
    options.peers = options.peers.resolve()
    with tempfile.TemporaryDirectory(prefix="writ-interop-") as folder, ExitStack() as stack:
        good = Matrix(options, Path(folder).resolve(), stack).play()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
