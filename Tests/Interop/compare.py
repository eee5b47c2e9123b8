# SPDX-License-Identifier: Apache-2.0
"""Runs the same calls against a real server twice, directly and through a gateway, and compares the answers.

Promise: each step is one scenario; it is ok if the direct answer is what the step wants and the gateway's answer
is the same, apart from what the driver masks because it differs between any two runs (hashes, times).
"""

import argparse
import shlex
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import anyio

from report import SCENARIO_SECONDS, Report, RPCError, causes, core, expect, expect_same, installed_peer, short


@dataclass(frozen=True)
class Step:
    """One tools/call; `holds` says whether an answer is what it should be.

    With `same` false the gateway may answer in its own words, as it may for a tool that it never saw listed.
    """

    name: str
    tool: str
    arguments: dict
    holds: Callable[[dict], bool]
    same: bool = True


def parser_of(description: str, program: str) -> argparse.ArgumentParser:
    """The options every comparing driver has."""
    beside = Path(sys.executable).parent / program
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--gateway", default="", help="a command's beginning, up to the server's command")
    parser.add_argument("--prefix", default="", help="what the gateway puts before tool names")
    parser.add_argument("--mode", help="SDK 2 only: auto, legacy or 2026-07-28")
    parser.add_argument("--server", default=str(beside), help="the server's executable (default: this venv's)")
    return parser


def said(answer: dict) -> str:
    """All the text of an answer."""
    return "\n".join(item.get("text", "") for item in answer.get("content", []))


def succeeded(*words: str) -> Callable[[dict], bool]:
    """The call went well and its text has these words."""
    return lambda answer: not answer.get("isError") and all(word in said(answer) for word in words)


def refused(answer: dict) -> bool:
    """The server itself refused: a tool error or a JSON-RPC error, as its revision has it."""
    return answer.get("isError") is True or "error" in answer


async def answers(command: list[str], mode: str | None, prefix: str, steps: list[Step]) -> dict:
    """Each step's answer, and under "tools" the list of tools."""
    found: dict = {}
    async with installed_peer().connect(command, mode) as peer:
        with anyio.fail_after(SCENARIO_SECONDS):
            tools = await peer.list_tools()
            found["tools"] = [tool | {"name": tool["name"].removeprefix(prefix)} for tool in tools]
            for step in steps:
                try:
                    found[step.name] = core(await peer.call(prefix + step.tool, step.arguments))
                except RPCError as error:
                    found[step.name] = {"error": vars(error)}
    return found


def run(options: argparse.Namespace, command: list[str], steps: list[Step], mask, workbench=nullcontext) -> None:
    """Drives, compares, reports and exits. Each of the two runs is inside `workbench()`; `mask` applies to texts."""
    report = Report()

    def take(name: str, prefix: str, command: list[str]) -> dict:
        try:
            with workbench():
                return anyio.run(answers, command, options.mode, prefix, steps)
        except Exception as error:  # whatever the SDK raises when a connection fails, and Failed from the workbench
            report.line(name, False, causes(error))
            sys.exit(1)

    direct = take("direct", "", command)
    through = take("through the gateway", options.prefix, shlex.split(options.gateway) + command)
    with report.scenario("tools") as scenario:
        expect_same(through["tools"], direct["tools"], "tools")
        scenario.detail = " ".join(tool["name"] for tool in direct["tools"])
    for step in steps:
        with report.scenario(step.name) as scenario:
            expect(step.holds(direct[step.name]), f"the server itself answered {short(direct[step.name])}")
            expect(step.holds(through[step.name]), f"the gateway answered {short(through[step.name])}")
            if step.same:
                expect_same(masked(through[step.name], mask), masked(direct[step.name], mask), step.tool)
            scenario.detail = short(said(through[step.name]) or through[step.name])
    sys.exit(0 if report.ok else 1)


def masked(value: object, mask) -> object:
    """The value with `mask` applied to every text in it."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [masked(item, mask) for item in value]
    if isinstance(value, dict):
        return {key: masked(item, mask) for key, item in value.items()}
    return value
