# SPDX-License-Identifier: Apache-2.0
"""What the two test servers offer, in wire form, and the record they keep.

Promise: everything1.py and everything2.py answer with exactly these definitions and results, so a driver can
compare what came through a gateway with this module. The record is the server's own: one JSON line per
tools/call that arrived ({"name", "arguments"}), and lines with an "event" member for everything else.
"""

import json
import os

ERROR = {
    "code": 7001,
    "message": "raised as asked",
    "data": {"why": "as asked", "n": 12345678901234567890123, "x": None},
}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
NOTE_URI = "everything://note"
NOTE = "A note with an é, a 日本 and a 😀."
BIG_LIMIT = 8 << 20

TOOLS = [
    {
        "name": "echo",
        "title": "Echo",
        "description": "Returns its arguments, as text and as structured content.",
        "inputSchema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {"text": {"type": "string", "description": "Anything “quoted”, even / and \u2028"}},
            "additionalProperties": True,
        },
        "outputSchema": {
            "type": "object",
            "properties": {"arguments": {"type": "object"}},
            "required": ["arguments"],
        },
        "annotations": {"title": "Echo", "readOnlyHint": True, "idempotentHint": True, "openWorldHint": False},
    },
    {
        "name": "slow",
        "description": "Takes its time in steps and reports progress after each.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "seconds": {"type": "number", "minimum": 0, "maximum": 5},
                "steps": {"type": "integer", "minimum": 1, "maximum": 100},
            },
            "required": ["seconds", "steps"],
        },
    },
    {
        "name": "fail",
        "description": "Answers with a tool error.",
        "inputSchema": {"type": "object", "properties": {}},
        "annotations": {"destructiveHint": True, "readOnlyHint": False},
    },
    {
        "name": "raise",
        "description": "Answers with a JSON-RPC error.",
        "inputSchema": {"type": "object", "properties": {}},
    },
    {
        "name": "big",
        "description": "Answers with a text of n bytes.",
        "inputSchema": {
            "type": "object",
            "properties": {"n": {"type": "integer", "minimum": 0, "maximum": BIG_LIMIT}},
            "required": ["n"],
        },
    },
    {
        "name": "mixed",
        "description": "Answers with a text, an image and an embedded resource.",
        "inputSchema": {
            "$defs": {"shade": {"$anchor": "shade", "enum": ["light", "dark", None]}},
            "type": "object",
            "properties": {"shade": {"$ref": "#/$defs/shade"}},
            "if": {"required": ["shade"]},
            "then": {"maxProperties": 1},
            "else": {"unevaluatedProperties": False},
        },
    },
]
PROMPTS = [
    {
        "name": "greet",
        "description": "A greeting.",
        "arguments": [{"name": "who", "description": "Whom to greet.", "required": True}],
    }
]
RESOURCES = [{"name": "note", "uri": NOTE_URI, "description": "One note.", "mimeType": "text/plain"}]


def text(value: str) -> dict:
    """A text content item."""
    return {"type": "text", "text": value}


def big_text(n: int) -> str:
    """n ASCII bytes in which every stretch of 8 differs from its neighbours, so a lost or doubled piece shows."""
    return "".join(f"{i:07x} " for i in range(n // 8 + 1))[:n]


def result(name: str, arguments: dict) -> dict:
    """The result of a call of a tool that answers at once; KeyError for an unknown tool."""
    return {
        "echo": lambda: {
            "content": [text(json.dumps(arguments, ensure_ascii=False))],
            "structuredContent": {"arguments": arguments},
            "isError": False,
        },
        "slow": lambda: {"content": [text("finished")], "isError": False},
        "fail": lambda: {"content": [text("failed as asked")], "isError": True},
        "big": lambda: {"content": [text(big_text(min(arguments["n"], BIG_LIMIT)))], "isError": False},
        "mixed": lambda: {
            "content": [
                text("three kinds of content"),
                {
                    "type": "image",
                    "data": PIXEL,
                    "mimeType": "image/png",
                    "annotations": {"audience": ["user"], "priority": 0.5},
                },
                {"type": "resource", "resource": {"uri": NOTE_URI, "mimeType": "text/plain", "text": NOTE}},
            ],
            "isError": False,
        },
    }[name]()


def greeting(arguments: dict) -> dict:
    """The result of prompts/get."""
    return {
        "description": "A greeting.",
        "messages": [{"role": "user", "content": text(f"Greet {arguments.get('who', 'nobody')}.")}],
    }


def note() -> dict:
    """The result of resources/read."""
    return {"contents": [{"uri": NOTE_URI, "mimeType": "text/plain", "text": NOTE}]}


class Record:
    """The server's own record: whole lines, appended in one write each."""

    def __init__(self, path: str) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _append(self, line: dict) -> None:
        os.write(self._fd, (json.dumps(line, ensure_ascii=False) + "\n").encode())

    def call(self, name: str, arguments: dict) -> None:
        """A tools/call arrived."""
        self._append({"name": name, "arguments": arguments})

    def event(self, event: str, **more: object) -> None:
        """Something else happened: a prompt or resource was asked for, a slow call finished or was cancelled."""
        self._append({"event": event, **more})
