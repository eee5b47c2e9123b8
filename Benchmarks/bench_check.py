#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times whole processes, from posix_spawn to the end of wait, and compares them with a baseline.

    bench_check.py --cmd writ='/path/writ check exec.run {}' --cmd aport='…' [--baseline aport] [--runs 50]
                   [--warmup 3] [--status writ=1]

Promise: fair. The commands take turns, each round begins with another one, no shell stands between, output goes to
/dev/null, and a `python` is the real binary, not a version manager's shim. A command that ends with another status
than 0 (or its --status) ends the benchmark: a refusal to work must not look like speed. Text table on stderr, one
JSON object on stdout. Ratios are medians over the baseline's median.
"""

import argparse
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time

DEV_NULL = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1)]


def resolved(command: str) -> list[str]:
    """The command's words, with the program's real path first."""
    words = shlex.split(command)
    program = shutil.which(words[0]) if words else None
    if program is None:
        sys.exit(f"bench_check: no such program: {command!r}")
    if os.path.basename(program).startswith("python"):
        ask = [program, "-c", "import sys; print(sys.executable)"]
        program = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip()
    return [program, *words[1:]]


def run_once(words: list[str]) -> tuple[float, float, int]:
    """Milliseconds on the clock, milliseconds of processor time with children, exit status."""
    begin = time.perf_counter_ns()
    pid = os.posix_spawn(words[0], words, os.environ, file_actions=DEV_NULL)
    _, status, usage = os.wait4(pid, 0)
    end = time.perf_counter_ns()
    return (end - begin) / 1e6, (usage.ru_utime + usage.ru_stime) * 1e3, os.waitstatus_to_exitcode(status)


def measure(commands: dict[str, list[str]], wanted: dict[str, int], runs: int, warmup: int) -> dict[str, list]:
    """Every command's (wall, cpu) pairs of the counted rounds."""
    found: dict[str, list] = {name: [] for name in commands}
    names = list(commands)
    for number in range(warmup + runs):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            wall, cpu, status = run_once(commands[name])
            if status != wanted.get(name, 0):
                sys.exit(f"bench_check: {name} ended with status {status}, not {wanted.get(name, 0)}")
            if number >= warmup:
                found[name].append((wall, cpu))
    return found


def summary(pairs: list) -> dict:
    wall = sorted(pair[0] for pair in pairs)
    return {
        "min_ms": round(wall[0], 3),
        "median_ms": round(statistics.median(wall), 3),
        "p95_ms": round(wall[min(len(wall) - 1, int(0.95 * len(wall)))], 3),
        "median_cpu_ms": round(statistics.median(pair[1] for pair in pairs), 3),
    }


def named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals or not value:
        raise argparse.ArgumentTypeError(f"{text!r} is not name=value")
    return name, value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cmd", type=named, action="append", required=True, metavar="NAME=COMMAND")
    parser.add_argument("--status", type=named, action="append", default=[], metavar="NAME=STATUS")
    parser.add_argument("--baseline", help="the name ratios refer to (default: the first)")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--warmup", type=int, default=3)
    options = parser.parse_args()
    commands = {name: resolved(command) for name, command in options.cmd}
    baseline = options.baseline or next(iter(commands))
    if baseline not in commands or options.runs < 1 or len(commands) != len(options.cmd):
        parser.error("names must differ, the baseline must be one of them, and there must be a run")
    wanted = {name: int(status) for name, status in options.status}

    found = measure(commands, wanted, options.runs, options.warmup)
    results = {name: summary(pairs) for name, pairs in found.items()}
    for result in results.values():
        result["ratio"] = round(result["median_ms"] / results[baseline]["median_ms"], 4)

    width = max(map(len, results))
    print(f"{'':{width}}  {'min ms':>9} {'median':>9} {'p95':>9} {'cpu':>9} {'ratio':>9}", file=sys.stderr)
    for name, row in results.items():
        numbers = " ".join(f"{value:9.3f}" for value in row.values())
        print(f"{name:{width}}  {numbers}", file=sys.stderr)
    print(json.dumps({"runs": options.runs, "baseline": baseline, "results": results}))


if __name__ == "__main__":
    main()
