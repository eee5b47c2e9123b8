# SPDX-License-Identifier: Apache-2.0
"""Messages that no SDK sends, the same for both transports, each with what must come back; and how it is judged.

Promise: every body carries a mark of its own (MARK), so that one look at the upstream's record tells whether any part
of it arrived. A case's `codes` are the JSON-RPC error codes that may answer it; None stands for a result.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from raw_client import META, MODERN, meta, request
from report import expect, short

PARSE, INVALID, UNKNOWN, PARAMS = -32700, -32600, -32601, -32602
DENIED = 40301
MARK = "mark-of-this-case"
CALL = {"name": "echo", "arguments": {"text": MARK}}
# What a gateway may ask of a server by itself, at any time.
OWN = ("initialize", "notifications/initialized", "server/discover", "ping", "tools/list", "prompts/list")
OWN += ("resources/list", "resources/templates/list", "subscriptions/listen", "logging/setLevel")


@dataclass(frozen=True)
class Case:
    """One message: what is sent, which answers are right, and whether the upstream may see it."""

    name: str
    body: bytes
    codes: tuple[int | None, ...]
    forwarded: bool | None = False
    status: tuple[int, ...] = (400,)  # HTTP only
    has_id: bool = True  # whether the answer can name the request's id: then it must


def call(modern: bool, **changes: object) -> dict:
    """A good tools/call; changes replace members of the message."""
    return request("tools/call", CALL, 1, modern) | changes


def text(message: object) -> str:
    return json.dumps(message, ensure_ascii=False)


def with_param(modern: bool, **changes: object) -> bytes:
    message = call(modern)
    message["params"] = message["params"] | changes
    return text(message).encode()


def cases(modern: bool) -> list[Case]:
    """The cases of one era."""
    good = text(call(modern))
    rest = text(call(modern)["params"])[1:]
    arguments = f'"arguments":{{"text":"{MARK}"'
    extra = f',"_meta":{text(meta())}' if modern else ""
    start = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo",'

    def tail(inside: str) -> bytes:
        return f"{start}{arguments}{inside}}}{extra}}}}}".encode("utf-8", "surrogatepass")

    bad = (PARSE, INVALID)
    shape = (INVALID, PARAMS)
    numbers = [1.5, True, {"a": 1}, ["1"], None]
    return [
        Case("a good call", good.encode(), (None,), forwarded=True, status=(200,)),
        Case(
            "an id beyond 64 bits",
            good.replace('"id": 1', '"id": 12345678901234567890123').encode(),
            (None,),
            True,
            (200,),
        ),
        Case("a text as id", text(call(modern, id='é 😀 \\ "')).encode(), (None,), True, (200,)),
        Case("an empty text as id", text(call(modern, id="")).encode(), (None,), True, (200,)),
        *(
            Case(f"the id {json.dumps(n)}", text(call(modern, id=n)).encode(), (INVALID,), has_id=False)
            for n in numbers
        ),
        Case("the id 1e2", good.replace('"id": 1', '"id": 1e2').encode(), (INVALID, None), None, (200, 400), False),
        Case("no JSON", f"{MARK} is no JSON".encode(), (PARSE,), has_id=False),
        Case("half a message", good.encode()[:-10], (PARSE,), has_id=False),
        Case("two messages in one", (good + good).encode(), bad, has_id=False),
        Case("a text", f'"{MARK}"'.encode(), bad, has_id=False),
        Case("a batch of one", f"[{good}]".encode(), (INVALID,), has_id=False),
        Case("a batch of two", f"[{good},{good}]".encode(), (INVALID,), has_id=False),
        Case("an empty batch", b"[]", (INVALID,), has_id=False),
        Case("no jsonrpc", text({k: v for k, v in call(modern).items() if k != "jsonrpc"}).encode(), (INVALID,)),
        Case("jsonrpc 1.0", text(call(modern, jsonrpc="1.0")).encode(), (INVALID,)),
        Case("jsonrpc as a number", text(call(modern, jsonrpc=2.0)).encode(), (INVALID,)),
        Case("a number as method", text(call(modern, method=7)).encode(), (INVALID,)),
        Case("parameters as an array", text(call(modern, params=["echo", MARK])).encode(), shape),
        Case("parameters as null", text(call(modern, params=None) | {"mark": MARK}).encode(), shape),
        Case("a result beside the method", text(call(modern, result={})).encode(), (INVALID,)),
        Case("an error beside the method", text(call(modern, error={"code": 1, "message": ""})).encode(), (INVALID,)),
        Case("the name twice", f'{start}"name":"raise",{rest.split(",", 1)[1]}}}'.encode(), bad, has_id=False),
        Case("the method twice", good.replace('"method"', '"method": "ping", "method"', 1).encode(), bad, has_id=False),
        Case("the id twice", good.replace('"id"', '"id": 7, "id"', 1).encode(), bad, has_id=False),
        Case("an argument twice", tail(',"text":"other"'), bad, has_id=False),
        Case("an argument twice, once escaped", tail(',"te\\u0078t":"other"'), bad, has_id=False),
        Case("METHOD beside method", text(call(modern) | {"METHOD": "ping"}).encode(), bad, has_id=False),
        Case("Method instead of method", good.replace('"method"', '"Method"').encode(), bad, has_id=False),
        Case("Params beside params", text(call(modern) | {"Params": {"name": "raise"}}).encode(), bad, has_id=False),
        Case("ID beside id", text(call(modern) | {"ID": 2}).encode(), bad, has_id=False),
        Case("Name beside name", with_param(modern, Name="raise"), (*bad, PARAMS), has_id=False),
        Case("ARGUMENTS beside arguments", with_param(modern, ARGUMENTS={"deny": 1}), (*bad, PARAMS), has_id=False),
        Case("_Meta beside _meta", with_param(modern, _Meta={}), (*bad, PARAMS), has_id=False),
        Case("invalid UTF-8", tail("\udcff").replace(b"\xed\xb3\xbf", b"\xff\xfe"), (PARSE,), has_id=False),
        Case(
            "an overlong slash", tail("x").replace(MARK.encode(), MARK.encode() + b"\xc0\xaf"), (PARSE,), has_id=False
        ),
        Case("a lone surrogate, escaped", tail(',"x":"\\ud800"'), bad, has_id=False),
        Case("a lone surrogate, raw", tail(',"x":"\ud800"'), (PARSE,), has_id=False),
        Case("a control character", tail(',"x":"\x01"'), (PARSE,), has_id=False),
        Case("NaN", tail(',"x":NaN'), (PARSE,), has_id=False),
        Case("a leading zero", tail(',"x":007'), (PARSE,), has_id=False),
        Case("a trailing comma", tail(","), (PARSE,), has_id=False),
        Case("a comment", tail("/* */"), (PARSE,), has_id=False),
        Case("10,000 nested arrays", tail(',"x":' + "[" * 10_000 + "]" * 10_000), bad, has_id=False),
        Case("10,000 nested objects", tail(',"x":' + '{"a":' * 10_000 + "1" + "}" * 10_000), bad, has_id=False),
        Case("10,000 open arrays", tail(',"x":' + "[" * 10_000), bad, has_id=False),
        # Over HTTP what is missing is missed in the header Mcp-Name first.
        Case(
            "no name", text(request("tools/call", {"arguments": {"text": MARK}}, 1, modern)).encode(), (*shape, -32020)
        ),
        Case("a number as name", with_param(modern, name=7), (*shape, -32020)),
        # A denial with its receipt, as a tool's error in a 200, is as good as an error.
        Case("arguments as an array", with_param(modern, arguments=[MARK]), shape, status=(200, 400)),
        Case("arguments as a text", with_param(modern, arguments=MARK), shape, status=(200, 400)),
        Case("_meta as an array", with_param(modern, _meta=[MARK]), shape),
        Case(
            "an unknown method",
            text(request("evil/method", {"text": MARK}, 1, modern)).encode(),
            (UNKNOWN, DENIED),
            status=(404,) if modern else (200,),
        ),
        Case(
            "a method of another case",
            text(request("Tools/Call", CALL, 1, modern)).encode(),
            (UNKNOWN, DENIED),
            status=(404,) if modern else (200,),
        ),
        Case(
            "a method of the server's",
            text(request("sampling/createMessage", {"messages": [], "maxTokens": 1, "text": MARK}, 1, modern)).encode(),
            (UNKNOWN, DENIED),
            status=(404,) if modern else (200,),
        ),
        Case(
            "a task nobody started",
            text(request("tasks/get", {"taskId": f"task-{MARK}"}, 1, modern)).encode(),
            (PARAMS, UNKNOWN, DENIED),
            status=(200, 400, 404),
        ),
        Case(
            "a task nobody started, to be cancelled",
            text(request("tasks/cancel", {"taskId": f"task-{MARK}"}, 1, modern)).encode(),
            (PARAMS, UNKNOWN, DENIED),
            status=(200, 400, 404),
        ),
        Case(
            "a cursor nobody gave",
            text(request("tools/list", {"cursor": f"cursor-{MARK}"}, 1, modern)).encode(),
            (PARAMS,),
            status=(200, 400),
        ),
        Case(
            "a cursor of another kind",
            text(request("tools/list", {"cursor": 7}, 1, modern)).encode(),
            (PARAMS,),
            status=(200, 400),
        ),
        *(modern_cases() if modern else legacy_cases()),
    ]


def without_meta(*keys: str, **changes: object) -> bytes:
    message = call(True)
    kept = {k: v for k, v in meta().items() if k.removeprefix(META) not in keys} | changes
    message["params"]["_meta"] = kept
    return text(message).encode()


def modern_cases() -> list[Case]:
    gone = ["ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "tasks/list", "tasks/result"]
    return [
        Case("no protocolVersion", without_meta("protocolVersion"), (PARAMS, -32020)),
        Case("no clientCapabilities", without_meta("clientCapabilities"), (PARAMS,)),
        Case("no clientInfo", without_meta("clientInfo"), (None,), True, (200,)),
        Case("capabilities as an array", without_meta(**{META + "clientCapabilities": []}), (PARAMS,)),
        Case("a number as version", without_meta(**{META + "protocolVersion": 20260728}), (PARAMS, -32020, -32022)),
        Case("a version nobody serves", without_meta(**{META + "protocolVersion": "2099-01-01"}), (-32022,)),
        *(
            Case(
                f"{method}, which is gone",
                text(request(method, {"uri": MARK}, 1, True)).encode(),
                (UNKNOWN,),
                status=(404,),
            )
            for method in gone
        ),
        Case(
            "a state nobody gave",
            text(request("tools/call", CALL | {"requestState": "x" * 50, "inputResponses": {}}, 1, True)).encode(),
            (PARAMS, DENIED),
            status=(200, 400),
        ),
        Case(
            "a number as state",
            text(request("tools/call", CALL | {"requestState": 7}, 1, True)).encode(),
            (PARAMS, INVALID),
            status=(200, 400),  # only what the transport itself names must be a 400
        ),
    ]


def legacy_cases() -> list[Case]:
    return [
        Case(
            "listening in the wrong era",
            text(request("subscriptions/listen", {"x": MARK})).encode(),
            # On pipes only the method tells the era: it is then a request of 2026-07-28 without its _meta.
            (UNKNOWN, DENIED, PARAMS),
            status=(200, 404),
        ),
        Case(
            "an answer nobody asked for",
            text({"jsonrpc": "2.0", "id": 99, "result": {"x": MARK}}).encode(),
            (None,),
            status=(202, 400),
        ),
        Case(
            "an error nobody asked for",
            text({"jsonrpc": "2.0", "id": "x", "error": {"code": 1, "message": MARK}}).encode(),
            (None,),
            status=(202, 400),
        ),
        Case(
            "an unknown notification",
            text({"jsonrpc": "2.0", "method": "notifications/evil", "params": {"x": MARK}}).encode(),
            (None,),
            status=(202,),
        ),
        Case(
            "the cancellation of nothing",
            text({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": MARK}}).encode(),
            (None,),
            status=(202,),
        ),
        Case(
            "progress of nothing",
            text(
                {"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": MARK, "progress": 1}}
            ).encode(),
            (None,),
            status=(202,),
        ),
        Case(
            "tools/call as a notification",
            text({k: v for k, v in call(False).items() if k != "id"}).encode(),
            (None,),
            status=(202, 400),
        ),
    ]


UNANSWERED = (
    "an answer nobody asked for",
    "an error nobody asked for",
    "an unknown notification",
    "the cancellation of nothing",
    "progress of nothing",
    "tools/call as a notification",
)


# A request and an answer in one: refused, or dropped as an answer nobody asked for.
PERHAPS_UNANSWERED = ("a result beside the method", "an error beside the method")
# Without its version in _meta, a message on stdio is one of the handshake era.
HTTP_ONLY = ("no protocolVersion",)


class Upstream:
    """The upstream server's own record; without a file there is nothing to look at, and nothing is claimed."""

    def __init__(self, path: str | None) -> None:
        self._path = Path(path) if path else None

    def lines(self) -> list[dict]:
        if self._path is None or not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_bytes().splitlines()]

    def forwarded(self, before: int) -> list[dict]:
        """What arrived since, other than what a gateway asks by itself."""
        lines = self.lines()
        asked = {repr(self.message(line).get("id")) for line in lines[:before]}
        found = []
        for line in lines[before:]:
            if line.get("event") != "in":
                continue
            message = self.message(line)
            if message.get("method") == "notifications/cancelled":
                # Of a request of an earlier case, whose client has gone: the gateway tells the server in its own time.
                if repr(message.get("params", {}).get("requestId")) in asked and MARK not in line["body"]:
                    continue
            if MARK in line["body"] or message.get("method") not in OWN:
                found.append(line)
        return found

    @staticmethod
    def message(line: dict) -> dict:
        try:
            message = json.loads(line["body"]) if line.get("event") == "in" else {}
        except (ValueError, RecursionError):
            message = {}
        return message if isinstance(message, dict) else {}

    def judge(self, case_name: str, before: int, forwarded: bool | None) -> None:
        """Raises if something arrived that must not, or nothing that must; None: either is right."""
        if self._path is None or forwarded is None:
            return
        found = self.forwarded(before)
        expect(forwarded or not found, f"{case_name} reached the server: {short(found[:1])}")
        expect(not forwarded or bool(found), f"{case_name} did not reach the server")


def judge_answer(case: Case, answer: dict) -> None:
    """The answer's code, and its id: the request's own if it can be read."""
    error = answer.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(answer.get("result"), dict) and answer["result"].get("isError") and PARAMS in case.codes:
        code = PARAMS  # an input error may as well be told as a tool's
    expect(code in case.codes, f"{case.name}: got {short(answer)}, wanted {case.codes}")
    if code == -32022:
        supported = error.get("data", {}).get("supported", [])
        expect(MODERN in supported, f"data.supported is {supported}")
    if case.has_id and answer and not (code in (PARSE, INVALID) and answer.get("id") is None):
        wanted = json.loads(case.body).get("id")
        expect(answer.get("id") == wanted and type(answer.get("id")) is type(wanted), f"the id is {answer.get('id')!r}")
