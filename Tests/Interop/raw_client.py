# SPDX-License-Identifier: Apache-2.0
"""A client that sends any bytes: over pipes to a command, or over a socket to a URL. No SDK, no HTTP library.

Promise: nothing is added to what a test sends, everything that comes back is kept, and each wait has an end: after
`seconds` an answer that did not come is None, which is a finding, never a hang.
"""

import json
import queue
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MODERN = "2026-07-28"
META = "io.modelcontextprotocol/"
SECONDS = 20
# The parameter that is repeated in the header Mcp-Name.
NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
NAMED |= dict.fromkeys(("tasks/get", "tasks/update", "tasks/cancel"), "taskId")


def encode(message: object) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()


def meta(**more: object) -> dict:
    """The _meta that every 2026-07-28 request has."""
    info = {"name": "raw", "version": "1"}
    return {META + "protocolVersion": MODERN, META + "clientCapabilities": {}, META + "clientInfo": info} | more


def request(method: str, params: dict | None = None, identifier: object = 1, modern: bool = False) -> dict:
    params = dict(params or {})
    if modern:
        params["_meta"] = meta() | params.get("_meta", {})
    return {"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}


def initialize(identifier: object = 0, version: str = "2025-11-25") -> dict:
    params = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
    return request("initialize", params, identifier)


INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


class Pipes:
    """A command and its pipes. `heard` has every line of its output so far, parsed if it is JSON."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self.pid = self._process.pid
        self.heard: list = []
        self._lines: queue.Queue = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        reader = self._process.stdout
        rest = b""
        while piece := reader.read(1 << 16):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                self._lines.put(parsed(line))
        self._lines.put(None)

    def send(self, data: bytes) -> bool:
        """Writes the bytes as they are; False if the process is gone."""
        try:
            while data:
                data = data[self._process.stdin.write(data) or 0 :]
        except (BrokenPipeError, ValueError):
            return False
        return True

    def say(self, message: object) -> bool:
        return self.send(encode(message) + b"\n")

    def next(self, seconds: float = SECONDS) -> object:
        """The next line; None if there is none in time or the output has ended."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        if line is not None:
            self.heard.append(line)
        return line

    def answer(self, identifier: object, seconds: float = SECONDS) -> dict | None:
        """The next answer with this id, other lines kept in `heard`; None if it does not come."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            line = self.next(left)
            if line is None:
                return None
            if is_answer(line) and same_id(line.get("id"), identifier):
                return line
        return None

    def connect(self) -> dict | None:
        """The handshake of 2025-11-25."""
        self.say(initialize())
        opened = self.answer(0)
        self.say(INITIALIZED)
        return opened

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self, seconds: float = 10) -> int | None:
        """Ends its input and waits; the exit status, None if it had to be killed."""
        try:
            self._process.stdin.close()
        except OSError:
            pass
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return None


def parsed(data: bytes) -> object:
    """The JSON object or array in it; the bytes themselves if there is none that Python can read."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    return value if isinstance(value, (dict, list)) else data


def is_answer(line: object) -> bool:
    return isinstance(line, dict) and "method" not in line and ("result" in line or "error" in line)


def same_id(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


@dataclass
class Answer:
    """An HTTP response: `status` 0 if the connection ended without one, None if nothing came in time."""

    status: int | None
    headers: dict = field(default_factory=dict)
    body: bytes = b""

    def messages(self) -> list:
        """The JSON-RPC messages of the body, out of an event stream or plain."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            events = self.body.replace(b"\r\n", b"\n").split(b"\n\n")
            lines = [[line[5:].strip() for line in event.split(b"\n") if line.startswith(b"data:")] for event in events]
            return [parsed(b"\n".join(data)) for data in lines if any(data)]
        return [parsed(self.body)] if self.body else []

    def message(self) -> dict:
        """The answer itself: the last message that is one."""
        return next((one for one in reversed(self.messages()) if is_answer(one)), {})

    def code(self) -> int | None:
        """The JSON-RPC error code, if it is an error."""
        error = self.message().get("error")
        return error.get("code") if isinstance(error, dict) else None


class Socket:
    """One connection to a URL's host; `send` writes bytes as they are, `read` reads one response."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.path = parts.netloc, parts.path or "/"
        self._socket = socket.create_connection((parts.hostname, parts.port or 80), timeout=SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = self._socket.makefile("rb")

    def send(self, data: bytes) -> bool:
        try:
            self._socket.sendall(data)
        except OSError:
            return False
        return True

    def read(self, seconds: float = SECONDS, first_event: bool = False) -> Answer:
        """One response; with `first_event`, an event stream is read up to its first event only."""
        self._socket.settimeout(seconds)
        try:
            start = self._reader.readline()
            if not start:
                return Answer(0)
            headers: dict = {}
            while (line := self._reader.readline().rstrip(b"\r\n")) != b"":
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.strip().lower()] = value.strip()
            answer = Answer(int(start.split()[1]), headers)
        except (TimeoutError, OSError) as error:
            return Answer(0 if isinstance(error, ConnectionError) else None)
        try:
            for piece in self._pieces(headers, answer.status):
                answer.body += piece
                if first_event and b"\n\n" in answer.body.replace(b"\r\n", b"\n"):
                    break
        except (TimeoutError, OSError, ValueError):
            pass
        return answer

    def _pieces(self, headers: dict, status: int):
        if status in (204, 304) or status < 200:
            return
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while size := int(self._reader.readline().split(b";")[0] or b"0", 16):
                yield self._reader.read(size)
                self._reader.readline()
            self._reader.readline()
        elif "content-length" in headers:
            yield self._reader.read(int(headers["content-length"]))
        else:
            while piece := self._reader.read1(1 << 16):
                yield piece

    def close(self) -> None:
        self._reader.close()
        self._socket.close()

    def __enter__(self) -> "Socket":
        return self

    def __exit__(self, *_) -> None:
        self.close()


class Endpoint:
    """A URL and the headers that a well-behaved client sends there; tests change what they want to be wrong."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self.url, self.always = url, dict(headers or {})

    def headers(self, message: object, session: str | None = None, **changes: str | None) -> list[tuple[str, str]]:
        """The right headers for a message, with changes: underscores stand for hyphens, None leaves one out."""
        found = {"Host": urlsplit(self.url).netloc, "Content-Type": "application/json"}
        found["Accept"] = "application/json, text/event-stream"
        params = message.get("params") if isinstance(message, dict) else None
        version = (params.get("_meta") or {}).get(META + "protocolVersion") if isinstance(params, dict) else None
        if isinstance(version, str):
            found |= {"MCP-Protocol-Version": version, "Mcp-Method": str(message.get("method"))}
            name = params.get(NAMED.get(message.get("method")))
            if isinstance(name, str):
                found["Mcp-Name"] = name
        elif session is not None:
            found |= {"MCP-Protocol-Version": "2025-11-25", "Mcp-Session-Id": session}
        found |= self.always
        for name, value in changes.items():
            key = name.replace("_", "-")
            match = next((one for one in found if one.lower() == key.lower()), key)
            found.pop(match, None)
            if value is not None:
                found[match] = value
        return list(found.items())

    @staticmethod
    def head(method: str, path: str, headers: list[tuple[str, str]]) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers), "", ""]
        return "\r\n".join(lines).encode("utf-8", "surrogateescape")

    def exchange(
        self,
        body: bytes,
        headers: list[tuple[str, str]],
        method: str = "POST",
        seconds: float = SECONDS,
        first_event: bool = False,
    ) -> Answer:
        """One request on a connection of its own; Content-Length is added."""
        with Socket(self.url) as connection:
            if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in headers):
                headers = [*headers, ("Content-Length", str(len(body)))]
            connection.send(self.head(method, connection.path, headers) + body)
            return connection.read(seconds, first_event)

    def post(self, message: object, session: str | None = None, seconds: float = SECONDS, **changes) -> Answer:
        """A message with the right headers but for the changes."""
        return self.exchange(encode(message), self.headers(message, session, **changes), seconds=seconds)

    def open_session(self, **changes) -> str:
        """The handshake of 2025-11-25; the session's id, "" if the server gave none."""
        answer = self.post(initialize(), **changes)
        session = answer.headers.get("mcp-session-id", "")
        self.post(INITIALIZED, session, **changes)
        return session
