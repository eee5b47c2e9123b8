# SPDX-License-Identifier: Apache-2.0
"""How the fixture servers are reached: their command line, stdio and HTTP, and a record of everything that arrives.

Promise: one record line {"event": "in", "body": TEXT, "headers": {…}} for each line on stdin and each HTTP request,
whatever is in it; so "nothing new in the record" means that nothing arrived. Headers are there for HTTP only.
"""

import argparse
import sys

import everything

KEPT = ("content-length", "host", "user-agent", "accept-encoding", "connection")


def options_of(description: str) -> argparse.Namespace:
    """The command line that both fixture servers have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("record", help="where the record is appended to")
    parser.add_argument("--http", type=int, metavar="PORT", help="Streamable HTTP on 127.0.0.1; 0 is any port")
    parser.add_argument("--page", type=int, metavar="N", help="lists come in pages of N")
    return parser.parse_args()


def note(record: everything.Record, body: bytes, **more: object) -> None:
    record.event("in", body=body.decode("utf-8", "backslashreplace"), **more)


class Lines:
    """Standard input for an SDK's stdio_server, line by line, read in a thread of its own."""

    def __init__(self, record: everything.Record) -> None:
        self._record = record

    def __aiter__(self) -> "Lines":
        return self

    async def __anext__(self) -> str:
        from anyio import to_thread

        line = await to_thread.run_sync(sys.stdin.buffer.readline, abandon_on_cancel=True)
        if not line:
            raise StopAsyncIteration
        note(self._record, line.rstrip(b"\n"))
        return line.decode("utf-8", "replace")


class Requests:
    """An ASGI application around an SDK's: it notes each request's body when it is complete, then hands it on."""

    def __init__(self, app, record: everything.Record) -> None:
        self._app, self._record = app, record

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        headers = {k: v for k, v in headers.items() if k not in KEPT}
        note(self._record, body, http=f"{scope['method']} {scope['path']}", headers=headers)
        whole = [{"type": "http.request", "body": body, "more_body": False}]

        async def again():
            return whole.pop() if whole else await receive()

        await self._app(scope, again, send)


async def serve(app, record: everything.Record, port: int) -> None:
    """Serves an ASGI application on 127.0.0.1; says its URL in one line on standard error when it is ready."""
    import socket

    import uvicorn

    # Of this protocol by name: asyncio switches Nagle's delay off for such sockets only.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(512)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp", file=sys.stderr, flush=True)
    config = uvicorn.Config(Requests(app, record), log_level="critical", timeout_graceful_shutdown=1)
    await uvicorn.Server(config).serve(sockets=[listener])
