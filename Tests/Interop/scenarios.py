# SPDX-License-Identifier: Apache-2.0
"""The scenarios that drive1.py and drive2.py run against the everything server, direct or behind a gateway.

Promise: what the client sends is what the server's own record shows, and what the server answers is what the
client gets, to the last digit; with --expect-masked, prompts and resources are neither offered nor served; with
--expect-denied, a call is refused in the agreed form, never reaches the server, and the connection lives on.
"""

import argparse
import json
import shlex
import sys
from pathlib import Path

import anyio

import everything
from report import SCENARIO_SECONDS, Failed, Report, RPCError, causes, core, exact, expect, expect_same, short

DECISION = "dev.writ/decision"
DENIED = 40301
PROMPTS_AND_RESOURCES = {
    "prompts/list": lambda peer: peer.list_prompts(),
    "prompts/get": lambda peer: peer.get_prompt("greet", {"who": "Ada"}),
    "resources/list": lambda peer: peer.list_resources(),
    "resources/read": lambda peer: peer.read_resource(everything.NOTE_URI),
}
CONCURRENT_CALLS = 20
BIG_BYTES = 1 << 20
EXACT_ARGUMENTS = {
    "text": 'quotes " and \\ and / and \u2028 and \u0000 and \U0001f600',
    "é": "one code point",
    "e\u0301": "two code points, the same letter",
    "z": 1,
    "a": {"nested": [[], {}, "", None, True, False]},
    "integers": [0, -1, 9007199254740993, -9223372036854775808, 18446744073709551616, 12345678901234567890123],
    "decimals": [1.0, -0.0, 0.1, 1e-07, 1e21, 5e-324, 1.7976931348623157e308],
}


def arguments_of(description: str, modes: tuple[str, ...]) -> argparse.Namespace:
    """The command line: options, then `--` and the command of the server or of a gateway before it."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--record", required=True, type=Path, help="the everything server's record")
    parser.add_argument("--direct", help="the server's own command, to be driven as well and compared")
    parser.add_argument("--prefix", default="", help="what the gateway puts before tool names")
    parser.add_argument("--expect-masked", action="store_true", help="prompts and resources must be refused")
    parser.add_argument("--expect-denied", nargs=2, action="append", default=[], metavar=("TOOL", "JSON"))
    if len(modes) > 1:
        parser.add_argument("--mode", choices=modes, default=modes[0])
    parser.add_argument("command", nargs="+", help="-- COMMAND ARGUMENTS…")
    options = parser.parse_args()
    options.mode = getattr(options, "mode", None)
    options.denied = [(tool, json.loads(text)) for tool, text in options.expect_denied]
    return options


class Run:
    """One connection under test, the server's record beside it, and what the server answers directly (or {})."""

    def __init__(self, peer, options: argparse.Namespace, report: Report, direct: dict) -> None:
        self.peer, self.options, self.report, self.direct = peer, options, report, direct
        self.seen: dict = {}

    def record(self) -> list[dict]:
        """Every line of the server's record so far."""
        if not self.options.record.exists():
            return []
        return [json.loads(line) for line in self.options.record.read_bytes().splitlines()]

    def arrived(self, name: str, arguments: dict) -> int:
        """How many such calls the server received."""
        return [exact(line) for line in self.record()].count(exact({"name": name, "arguments": arguments}))

    def same_as_direct(self, what: str, value: object) -> None:
        """Notes what this connection showed; behind a gateway, it must be what the server itself shows."""
        self.seen[what] = value
        if what in self.direct:
            expect_same(value, self.direct[what], f"{what} differs from the server's own")

    async def call(self, name: str, arguments: dict, progress=None) -> dict:
        """tools/call; the server must have received exactly this, once more than before."""
        before = self.arrived(name, arguments)
        try:
            return core(await self.peer.call(self.options.prefix + name, arguments, progress))
        finally:
            expect(self.arrived(name, arguments) == before + 1, f"{name} did not arrive exactly once and unchanged")

    async def all(self) -> None:
        """Every scenario, in order. One that fails does not stop the others."""
        masked = self.options.expect_masked
        plan = [("capabilities", self.capabilities), ("tools/list", self.tools)]
        plan += [("exact arguments", self.echo), ("tool error", self.fail), ("JSON-RPC error", self.rpc_error)]
        plan += [("mixed content", self.mixed), ("big result", self.big), ("unknown tool", self.unknown_tool)]
        plan += [("concurrent calls", self.concurrent), ("progress", self.progress)]
        plan += [("cancellation", self.cancellation)]
        plan += [("masked" if masked else "prompts and resources", self.masked if masked else self.unmasked)]
        for name, scenario in plan:
            await self.scenario(name, scenario)
        for tool, arguments in self.options.denied:
            await self.scenario(f"denied {tool} {short(arguments)}", self.denied, tool, arguments)
        if self.options.denied:
            await self.scenario("after denials", self.echo)

    async def scenario(self, name: str, body, *arguments) -> None:
        with self.report.scenario(name) as scenario:
            with anyio.fail_after(SCENARIO_SECONDS):
                scenario.detail = await body(*arguments) or ""

    async def capabilities(self) -> str:
        found = await self.peer.capabilities()
        expect("tools" in found, f"no tools among {found}")
        for capability in ("prompts", "resources"):
            offered, masked = capability in found, self.options.expect_masked
            expect(offered != masked, f"{capability} {'are' if offered else 'are not'} offered: {found}")
        return exact(found)

    async def tools(self) -> str:
        tools = await self.peer.list_tools()
        for tool in tools:
            expect(tool["name"].startswith(self.options.prefix), f"{tool['name']} lacks {self.options.prefix}")
            tool["name"] = tool["name"].removeprefix(self.options.prefix)
        self.same_as_direct("tools", tools)
        wanted = {tool["name"]: tool for tool in everything.TOOLS}
        expect_same([tool["name"] for tool in tools], list(wanted), "names")
        for tool in tools:
            expect(tool == wanted[tool["name"]], f"{short(tool)} is not {short(wanted[tool['name']])}")
        return " ".join(wanted)

    async def echo(self) -> str:
        result = await self.call("echo", EXACT_ARGUMENTS)
        expect_same(result["structuredContent"], {"arguments": EXACT_ARGUMENTS}, "structuredContent")
        expect_same(result["content"], [everything.text(exact(EXACT_ARGUMENTS))], "content")
        self.same_as_direct("echo", result)
        return "unicode, member order and numbers kept"

    async def fail(self) -> str:
        result = await self.call("fail", {})
        expect_same(result, everything.result("fail", {}), "result")
        self.same_as_direct("fail", result)
        return "isError and its text kept"

    async def rpc_error(self) -> str:
        try:
            result = await self.call("raise", {})
        except RPCError as error:
            got = {"code": error.code, "message": error.message, "data": error.data}
            expect_same(got, everything.ERROR, "error")
            return "code, message and data kept"
        raise Failed(f"a result instead of an error: {short(result)}")

    async def mixed(self) -> str:
        result = await self.call("mixed", {"shade": None})
        expect(result == everything.result("mixed", {}), f"got {short(result)}")
        self.same_as_direct("mixed", result)
        return "text, image and embedded resource kept"

    async def big(self) -> str:
        result = await self.call("big", {"n": BIG_BYTES})
        expect(result["content"] == [everything.text(everything.big_text(BIG_BYTES))], f"got {short(result)}")
        return f"{BIG_BYTES} bytes kept"

    async def unknown_tool(self) -> str:
        try:
            answer = core(await self.peer.call(self.options.prefix + "nothing", {}))
        except RPCError as error:
            return str(error)
        expect(answer.get("isError") is True, f"an unknown tool gave {short(answer)}")
        return short(answer["content"])

    async def concurrent(self) -> str:
        """Small and larger answers at once: each caller gets its own, whole."""
        before = len(self.record())

        async def one(number: int) -> None:
            arguments = {"number": number, "text": "x" * (number * 4001)}
            result = core(await self.peer.call(self.options.prefix + "echo", arguments))
            expect_same(result["structuredContent"], {"arguments": arguments}, f"answer {number}")

        async with anyio.create_task_group() as tasks:
            for number in range(CONCURRENT_CALLS):
                tasks.start_soon(one, number)
        arrived = sorted(line["arguments"]["number"] for line in self.record()[before:])
        expect_same(arrived, list(range(CONCURRENT_CALLS)), "calls that arrived")
        return f"{CONCURRENT_CALLS} calls, each with its own answer"

    async def progress(self) -> str:
        heard = []

        async def hear(progress: float, total: float | None, message: str | None) -> None:
            heard.append([float(progress), total and float(total), message])

        result = await self.call("slow", {"seconds": 0.2, "steps": 5}, hear)
        expect_same(result, everything.result("slow", {}), "result")
        expect_same(heard, [[float(n), 5.0, f"step {n} of 5"] for n in range(1, 6)], "progress")
        return "5 steps in order"

    async def cancellation(self) -> str:
        """Cancelled at its first step, the call must stop in the server. Each list request gives it a turn."""
        before = len(self.record())
        await self.peer.cancel_after_progress(self.options.prefix + "slow", {"seconds": 0.5, "steps": 10})
        ended: list = []
        while not ended:
            await self.peer.list_tools()
            ended = [line["event"] for line in self.record()[before:] if "event" in line]
        expect_same(ended, ["cancelled"], "how the call ended in the server")
        return "the server stopped the call"

    async def unmasked(self) -> str:
        for method, ask in PROMPTS_AND_RESOURCES.items():
            answer = await ask(self.peer)
            self.same_as_direct(method, core(answer) if isinstance(answer, dict) else answer)
        expect(self.seen["prompts/list"] == everything.PROMPTS, f"got {short(self.seen['prompts/list'])}")
        expect(self.seen["prompts/get"] == everything.greeting({"who": "Ada"}), f"got {self.seen['prompts/get']}")
        expect(self.seen["resources/list"] == everything.RESOURCES, f"got {self.seen['resources/list']}")
        expect(self.seen["resources/read"] == everything.note(), f"got {self.seen['resources/read']}")
        return "listed and read"

    async def masked(self) -> str:
        before = len(self.record())
        for method, ask in PROMPTS_AND_RESOURCES.items():
            try:
                answer = await ask(self.peer)
            except RPCError as error:
                expect(error.code == DENIED, f"{method} was refused otherwise: {error}")
            else:
                raise Failed(f"{method} was answered: {short(answer)}")
        expect_same(self.record()[before:], [], "what reached the server")
        return f"four methods refused with {DENIED}, none reached the server"

    async def denied(self, tool: str, arguments: dict) -> str:
        before = self.record()
        result = await self.peer.call(self.options.prefix + tool, arguments)
        await self.peer.list_tools()  # a round trip to the server: what was forwarded late has arrived now
        expect_same(self.record()[len(before) :], [], "what reached the server")
        expect(result.get("isError") is True, f"not an error: {short(result)}")
        decision = result.get("_meta", {}).get(DECISION)
        expect(isinstance(decision, dict), f"no _meta[{DECISION!r}] in {short(result)}")
        expect(decision.get("allow") is False, f"allow is not false in {short(decision)}")
        for member in ("receipt_id", "reason", "checked_at", "agent_id"):
            value = decision.get(member)
            expect(isinstance(value, str) and value != "", f"no {member} in {short(decision)}")
        said = "".join(item.get("text", "") for item in result["content"])
        expect(decision["receipt_id"] in said, f"the text does not name the receipt: {short(said)}")
        return said


async def drive(connect, options: argparse.Namespace) -> bool:
    """Runs everything; True if all was ok."""
    report, alone, direct = Report(), Report("direct: "), {}
    if options.direct:
        plain = argparse.Namespace(**vars(options) | {"expect_masked": False, "denied": [], "prefix": ""})
        direct = await run(connect, shlex.split(options.direct), None, plain, alone, {})
    await run(connect, options.command, options.mode, options, report, direct)
    return report.ok and alone.ok


async def run(connect, command: list[str], mode: str | None, options, report: Report, direct: dict) -> dict:
    """One connection and its scenarios; returns what was seen."""
    seen: dict = {}
    try:
        async with connect(command, mode) as peer:
            report.line("connect", True, f"{peer.server} speaks {peer.version}")
            scenarios = Run(peer, options, report, direct)
            await scenarios.all()
            seen = scenarios.seen
    except Exception as error:  # whatever the SDK raises when it cannot open or close the connection
        report.line("connection", False, causes(error))
    return seen


def main(description: str, connect, modes: tuple[str, ...]) -> None:
    options = arguments_of(description, modes)
    sys.exit(0 if anyio.run(drive, connect, options) else 1)
