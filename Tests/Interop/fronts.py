# SPDX-License-Identifier: Apache-2.0
"""One raw client for both transports: what a test of answers needs, whatever way the server is reached.

Promise: `ask(message)` gives the answer to its id, or None, and adds everything else that came meanwhile to `heard`.
"""

import argparse
import base64
import itertools

from raw_client import (
    INITIALIZED,
    SECONDS,
    Answer,
    Endpoint,
    Pipes,
    initialize,
    is_answer,
    request,
    same_id,
)

CAPABLE = {"elicitation": {"form": {}}}


class PipeFront:
    """Over a command's pipes."""

    def __init__(self, command: list[str], modern: bool) -> None:
        self._command, self.modern, self._ids = command, modern, itertools.count(1)
        self.heard: list = []
        self.open()

    def open(self) -> None:
        self.pipes = Pipes(self._command)
        if not self.modern:
            self.pipes.connect()
        self.list()

    def list(self) -> dict | None:
        """The tools, as every client asks before it calls one."""
        return self.ask(request("tools/list", {}, f"list-{next(self._ids)}", self.modern))

    def ended(self) -> bool:
        """Whether the program is gone, as a gateway before one dead server may be; `open` starts it again."""
        return not self.pipes.alive()

    def ask(self, message: dict, seconds: float = SECONDS) -> dict | None:
        begin, self.last_id = len(self.pipes.heard), message["id"]
        self.pipes.say(message)
        answer = self.pipes.answer(message["id"], seconds)
        self.heard += [line for line in self.pipes.heard[begin:] if line is not answer]
        return answer

    def call(self, name: str, arguments: dict | None = None, seconds: float = SECONDS, **more: object) -> dict | None:
        params = {"name": name, "arguments": arguments or {}} | more
        return self.ask(request("tools/call", params, next(self._ids), self.modern), seconds)

    def late(self, seconds: float = 0.5) -> list:
        """What still comes when nothing is open."""
        found = []
        while (line := self.pipes.next(seconds)) is not None:
            found.append(line)
        self.heard += found
        return found

    def close(self) -> None:
        self.pipes.close()


class HTTPFront:
    """Over HTTP, a connection for each request."""

    def __init__(self, url: str, headers: dict, modern: bool) -> None:
        self.endpoint, self.modern, self._ids = Endpoint(url, headers), modern, itertools.count(1)
        self.heard: list = []
        self.repeated: dict[str, dict[str, str]] = {}  # by tool: the parameters that are repeated in headers
        self.last = Answer(0)
        self.session: str | None = None
        self.open()

    def open(self) -> None:
        if not self.modern:
            self.session = self.endpoint.open_session()
        self.list()

    def list(self) -> dict | None:
        answer = PipeFront.list(self)
        for tool in (answer or {}).get("result", {}).get("tools", []):
            properties = tool["inputSchema"].get("properties", {})
            headers = {name: value.get("x-mcp-header") for name, value in properties.items()}
            self.repeated[tool["name"]] = {name: header for name, header in headers.items() if header}
        return answer

    def repeating(self, params: dict) -> dict[str, str]:
        """The headers that a call of 2026-07-28 repeats its parameters in."""
        names, arguments = self.repeated.get(params.get("name"), {}), params.get("arguments", {})
        if not self.modern:
            return {}
        return {f"Mcp-Param-{names[name]}": in_header(str(arguments[name])) for name in names if name in arguments}

    def ended(self) -> bool:
        return False

    def ask(self, message: dict, seconds: float = SECONDS) -> dict | None:
        self.last_id = message["id"]
        self.last = self.endpoint.post(message, self.session, seconds, **self.repeating(message.get("params", {})))
        messages = self.last.messages()
        answer = next((m for m in messages if is_answer(m) and same_id(m.get("id"), message["id"])), None)
        self.heard += [m for m in messages if m is not answer]
        return answer

    call = PipeFront.call

    def late(self, seconds: float = 0.5) -> list:
        return []

    def close(self) -> None:
        pass


def in_header(value: str) -> str:
    """A value as a header has it: in base64 where it is not plain ASCII without blanks at its ends."""
    if value.isascii() and value.isprintable() and value == value.strip():
        return value
    return f"=?base64?{base64.b64encode(value.encode()).decode()}?="


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that say where the server is."""
    parser.add_argument("--url", help="a Streamable HTTP endpoint, instead of a command")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'")
    parser.add_argument("--modern", action="store_true", help="speak 2026-07-28, else 2025-11-25")
    parser.add_argument("command", nargs="*", help="-- COMMAND ARGUMENTS…")


def front_of(options: argparse.Namespace) -> PipeFront | HTTPFront:
    if options.url:
        return HTTPFront(options.url, dict(header.split(": ", 1) for header in options.header), options.modern)
    return PipeFront(options.command, options.modern)


__all__ = ["CAPABLE", "INITIALIZED", "HTTPFront", "PipeFront", "add_options", "front_of", "initialize", "request"]
