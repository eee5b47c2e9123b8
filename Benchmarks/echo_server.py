#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The least MCP server (stdio, handshake revisions) for latency figures: one tool, `echo`, and no SDK.

Promise: an answer costs some tens of microseconds, so what a gateway adds can be seen beside it.
"""

import json
import sys

TOOL = {"name": "echo", "description": "Returns its arguments.", "inputSchema": {"type": "object"}}


def answer(method: str, params: dict) -> dict | None:
    """The result; None for a method this server does not know."""
    match method:
        case "tools/call":
            return {"content": [{"type": "text", "text": json.dumps(params.get("arguments", {}))}], "isError": False}
        case "tools/list":
            return {"tools": [TOOL]}
        case "initialize":
            server = {"name": "echo", "version": "1"}
            return {"protocolVersion": params["protocolVersion"], "capabilities": {"tools": {}}, "serverInfo": server}
        case "ping":
            return {}
    return None


def main() -> None:
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if "id" not in message or "method" not in message:
            continue
        result = answer(message["method"], message.get("params", {}))
        body = {"error": {"code": -32601, "message": "Method not found"}} if result is None else {"result": result}
        sys.stdout.buffer.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], **body}).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
