# SPDX-License-Identifier: Apache-2.0
"""Plays a few calls of any server, directly or through a gateway, with the SDK of this venv.

    drive_steps.py --script FILE [--mode MODE] [--header 'NAME: VALUE']… [--prefix P] (--url URL | -- COMMAND ARGS…)

FILE is a JSON list of steps {"name", "tool", "arguments", "wanted": "result"|"error"|"denied", "says": [words]}: a
result without isError, an error of either kind that is the server's own, or a denial in the agreed form. The list of
tools is asked for first and must have each step's tool, with a prefix at the latest after a minute. One JSON line per
step.
"""

import argparse
import json
import sys
from pathlib import Path

import anyio

from report import SCENARIO_SECONDS, Report, RPCError, causes, expect, installed_peer, short

DECISION = "dev.writ/decision"


async def play(peer, prefix: str, step: dict) -> str:
    wanted = step.get("wanted", "result")
    try:
        answer = await peer.call(prefix + step["tool"], step.get("arguments", {}))
    except RPCError as error:
        expect(wanted == "error" and error.code != 40301, str(error))
        return str(error)
    decision = (answer.get("_meta") or {}).get(DECISION)
    text = "".join(item.get("text", "") for item in answer["content"])
    if wanted == "denied":
        expect(answer.get("isError") is True and decision is not None, f"not denied: {short(answer)}")
        expect(decision.get("allow") is False, f"decision: {short(decision)}")
    else:
        expect(bool(answer.get("isError")) == (wanted == "error"), f"wanted was a {wanted}: {short(answer)}")
        expect(decision is None or decision.get("allow") is not False, f"denied: {short(answer)}")
    for word in step.get("says", []):
        expect(word in text, f"no {word!r} in {short(text)}")
    return short(text)


async def listed(peer, wanted: set[str], seconds: float) -> list[str]:
    """The tools' names. Among several servers one that starts slowly is left out, and is there in a later list."""
    end = anyio.current_time() + seconds
    while True:
        names = [tool["name"] for tool in await peer.list_tools()]
        if wanted <= set(names) or anyio.current_time() >= end:
            return names


async def drive(options: argparse.Namespace) -> bool:
    report = Report()
    steps = json.loads(options.script.read_text())
    headers = dict(header.split(": ", 1) for header in options.header)
    try:
        async with installed_peer().connect(options.url or options.command, options.mode, headers) as peer:
            report.line("connect", True, f"{peer.server} speaks {peer.version}")
            with report.scenario("list") as scenario:
                wanted = {options.prefix + step["tool"] for step in steps}
                names = await listed(peer, wanted, SCENARIO_SECONDS if options.prefix else 0)
                expect(wanted <= set(names), f"no {sorted(wanted - set(names))} among {names}")
                scenario.detail = " ".join(names)
            for step in steps:
                with report.scenario(step["name"]) as scenario, anyio.fail_after(SCENARIO_SECONDS):
                    scenario.detail = await play(peer, options.prefix, step)
    except Exception as error:  # whatever the SDK raises when it cannot open or close the connection
        report.line("connection", False, causes(error))
    return report.ok


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--script", type=Path, required=True)
    parser.add_argument("--mode", help="SDK 2 only: auto, legacy or 2026-07-28")
    parser.add_argument("--url", help="a Streamable HTTP endpoint, instead of a command")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'")
    parser.add_argument("--prefix", default="", help="what the gateway puts before tool names")
    parser.add_argument("command", nargs="*", help="-- COMMAND ARGUMENTS…")
    sys.exit(0 if anyio.run(drive, parser.parse_args()) else 1)


if __name__ == "__main__":
    main()
