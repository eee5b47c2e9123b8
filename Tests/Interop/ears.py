# SPDX-License-Identifier: Apache-2.0
"""What a client under test hears and answers, whatever its SDK.

Promise: every log line and change notification is kept in order; a request of the server's (or one inside an
input_required result) is kept and answered always the same way, in wire form, so drivers know what the server is told.
"""

import anyio

ROOT = "file:///home/ada/project"


class Ears:
    """The client's side of everything a server may start."""

    def __init__(self) -> None:
        self.logs: list[dict] = []
        self.asked: list[dict] = []
        self.listens = False  # changes come by subscriptions/listen; what a message handler hears is the same again
        self._changes_in, self._changes = anyio.create_memory_object_stream(1000)
        self.choices: dict[str, object] = {}  # content for the next forms, by the form's property names

    def log(self, params: dict) -> None:
        self.logs.append(params)

    def change(self, kind: str, uri: str | None = None) -> None:
        """A list_changed (`kind` is tools, prompts or resources) or resources/updated (`kind` is updated)."""
        self._changes_in.send_nowait([kind, uri] if uri else [kind])

    async def next_change(self) -> list[str]:
        return await self._changes.receive()

    def answer(self, method: str, params: dict) -> dict:
        """The answer to elicitation/create, sampling/createMessage or roots/list."""
        self.asked.append({"method": method, "params": params})
        if method == "roots/list":
            return {"roots": [{"uri": ROOT, "name": "project"}]}
        if method == "sampling/createMessage":
            said = params["messages"][0]["content"]["text"]
            content = {"type": "text", "text": f"The model heard: {said}"}
            return {"role": "assistant", "content": content, "model": "test-model", "stopReason": "endTurn"}
        return {"action": "accept", "content": self.filled(params["requestedSchema"]["properties"])}

    def filled(self, properties: dict) -> dict:
        """A form filled in: the chosen value, else the default, else the first choice, else a word."""
        content = {}
        for name, schema in properties.items():
            choices = schema.get("enum") or [one["const"] for one in schema.get("oneOf", [])]
            items = schema.get("items", {})
            many = items.get("enum") or [one["const"] for one in items.get("anyOf", [])]
            if name in self.choices:
                content[name] = self.choices[name]
            elif "default" in schema:
                content[name] = schema["default"]
            elif many:
                content[name] = many[:2]
            elif choices:
                content[name] = choices[0]
            else:
                content[name] = f"a {name}"
        return content
