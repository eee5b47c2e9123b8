# SPDX-License-Identifier: Apache-2.0
"""What the two fixture servers offer: every name that MCP's conformance scenarios for servers ask for, in wire form.

Promise: fixtures1.py and fixtures2.py answer with exactly these definitions and results, whatever the SDK, so that a
driver knows what it must get, directly or through a gateway. `Rounds` asks the client for input in several round
trips and refuses a requestState that is not the one it gave, to the byte. Nothing here knows an SDK or a transport.
"""

import base64
import hashlib
import hmac
import json
import struct

import everything
from everything import PIXEL, text

IMAGE = {"type": "image", "data": PIXEL, "mimeType": "image/png"}
AUDIO = {
    "type": "audio",
    # A WAV file of eight silent samples.
    "data": base64.b64encode(
        struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 44, b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, b"data", 8)
        + bytes([128] * 8)
    ).decode(),
    "mimeType": "audio/wav",
}
STATIC_TEXT, STATIC_BINARY = "test://static-text", "test://static-binary"
TEMPLATE, WATCHED = "test://template/{id}/data", "test://watched-resource"
ASK_PROMPT = "test_input_required_result_prompt"
PROGRESS = [[0, 100], [50, 100], [100, 100]]
LOG_LINES = ["Tool execution started", "Tool processing data", "Tool execution completed"]
COMPLETIONS = ["paris", "park", "party", "lisbon"]
DEFAULTS = {"name": "John Doe", "age": 30, "score": 95.5, "status": "active", "verified": True}

NAME_FORM = {"type": "object", "properties": {"name": {"type": "string", "minLength": 1}}, "required": ["name"]}
DEFAULTS_FORM = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "User name", "default": DEFAULTS["name"]},
        "age": {"type": "integer", "description": "User age", "default": DEFAULTS["age"]},
        "score": {"type": "number", "description": "User score", "default": DEFAULTS["score"]},
        "status": {
            "type": "string",
            "description": "User status",
            "enum": ["active", "inactive", "pending"],
            "default": DEFAULTS["status"],
        },
        "verified": {"type": "boolean", "description": "Verification status", "default": DEFAULTS["verified"]},
    },
    "required": [],
}
TITLED = [{"const": f"value{n}", "title": f"{word} option"} for n, word in enumerate(("First", "Second", "Third"), 1)]
ENUMS_FORM = {
    "type": "object",
    "properties": {
        "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
        "titledSingle": {"type": "string", "oneOf": TITLED},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2"], "enumNames": ["Option one", "Option two"]},
        "untitledMulti": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]},
        },
        "titledMulti": {"type": "array", "items": {"anyOf": TITLED}},
    },
    "required": [],
}
SCHEMA_2020_12 = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}


def tool(name: str, description: str, properties: dict | None = None, **more: object) -> dict:
    """A tool's definition whose listed properties are all required."""
    schema: dict = {"type": "object", "properties": properties or {}}
    if properties:
        schema["required"] = list(properties)
    return {"name": name, "description": description, "inputSchema": schema} | more


STRING = {"type": "string"}
INPUT_TOOLS = {
    "elicitation": "Asks for a name.",
    "sampling": "Asks the client's model.",
    "list_roots": "Asks for the client's roots.",
    "request_state": "Asks for a name and wants its state back.",
    "multiple_inputs": "Asks for three things at once.",
    "multi_round": "Asks twice, one thing after the other.",
    "tampered_state": "Asks for a name and refuses a state that was changed.",
    "capabilities": "Asks only for what the client said it can do.",
    "validate_input": "Asks again until the answer fits its schema.",
    "state_only": "Gives a state without asking for anything.",
}
TOOLS = [
    *everything.TOOLS,
    tool("test_simple_text", "Answers with a text.", annotations={"readOnlyHint": True}),
    tool("test_image_content", "Answers with an image."),
    tool("test_audio_content", "Answers with a sound."),
    tool("test_embedded_resource", "Answers with a resource."),
    tool("test_multiple_content_types", "Answers with a text, an image and a resource."),
    tool("test_error_handling", "Answers with a tool error."),
    tool("test_tool_with_progress", "Reports progress three times."),
    tool("test_tool_with_logging", "Logs three lines."),
    tool("test_sampling", "Asks the client's model.", {"prompt": STRING}),
    tool("test_elicitation", "Asks the client's user.", {"message": STRING}),
    tool("test_elicitation_sep1034_defaults", "Asks with default values."),
    tool("test_elicitation_sep1330_enums", "Asks with every kind of choice."),
    tool("test_list_roots", "Asks for the client's roots."),
    {
        "name": "json_schema_2020_12_tool",
        "description": "Its schema uses what JSON Schema 2020-12 has.",
        "inputSchema": SCHEMA_2020_12,
    },
    *(tool(f"test_input_required_result_{name}", about) for name, about in INPUT_TOOLS.items()),
    tool(
        "test_change", "Says that something changed: tools, prompts, resources or a resource's URI.", {"what": STRING}
    ),
    {
        "name": "test_x_header",
        "description": "Two of its parameters are mirrored in headers.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "region": {"type": "string", "x-mcp-header": "Region"},
                "priority": {"type": "integer", "x-mcp-header": "Priority"},
                "query": STRING,
            },
            "required": ["query"],
        },
    },
]
RESOURCES = [
    {"uri": STATIC_TEXT, "name": "Static text", "description": "A text.", "mimeType": "text/plain"},
    {"uri": STATIC_BINARY, "name": "Static binary", "description": "An image.", "mimeType": "image/png"},
    {"uri": WATCHED, "name": "Watched resource", "description": "Can be subscribed to.", "mimeType": "text/plain"},
]
TEMPLATES = [
    {"uriTemplate": TEMPLATE, "name": "Template", "description": "Data by number.", "mimeType": "application/json"}
]
PROMPTS = [
    {"name": "test_simple_prompt", "description": "A prompt without arguments."},
    {
        "name": "test_prompt_with_arguments",
        "description": "A prompt with two arguments.",
        "arguments": [
            {"name": "arg1", "description": "The first.", "required": True},
            {"name": "arg2", "description": "The second.", "required": True},
        ],
    },
    {
        "name": "test_prompt_with_embedded_resource",
        "description": "A prompt with a resource.",
        "arguments": [{"name": "resourceUri", "description": "Which.", "required": True}],
    },
    {"name": "test_prompt_with_image", "description": "A prompt with an image."},
    {"name": ASK_PROMPT, "description": "A prompt that asks for something first."},
]


def resource(uri: str, value: str = "This is an embedded resource.") -> dict:
    return {"type": "resource", "resource": {"uri": uri, "mimeType": "text/plain", "text": value}}


def result(name: str, arguments: dict) -> dict:
    """The result of a call that needs nothing from the client; KeyError for an unknown tool."""
    plain = {
        "test_simple_text": [text("This is a simple text response for testing.")],
        "test_image_content": [IMAGE],
        "test_audio_content": [AUDIO],
        "test_embedded_resource": [resource("test://embedded-resource")],
        "test_multiple_content_types": [text("Several kinds of content:"), IMAGE, resource("test://mixed")],
        "test_tool_with_progress": [text("progressed")],
        "test_tool_with_logging": [text("logged")],
        "test_change": [text("said so")],
        "json_schema_2020_12_tool": [text(json.dumps(arguments, ensure_ascii=False))],
        "test_x_header": [text(json.dumps(arguments, ensure_ascii=False))],
    }
    if name == "test_error_handling":
        return {"content": [text("This tool intentionally returns an error for testing")], "isError": True}
    if name in plain:
        return {"content": plain[name], "isError": False}
    return everything.result(name, arguments)


def read(uri: str) -> dict:
    """The result of resources/read; KeyError for an unknown URI."""
    if uri == STATIC_TEXT:
        return {"contents": [{"uri": uri, "mimeType": "text/plain", "text": "The content of the static text."}]}
    if uri == STATIC_BINARY:
        return {"contents": [{"uri": uri, "mimeType": "image/png", "blob": PIXEL}]}
    if uri == WATCHED:
        return {"contents": [{"uri": uri, "mimeType": "text/plain", "text": "watched"}]}
    before, after = TEMPLATE.split("{id}")
    identifier = uri.removeprefix(before).removesuffix(after)
    if uri != before + identifier + after or "/" in identifier:
        raise KeyError(uri)
    data = json.dumps({"id": identifier, "data": f"Data for {identifier}"})
    return {"contents": [{"uri": uri, "mimeType": "application/json", "text": data}]}


def prompt(name: str, arguments: dict) -> dict:
    """The result of prompts/get; KeyError for an unknown prompt or a missing argument."""
    contents = {
        "test_simple_prompt": lambda: [text("This is a simple prompt for testing.")],
        "test_prompt_with_arguments": lambda: [text(f"arg1={arguments['arg1']!r}, arg2={arguments['arg2']!r}")],
        "test_prompt_with_embedded_resource": lambda: [resource(arguments["resourceUri"]), text("Look at this.")],
        "test_prompt_with_image": lambda: [IMAGE, text("Look at this.")],
    }[name]()
    return {"messages": [{"role": "user", "content": content} for content in contents]}


def complete(name: str, typed: str) -> dict:
    """The result of completion/complete for an argument's beginning."""
    values = [value for value in COMPLETIONS if value.startswith(typed)]
    return {"completion": {"values": values, "total": len(values), "hasMore": False}}


def page(items: list, cursor: str | None, size: int | None, what: str) -> tuple[list, str | None]:
    """One page and the cursor of the next; ValueError for a cursor that this list did not give."""
    if size is None:
        size = len(items)
    begin = 0
    if cursor is not None:
        kind, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        begin = int(number)
        if kind != what or begin not in range(size, len(items), size):
            raise ValueError(cursor)
    end = begin + size
    return items[begin:end], base64.b64encode(f"{what}:{end}".encode()).decode() if end < len(items) else None


def elicitation(message: str, form: dict) -> dict:
    """A request for a form to be filled in."""
    return {"method": "elicitation/create", "params": {"mode": "form", "message": message, "requestedSchema": form}}


def sampling(prompt: str) -> dict:
    """A request to the client's model."""
    message = {"role": "user", "content": text(prompt)}
    return {"method": "sampling/createMessage", "params": {"messages": [message], "maxTokens": 100}}


ROOTS = {"method": "roots/list"}
CAPABILITY = {"elicitation/create": "elicitation", "sampling/createMessage": "sampling", "roots/list": "roots"}


def asked(name: str, arguments: dict) -> dict | None:
    """The one request that an old-style tool makes of the client, or None if it makes none."""
    match name:
        case "test_sampling":
            return sampling(arguments["prompt"])
        case "test_elicitation":
            form = {"username": {"type": "string", "description": "Your name"}, "email": {"type": "string"}}
            form = {"type": "object", "properties": form, "required": ["username", "email"]}
            return elicitation(arguments["message"], form)
        case "test_elicitation_sep1034_defaults":
            return elicitation("Look at the default values.", DEFAULTS_FORM)
        case "test_elicitation_sep1330_enums":
            return elicitation("Choose.", ENUMS_FORM)
        case "test_list_roots":
            return ROOTS
    return None


def told(name: str, answer: dict) -> dict:
    """The result of an old-style tool once the client has answered: its answer, as text, members in order."""
    return {"content": [text(f"{name}: " + json.dumps(plain_answer(answer), sort_keys=True))], "isError": False}


def plain_answer(answer: dict) -> dict:
    """What an answer says, without what SDKs add or leave out."""
    if "roots" in answer:
        return {"roots": [str(root["uri"]) for root in answer["roots"]]}
    if "action" in answer:
        return {"action": answer["action"], "content": answer.get("content") or {}}
    return {"role": answer["role"], "text": answer["content"]["text"], "model": answer["model"]}


class BadState(Exception):
    """A requestState that this server did not give for this tool."""


class Rounds:
    """Multi-round-trip tools. Keeps nothing between the rounds: what it must know is in the state, under a MAC."""

    def __init__(self) -> None:
        self._key = hashlib.sha256(b"the fixture server's state").digest()

    def seal(self, name: str, facts: dict) -> str:
        """A state with characters that careless hands change: quotes, slashes, blanks, signs, other scripts."""
        body = json.dumps({"tool": name, "facts": facts, "pad": ' +/="\\é日😀 '}, ensure_ascii=False)
        return body + "." + hmac.new(self._key, body.encode(), "sha256").hexdigest()

    def unseal(self, name: str, state: str) -> dict:
        body, _, mac = state.rpartition(".")
        if not hmac.compare_digest(mac, hmac.new(self._key, body.encode(), "sha256").hexdigest()):
            raise BadState("the requestState was changed")
        found = json.loads(body)
        if found["tool"] != name:
            raise BadState("the requestState is another tool's")
        return found["facts"]

    def answer(self, name: str, responses: dict | None, state: str | None, capabilities: set[str]) -> dict:
        """The result for one round, as wire JSON: input_required or complete. BadState, or KeyError if unknown.

        `name` is what follows test_input_required_result_; `responses` and `state` are the client's.
        """
        responses = responses or {}
        facts = self.unseal(name, state) if state is not None else {}
        ask_name = {"user_name": elicitation("What is your name?", NAME_FORM)}
        ask_model = {"capital": sampling("What is the capital of France?")}
        ask_roots = {"roots": ROOTS}
        match name:
            case "elicitation" | "validate_input" | "prompt":
                wanted, sealed = ask_name, None
            case "sampling":
                wanted, sealed = ask_model, None
            case "list_roots":
                wanted, sealed = ask_roots, None
            case "request_state" | "tampered_state":
                wanted, sealed = ask_name, {"asked": True}
            case "multiple_inputs":
                wanted, sealed = ask_name | ask_model | ask_roots, {"asked": True}
            case "capabilities":
                possible = ask_name | ask_model | ask_roots
                wanted = {k: v for k, v in possible.items() if CAPABILITY[v["method"]] in capabilities}
                sealed = None
            case "state_only":
                return self.done(name, {}) if facts else self.ask({}, self.seal(name, {"waited": True}))
            case "multi_round":
                return self.second_round(name, responses, facts)
            case _:
                raise KeyError(name)
        if sealed is not None and responses and not facts:
            raise BadState("responses without the requestState")
        if all(key in responses and fits(request, responses[key]) for key, request in wanted.items()):
            return self.done(name, {key: responses[key] for key in wanted})
        return self.ask(wanted, self.seal(name, sealed) if sealed is not None else None)

    def second_round(self, name: str, responses: dict, facts: dict) -> dict:
        """The name first, then a colour; what was said in the first round comes back in the state."""
        colour = {"type": "object", "properties": {"color": STRING}, "required": ["color"]}
        if facts.get("round") == 2 and "color" in responses:
            said = {"name": facts["name"], "color": responses["color"]["content"]["color"]}
            return {"content": [text(f"{name}: " + json.dumps(said, sort_keys=True))], "isError": False}
        if facts.get("round") == 1 and "name" in responses:
            sealed = self.seal(name, {"round": 2, "name": responses["name"]["content"]["name"]})
            return self.ask({"color": elicitation("And your favourite colour?", colour)}, sealed)
        return self.ask({"name": elicitation("What is your name?", NAME_FORM)}, self.seal(name, {"round": 1}))

    @staticmethod
    def ask(requests: dict, state: str | None) -> dict:
        found: dict = {"resultType": "input_required"}
        if requests:
            found["inputRequests"] = requests
        if state is not None:
            found["requestState"] = state
        return found

    @staticmethod
    def done(name: str, responses: dict) -> dict:
        said = {key: plain_answer(response) for key, response in responses.items()}
        return {"content": [text(f"{name}: " + json.dumps(said, sort_keys=True))], "isError": False}


def fits(request: dict, response: dict) -> bool:
    """Whether an answer is of the kind that was asked for and, for the form with a name, has one."""
    if request["method"] == "roots/list":
        return "roots" in response
    if request["method"] == "sampling/createMessage":
        return "content" in response and "role" in response
    return response.get("action") == "accept" and bool((response.get("content") or {}).get("name"))
