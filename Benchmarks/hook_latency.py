#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times `writ hook claude-code` as a whole process, by itself and with `writ daemon`, beside other hooks.

    hook_latency.py --writ PATH --home HOME [--cmd NAME=COMMAND …] [--runs 50] [--warmup 3]

Promise: every run is another call (a call told twice would be answered from the log), the commands take turns, no shell
stands between, and a command that ends with another status than 0, or a hook that refuses, ends the benchmark. The
daemon is asked afterwards how often it has answered: if that is not every run, it says so. Table on stderr, one JSON
object on stdout: medians in milliseconds, and the largest memory of a run in MB. `python3 -c pass` is always beside it.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

from bench_check import named, resolved


def event(number: int, folder: str) -> bytes:
    return json.dumps({
        "session_id": "bench", "cwd": folder, "hook_event_name": "PreToolUse", "tool_name": "Bash",
        "tool_input": {"command": "ls -l src && git status"}, "tool_use_id": f"toolu_{number}"}).encode()


def run_once(words: list[str], given: str, output: str) -> tuple[float, float]:
    actions = [(os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_TRUNC, 0)]
    begin = time.perf_counter_ns()
    pid = os.posix_spawn(words[0], words, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    milliseconds = (time.perf_counter_ns() - begin) / 1e6
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"hook_latency: {shlex.join(words)} ended with status {os.waitstatus_to_exitcode(status)}")
    return milliseconds, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writ", required=True)
    parser.add_argument("--home", required=True)
    parser.add_argument("--cmd", type=named, action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--warmup", type=int, default=3)
    options = parser.parse_args()
    others = {"python": resolved("python3 -c pass")} | {name: resolved(command) for name, command in options.cmd}
    hook = [os.path.abspath(options.writ), "hook", "claude-code", "--home", os.path.abspath(options.home)]
    found: dict[str, list] = {name: [] for name in ["cold", "daemon", *others]}
    numbers = iter(range(1_000_000))
    with tempfile.TemporaryDirectory() as folder:
        given, output = os.path.join(folder, "event"), os.path.join(folder, "answer")
        open(output, "wb").close()

        def turn(name: str, words: list[str], isCounted: bool) -> None:
            with open(given, "wb") as file:
                file.write(event(next(numbers), folder))
            result = run_once(words, given, output)
            if words is hook:
                with open(output, encoding="utf-8") as file:
                    if "deny" in (text := file.read()):
                        sys.exit(f"hook_latency: refused: {text}")
            if isCounted:
                found[name].append(result)

        for phase in ("cold", "daemon"):
            daemon = None
            if phase == "daemon":
                daemon = subprocess.Popen([hook[0], "daemon", "--home", hook[4]], stderr=subprocess.PIPE, text=True)
                if "listening" not in (line := daemon.stderr.readline()):
                    sys.exit(f"hook_latency: {line}")
            for number in range(options.warmup + options.runs):
                names = [phase, *others] if phase == "cold" else [phase, "python"]
                for name in names[number % len(names):] + names[:number % len(names)]:
                    turn(name, others.get(name, hook), number >= options.warmup)
            if daemon:
                report = json.loads(subprocess.run(
                    [hook[0], "daemon", "--status", "--json", "--home", hook[4]], check=True, capture_output=True).stdout)
                if report["answered"] != options.warmup + options.runs:
                    print(f"hook_latency: the daemon has answered {report['answered']} times", file=sys.stderr)
                subprocess.run([hook[0], "daemon", "--stop", "--home", hook[4]], check=True, capture_output=True)
                daemon.wait()
    results = {
        name: {"median_ms": round(statistics.median(pair[0] for pair in pairs), 3),
               "min_ms": round(min(pair[0] for pair in pairs), 3),
               "max_mb": round(max(pair[1] for pair in pairs), 1)}
        for name, pairs in found.items()}
    for name, row in results.items():
        print(f"{name:10}" + " ".join(f"{key} {value:9.3f}" for key, value in row.items()), file=sys.stderr)
    print(json.dumps({"runs": options.runs, "load": os.getloadavg()[0], "results": results}))


if __name__ == "__main__":
    main()
