# SPDX-License-Identifier: Apache-2.0
"""A server on stdio that writes down when each line arrived: `recording.py RECORD`.

Promise: `NANOSECONDS LINE` is appended to RECORD for every line, with the machine's monotonic clock, before anything is
done about it. The tool `echo` answers at once, `hold` never.
"""

import json
import os
import sys
import time

record = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def answer(identifier: object, result: dict) -> None:
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": identifier, "result": result}) + "\n")
    sys.stdout.flush()


for line in sys.stdin.buffer:
    os.write(record, str(time.monotonic_ns()).encode() + b" " + line)
    message = json.loads(line)
    match message.get("method"):
        case "initialize":
            answer(
                message["id"],
                {
                    "protocolVersion": "2025-11-25",
                    "capabilities": {"tools": {}},
                    "serverInfo": {"name": "recording", "version": "1"},
                },
            )
        case "tools/list":
            names = ["echo", "hold"]
            answer(message["id"], {"tools": [{"name": name, "inputSchema": {"type": "object"}} for name in names]})
        case "tools/call" if message["params"]["name"] == "echo":
            answer(message["id"], {"content": [{"type": "text", "text": "said"}]})
