# SPDX-License-Identifier: Apache-2.0
"""Drives a fixture server, or a gateway before it, with the SDK of this venv, through every scenario.

    drive_fixtures.py [--mode MODE] [--header 'NAME: VALUE']… [--prefix P] [--tasks] [--no-rounds] [--only WORD] [--bridged]
                      [--direct COMMAND_OR_URL] (--url URL | -- COMMAND ARGS…)

One JSON line per scenario; exit status 0 only if all are ok. With --direct the same scenarios run against the server
itself, and what is seen must be the same. See fixture_scenarios.py for what is promised.
"""

import argparse
import shlex
import sys

import anyio

import fixture_scenarios
from ears import Ears
from report import SCENARIO_SECONDS, Report, causes, exact, expect, installed_peer, short

# Through a gateway these may rightly differ: it adds its own capabilities, codes and identifiers of its own.
OWN_WORDS = ("server-initialize or server-discover", "an unknown tool", "a cursor nobody gave", "tasks-lifecycle")


def options_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", help="SDK 2 only: auto, legacy or 2026-07-28")
    parser.add_argument("--url", help="a Streamable HTTP endpoint, instead of a command")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'")
    parser.add_argument("--prefix", default="", help="what the gateway puts before names")
    parser.add_argument("--tasks", action="store_true", help="the server knows the tasks of 2025-11-25")
    parser.add_argument("--no-rounds", dest="rounds", action="store_false", help="the server knows no input_required")
    parser.add_argument("--only", default="", help="scenarios whose name has this word")
    parser.add_argument("--bridged", action="store_true", help="the server is of another era: answers are not compared")
    parser.add_argument("--direct", help="the server's own command or URL, to be driven as well and compared")
    parser.add_argument("command", nargs="*", help="-- COMMAND ARGUMENTS…")
    options = parser.parse_args()
    if bool(options.url) == bool(options.command):
        parser.error("either --url or a command")
    return options


async def run(target, options: argparse.Namespace, report: Report, direct: dict, *, plain: bool) -> dict:
    """One connection and its scenarios; returns what was seen by scenario."""
    seen: dict = {}
    headers = {} if plain else dict(header.split(": ", 1) for header in options.header)
    prefix = "" if plain else options.prefix
    ears = Ears()
    try:
        async with installed_peer().connect(target, options.mode, headers, ears) as peer:
            report.line("connect", True, f"{peer.server} speaks {peer.version}")
            scenarios = fixture_scenarios.Scenarios(peer, ears, prefix, options.tasks, options.rounds)
            for name, body, needed in fixture_scenarios.PLAN:
                if not needed(scenarios) or options.only not in name:
                    continue
                with report.scenario(name) as scenario:
                    with anyio.fail_after(SCENARIO_SECONDS):
                        seen[name] = await body(scenarios)
                    if name in direct and name not in OWN_WORDS and not options.bridged:
                        same = exact(seen[name]) == exact(direct[name])
                        expect(same, f"got {short(seen[name])}, the server itself gives {short(direct[name])}")
                    scenario.detail = short(seen[name])
    except Exception as error:  # whatever the SDK raises when it cannot open or close the connection
        report.line("connection", False, causes(error))
    return seen


async def drive(options: argparse.Namespace) -> bool:
    report, alone, direct = Report(), Report("direct: "), {}
    if options.direct:
        target = options.direct if options.direct.startswith("http") else shlex.split(options.direct)
        direct = await run(target, options, alone, {}, plain=True)
    await run(options.url or options.command, options, report, direct, plain=False)
    return report.ok and alone.ok


if __name__ == "__main__":
    sys.exit(0 if anyio.run(drive, options_of()) else 1)
