# SPDX-License-Identifier: Apache-2.0
"""A client that calls all the time, over pipes or HTTP, and says when each answer came.

    load.py --url URL --passport FILE
    load.py -- COMMAND ARGUMENTS…

Promise: one line `NANOSECONDS TOOL ok|refused|error` for each answer, with the machine's monotonic clock; `ready` once
calls go through and some are held; the end when its standard input ends.
"""

import argparse
import base64
import http.client
import itertools
import json
import subprocess
import sys
import threading
import time
import urllib.parse

CALLERS, HELD, READY = 4, 3, 20
ids = itertools.count(1)
printing = threading.Lock()
good = threading.Semaphore(0)


def tell(tool: str, answer: dict) -> str:
    result = answer.get("result", {})
    word = "error" if "error" in answer else "refused" if result.get("isError") else "ok"
    with printing:
        print(time.monotonic_ns(), tool, word, flush=True)
    return word


class Pipes:
    def __init__(self, command: list[str]) -> None:
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.waiting: dict[int, list] = {}
        self.lock = threading.Lock()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        for line in self.child.stdout:
            message = json.loads(line)
            if "method" not in message and message.get("id") in self.waiting:
                event, answers = self.waiting.pop(message["id"])
                answers.append(message)
                event.set()

    def send(self, message: dict) -> None:
        with self.lock:
            self.child.stdin.write(json.dumps(message).encode() + b"\n")
            self.child.stdin.flush()

    def ask(self, message: dict) -> dict:
        event, answers = threading.Event(), []
        self.waiting[message["id"]] = (event, answers)
        self.send(message)
        event.wait()
        return answers[0]


class Posts:
    def __init__(self, url: str, passport: str) -> None:
        self.url = urllib.parse.urlparse(url)
        with open(passport, "rb") as file:
            shown = base64.urlsafe_b64encode(file.read()).decode().rstrip("=")
        self.headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "Writ-Passport": shown,
        }

    def send(self, message: dict) -> dict | None:
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port)
        connection.request("POST", self.url.path, json.dumps(message), self.headers)
        response = connection.getresponse()
        body = response.read().decode()
        if session := response.getheader("Mcp-Session-Id"):
            self.headers |= {"Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-11-25"}
        connection.close()
        if response.getheader("Content-Type") == "text/event-stream":
            lines = [line[5:] for line in body.splitlines() if line.startswith("data:")]
            messages = [json.loads(line) for line in lines if line.strip()]
            return next((m for m in messages if m.get("id") == message.get("id") and "method" not in m), None)
        return json.loads(body) if body else None

    def ask(self, message: dict) -> dict:
        return self.send(message) or {"error": "nothing"}


def request(method: str, params: dict) -> dict:
    return {"jsonrpc": "2.0", "id": next(ids), "method": method, "params": params}


def call(way: Pipes | Posts, tool: str) -> None:
    if tell(tool, way.ask(request("tools/call", {"name": tool, "arguments": {}}))) == "ok":
        good.release()


def calls(way: Pipes | Posts) -> None:
    while True:
        call(way, "echo")
        time.sleep(0.01)  # enough for several hundred calls a second


parser = argparse.ArgumentParser()
parser.add_argument("--url")
parser.add_argument("--passport")
parser.add_argument("command", nargs="*")
options = parser.parse_args()
way = Posts(options.url, options.passport) if options.url else Pipes(options.command)
hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "load", "version": "1"}}
way.ask(request("initialize", hello))
way.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
way.ask(request("tools/list", {}))
for _ in range(HELD):
    threading.Thread(target=call, args=(way, "hold"), daemon=True).start()
for _ in range(CALLERS):
    threading.Thread(target=calls, args=(way,), daemon=True).start()
for _ in range(READY):
    good.acquire()
with printing:
    print("ready", flush=True)
sys.stdin.read()
if isinstance(way, Pipes):
    way.child.stdin.close()
    way.child.wait()
