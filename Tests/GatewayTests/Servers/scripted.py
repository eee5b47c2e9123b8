# SPDX-License-Identifier: Apache-2.0
"""A server on stdio that does what a test asks for, by its tools' names: `scripted.py RECORD [HABIT…]`.

Promise: every line that arrives is appended to RECORD, byte for byte, before anything is done about it. As long as the
server lives, it holds a lock on RECORD.

Tools:  echo        a result with the arguments as text
        big         a text of `n` bytes
        fail        a result that is a tool error
        error       a JSON-RPC error
        silent      no answer, ever; a log message says that it has arrived
        hold        no answer before somebody calls `release`; a log message as well
        release     answers itself, then everything that is held, the last one first
        raw         no answer; writes `lines` as they are
        noise       writes `text` and a newline to standard error `times` times, then answers
        die         ends with status `status`, after `after` bytes of the answer
        mute        closes its output and goes on
        deaf        reads nothing any more
        ask         asks the client for sampling, then answers
        progress    reports progress `steps` times, then answers

Habits: stubborn    goes on when its input ends and ignores SIGTERM
        heir        starts a grandchild that ignores SIGTERM and holds the pipes open
        newnames    lists a thousand new names each time it is asked
        loud        says a line to standard error at the start
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time

record = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
fcntl.flock(record, fcntl.LOCK_SH)
habits = set(sys.argv[2:])
held = []
named = 0

TOOLS = "echo big fail error silent hold release raw noise die mute deaf ask progress forbidden".split()


def say(line: bytes) -> None:
    rest = line + b"\n"
    while rest:
        rest = rest[os.write(1, rest) :]


def tell(message: dict) -> None:
    say(json.dumps({"jsonrpc": "2.0"} | message, ensure_ascii=False, separators=(",", ":")).encode())


def text(value: str, **more: object) -> dict:
    return {"content": [{"type": "text", "text": value}]} | more


def answer(identifier: object, result: dict) -> None:
    tell({"id": identifier, "result": result})


def arrived(name: str) -> None:
    tell({"method": "notifications/message", "params": {"level": "info", "data": name}})


def call(identifier: object, params: dict) -> None:
    name, arguments = params["name"], params.get("arguments", {})
    match name:
        case "big":
            answer(identifier, text("x" * arguments["n"]))
        case "fail":
            answer(identifier, text("failed as asked", isError=True))
        case "error":
            tell({"id": identifier, "error": {"code": 7001, "message": "as asked", "data": {"n": 1.50}}})
        case "silent":
            arrived(name)
        case "hold":
            held.append(identifier)
            arrived(name)
        case "release":
            answer(identifier, text("released"))
            while held:
                answer(held.pop(), text("held"))
        case "raw":
            for line in arguments["lines"]:
                say(line.replace("ID", json.dumps(identifier)).encode("utf-8", "surrogatepass"))
        case "noise":
            for _ in range(arguments["times"]):
                sys.stderr.buffer.write(arguments["text"].encode() + b"\n")
            sys.stderr.buffer.flush()
            answer(identifier, text("said"))
        case "die":
            os.write(1, b'{"jsonrpc":"2.0","id":'[: arguments.get("after", 0)])
            os._exit(arguments.get("status", 3))
        case "mute":
            os.close(1)
        case "deaf":
            time.sleep(600)
        case "ask":
            tell({"id": "s1", "method": "sampling/createMessage", "params": {"messages": [], "maxTokens": 1}})
            answer(identifier, text("asked"))
        case "progress":
            token = params["_meta"]["progressToken"]
            for step in range(arguments["steps"]):
                tell({"method": "notifications/progress", "params": {"progressToken": token, "progress": step}})
            answer(identifier, text("done"))
        case _:
            answer(identifier, text(json.dumps(arguments, ensure_ascii=False)))


def listing() -> dict:
    global named
    names = TOOLS
    if "newnames" in habits:
        names = TOOLS + [f"t{named + n}" for n in range(1000)]
        named += 1000
    return {"tools": [{"name": name, "inputSchema": {"type": "object"}} for name in names]}


def handle(message: dict) -> None:
    method, identifier = message.get("method"), message.get("id")
    match method:
        case "initialize":
            capabilities = {"tools": {"listChanged": True}, "prompts": {}, "resources": {}, "logging": {}}
            answer(
                identifier,
                {
                    "protocolVersion": message["params"]["protocolVersion"],
                    "capabilities": capabilities,
                    "serverInfo": {"name": "scripted", "version": "1"},
                },
            )
        case "tools/list":
            answer(identifier, listing())
        case "tools/call":
            call(identifier, message["params"])
        case "ping":
            answer(identifier, {})
        case _ if identifier is not None and method is not None:
            tell({"id": identifier, "error": {"code": -32601, "message": "no such method"}})


def main() -> None:
    if "heir" in habits:
        subprocess.Popen(["sh", "-c", "trap '' TERM; echo $$ >&2; sleep 600"])
    if "stubborn" in habits:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "loud" in habits:
        os.write(2, b"here I am\n")
    pending = b""
    while chunk := os.read(0, 1 << 16):
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            os.write(record, line + b"\n")
            handle(json.loads(line))
    while "stubborn" in habits:
        time.sleep(600)


main()
