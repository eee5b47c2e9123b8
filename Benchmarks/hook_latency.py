#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times `writ hook claude-code` as a whole process, by itself and with `writ daemon`, beside other hooks.

    hook_latency.py --writ PATH --home HOME [--project FOLDER] [--cmd NAME=COMMAND …] [--runs 50] [--warmup 3]

Promise: every run is another call (a call told twice would be answered from the log), the commands take turns, no shell
stands between, and a command that ends with another status than 0, or a hook that refuses, ends the benchmark. The
daemon is asked afterwards how often it has answered: if that is not every run, it says so. Table on stderr, one JSON
object on stdout: medians in milliseconds, on the clock and of the processor; `python3 -c pass` is always beside it, in
both parts of the run. A few more runs of each tell the largest memory in MB, and where there is an strace one more of
the hook counts the fdatasyncs: `syncs`, of the daemon's own process where that decides.
"""

import argparse
import json
import os
import shlex
import shutil
import signal
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


def syncs(trace: str) -> int:
    """The fdatasyncs and fsyncs of a trace."""
    with open(trace, encoding="utf-8", errors="replace") as file:
        return sum("fdatasync(" in line or "fsync(" in line for line in file)


# A process begins with the peak of the one that started it, so a small one has to (9 MB).
METER = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, _, usage = os.wait4(pid, 0)
print(usage.ru_maxrss, file=sys.stderr)
"""
METERED = 5


def memory_of(words: list[str], given: str) -> float:
    """The most that a run had in memory, in MB."""
    with open(given, "rb") as file:
        run = subprocess.run(
            [sys.executable, "-ISc", METER, *words], stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            check=True, text=True)
    return int(run.stderr.split()[-1]) / 1024


def run_once(words: list[str], given: str, output: str) -> tuple[float, float]:
    """Milliseconds on the clock, and milliseconds of the processor."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_TRUNC, 0)]
    begin = time.perf_counter_ns()
    pid = os.posix_spawn(words[0], words, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    milliseconds = (time.perf_counter_ns() - begin) / 1e6
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"hook_latency: {shlex.join(words)} ended with status {os.waitstatus_to_exitcode(status)}")
    return milliseconds, (usage.ru_utime + usage.ru_stime) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writ", required=True)
    parser.add_argument("--home", required=True)
    parser.add_argument("--project", help="where the agent works (default: a folder with nothing in it)")
    parser.add_argument("--cmd", type=named, action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--warmup", type=int, default=3)
    options = parser.parse_args()
    others = {"python": resolved("python3 -c pass")} | {name: resolved(command) for name, command in options.cmd}
    strace = shutil.which("strace")
    hook = [os.path.abspath(options.writ), "hook", "claude-code", "--home", os.path.abspath(options.home)]
    found: dict[str, list] = {name: [] for name in ["cold", "daemon", *others]}
    found["python beside the daemon"] = []
    counted: dict[str, int] = {}
    largest: dict[str, float] = {}
    numbers = iter(range(1_000_000))
    with tempfile.TemporaryDirectory() as folder:
        given, output = os.path.join(folder, "event"), os.path.join(folder, "answer")
        open(output, "wb").close()

        def ask() -> None:
            with open(given, "wb") as file:
                file.write(event(next(numbers), options.project or folder))

        def turn(words: list[str]) -> tuple[float, float]:
            ask()
            result = run_once(words, given, output)
            if words[-len(hook):] == hook:
                with open(output, encoding="utf-8") as file:
                    if "deny" in (text := file.read()):
                        sys.exit(f"hook_latency: refused: {text}")
            return result

        def count(phase: str, daemon: subprocess.Popen | None) -> None:
            """One more run under strace, which cannot be timed."""
            trace = os.path.join(folder, "trace")
            tracing = [strace, "-f", "-e", "trace=fdatasync,fsync", "-o", trace]
            if daemon is None:
                turn([*tracing, *hook])
            else:
                tracer = subprocess.Popen([*tracing, "-p", str(daemon.pid)], stderr=subprocess.PIPE, text=True)
                tracer.stderr.readline()  # it has attached
                turn(hook)
                tracer.send_signal(signal.SIGINT)
                tracer.communicate()
            counted[phase] = syncs(trace)

        for phase in ("cold", "daemon"):
            daemon = None
            if phase == "daemon":
                daemon = subprocess.Popen([hook[0], "daemon", "--home", hook[4]], stderr=subprocess.PIPE, text=True)
                if "listening" not in (line := daemon.stderr.readline()):
                    sys.exit(f"hook_latency: {line}")
            names = [phase, *others] if phase == "cold" else [phase, "python beside the daemon"]
            for number in range(options.warmup + options.runs):
                for name in names[number % len(names):] + names[:number % len(names)]:
                    result = turn(hook if name == phase else others.get(name, others["python"]))
                    if number >= options.warmup:
                        found[name].append(result)
            for name in names:
                for _ in range(METERED):
                    ask()
                    used = memory_of(hook if name == phase else others.get(name, others["python"]), given)
                    largest[name] = max(used, largest.get(name, 0))
            if strace:
                count(phase, daemon)
            if daemon:
                report = json.loads(subprocess.run(
                    [hook[0], "daemon", "--status", "--json", "--home", hook[4]], check=True, capture_output=True).stdout)
                if report["answered"] != options.warmup + options.runs + METERED + (1 if strace else 0):
                    print(f"hook_latency: the daemon has answered {report['answered']} times", file=sys.stderr)
                with open(f"/proc/{daemon.pid}/status", encoding="utf-8") as file:
                    line = next(line for line in file if line.startswith("VmRSS:"))
                    memory = round(int(line.split()[1]) / 1024, 1)
                subprocess.run([hook[0], "daemon", "--stop", "--home", hook[4]], check=True, capture_output=True)
                daemon.wait()
    results = {
        name: {"median_ms": round(statistics.median(pair[0] for pair in pairs), 3),
               "min_ms": round(min(pair[0] for pair in pairs), 3),
               "cpu_ms": round(statistics.median(pair[1] for pair in pairs), 3),
               "max_mb": round(largest[name], 1)}
        for name, pairs in found.items()}
    for name, row in results.items():
        print(f"{name:25}" + " ".join(f"{key} {value:9.3f}" for key, value in row.items()), file=sys.stderr)
    for name, number in counted.items():
        results[name]["syncs"] = number
    print(json.dumps({
        "runs": options.runs, "load": os.getloadavg()[0], "daemon_mb": memory, "results": results}))


if __name__ == "__main__":
    main()
