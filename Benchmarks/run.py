#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every benchmark once, in one go, and prints a Markdown table of ratios: `make bench`.

    run.py --writ PATH --bench PATH --commit-loop PATH [--peers .peers] [--dir FOLDER] [--quick]

Promise: each figure stands beside its baseline from the same run on the same disk; nothing asserts a time. A benchmark
that cannot run (a peer is missing) says so in its row.
"""

import argparse
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)

POLICY = """
@id("bench-allow") permit (principal, action, resource);
@id("bench-forbid") forbid (principal, action == Action::"read", resource in Directory::"/etc");
"""


def text(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def make_home(writ: str, folder: str) -> str:
    home = os.path.join(folder, "home")
    text(writ, "init", "--home", home)
    with open(os.path.join(home, "policies", "starter.cedar"), "w", encoding="utf-8") as file:
        file.write(POLICY)
    return home


def agents_home(writ: str, folder: str) -> str:
    """An installation as a coding agent's, with the policy that comes for it."""
    home = os.path.join(folder, "agents-home")
    text(writ, "init", "--home", home, "--policy", "coding-agent")
    return home


def agents_project(folder: str) -> str:
    project = os.path.join(folder, "project")
    for name in (".git", "src", "packages/web", "packages/api", "logs"):
        os.makedirs(os.path.join(project, name))
    for name in ("package.json", "README.md", "src/main.py", "src/app.ts"):
        with open(os.path.join(project, name), "w", encoding="utf-8") as file:
            file.write("{}\n")
    return project


def row_sizes(home: str) -> tuple[int, int]:
    """Average bytes of a receipt's entry and of its evidence."""
    with sqlite3.connect(os.path.join(home, "ledger.sqlite")) as database:
        entry = database.execute("select avg(length(body)) from entries where agent is not null").fetchone()[0]
        evidence = database.execute("select avg(length(ciphertext)) from evidence").fetchone()[0]
    return int(entry), int(evidence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writ", required=True)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--commit-loop", required=True)
    parser.add_argument("--peers", default=os.environ.get("WRIT_PEERS", os.path.join(ROOT, ".peers")))
    parser.add_argument("--dir", default=None, help="a folder on the disk to measure [default: beside the build]")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, for trying the script")
    options = parser.parse_args()
    scale = 0.1 if options.quick else 1.0
    folder = tempfile.mkdtemp(prefix="writ-bench-", dir=options.dir or os.path.join(ROOT, ".build-static"))
    rows: list[tuple[str, str, str, str, str]] = []
    try:
        home = make_home(options.writ, folder)
        seconds = max(1, int(5 * scale))
        sync = json.loads(text(options.commit_loop, "fdatasync", folder, "-s", str(seconds)))
        fdatasync_ms = sync["p50_us"] / 1000
        rows.append(("this disk: pwrite 4 KiB and fdatasync", f"{fdatasync_ms:.2f} ms", "", "", ""))

        figures = json.loads(text(options.bench, "json"))
        rows.append((
            "StrictJSON reads a 1 KB call", f"{figures['strict_json_read_us']} µs",
            f"JSONSerialization {figures['json_serialization_read_us']} µs", f"{figures['times_as_fast']} times as fast",
            "3 times"))

        check = f"{options.writ} check --home {home} exec.run '{{\"command\":\"ls\"}}'"
        commands = ["--cmd", f"writ={check}", "--cmd", "python=python3 -c pass"]
        baseline = "python"
        aport = os.path.join(options.peers, "aport", "bin", "python")
        if os.path.exists(aport):
            environment = dict(os.environ, WRIT_PEERS=options.peers)
            command = subprocess.run(
                [os.path.join(HERE, "aport_check.sh"), "command", folder], check=True, capture_output=True, text=True,
                env=environment).stdout.strip()
            commands += ["--cmd", f"aport={command}"]
            baseline = "aport"
        runs = str(max(5, int(30 * scale)))
        result = json.loads(text(
            "python3", os.path.join(HERE, "bench_check.py"), *commands, "--baseline", baseline, "--runs", runs))
        timed = {name: value["median_ms"] for name, value in result["results"].items()}
        budget = 2 * fdatasync_ms + 15
        rows.append((
            "`writ check`, a whole process", f"{timed['writ']:.1f} ms", f"2 fdatasync + 15 ms = {budget:.1f} ms",
            f"{timed['writ'] / budget:.2f} of it", "1"))
        rows.append(("", "", f"`python3 -c pass` {timed['python']:.1f} ms", f"{timed['writ'] / timed['python']:.2f}", ""))
        if "aport" in timed:
            rows.append((
                "", "", f"APort's guardrail {timed['aport']:.0f} ms",
                f"{timed['aport'] / timed['writ']:.0f} times as fast", "10 times"))
        else:
            rows.append(("", "", "APort: not installed (`Scripts/setup --bench`)", "", ""))

        agents, project = agents_home(options.writ, folder), agents_project(folder)
        effects = json.loads(text(options.bench, "effects", agents, project, str(max(20, int(300 * scale)))))
        rows.append((
            "command to effects to decision, in process", f"{effects['median_us']} µs",
            f"50 µs; {effects['within_50_us']} of {effects['commands']} commands within it",
            f"{float(effects['median_us']) / 50:.2f} of it", "1"))
        rows.append((
            "", f"99 % within {effects['all_p99_us']} µs",
            f"shortest command {effects['shortest_us']} µs, longest {effects['longest_us']} µs", "", ""))

        others = []
        belay = os.path.join(options.peers, "belay", "bin", "belay")
        if os.path.exists(belay):
            subprocess.run([belay, "init", "--pack", "coding-agent"], cwd=project, check=True, capture_output=True)
            others += ["--cmd", f"belay={belay} hook --policy {project}/belay.yaml claude-code"]
        if os.path.exists(aport):
            others += ["--cmd", f"aport={command}"]
        timing = json.loads(text(
            "python3", os.path.join(HERE, "hook_latency.py"), "--writ", options.writ, "--home", agents, "--project",
            project, "--runs", runs, *others))
        hook = timing["results"]
        for name, syncs, allowance in (("cold", 2, 10), ("daemon", 1, 8)):
            budget = syncs * fdatasync_ms + allowance
            took, memory = hook[name]["median_ms"], hook[name]["max_mb"]
            counted = f", {hook[name]['syncs']} fdatasync" if "syncs" in hook[name] else ""
            rows.append((
                "`writ hook claude-code`, " + ("by itself" if name == "cold" else "with the daemon"),
                f"{took:.1f} ms ({hook[name]['cpu_ms']:.1f} ms of processor), {memory:.0f} MB{counted}",
                f"{syncs} fdatasync + {allowance} ms = {budget:.1f} ms", f"{took / budget:.2f} of it",
                "1, under 25 MB"))
            beside = "python" if name == "cold" else "python beside the daemon"
            for peer, title in (
                (beside, "`python3 -c pass`"), ("belay", "`belay hook claude-code`"), ("aport", "APort's guardrail")):
                if peer in hook:
                    other = hook[peer]
                    rows.append((
                        "", "", f"{title} {other['median_ms']:.1f} ms ({other['cpu_ms']:.1f} ms of processor)",
                        f"{took / other['median_ms']:.2f}", ""))
        rows.append(("`writ daemon` after that", f"{timing['daemon_mb']:.0f} MB", "", "", "under 25 MB"))
        if not os.path.exists(belay):
            rows.append(("", "", "belay: not installed (`Scripts/setup --bench`)", "", ""))

        per_second = json.loads(text(options.bench, "decisions", home, "64", str(seconds)))
        entry, evidence = row_sizes(home)
        loop = json.loads(text(
            options.commit_loop, "commit", folder, "-n", "64", "-s", str(seconds), "-e", str(entry), "-v",
            str(evidence)))
        rows.append((
            "durable decisions, 64 in flight", f"{per_second['decisions_per_s']}/s",
            f"C loop, {entry} + {evidence} bytes a row {loop['rows_per_s']:.0f}/s",
            f"{per_second['decisions_per_s'] / loop['rows_per_s']:.0%}", "70 %"))

        tokens = json.loads(text(options.bench, "tokens", str(max(100, int(2000 * scale)))))
        rows.append((
            "a bearer token at the door, after its first use", f"{tokens['EdDSA']['after_us']} µs", "20 µs",
            f"{float(tokens['EdDSA']['after_us']) / 20:.2f} of it", "1"))
        for name, title in (("EdDSA", "Ed25519"), ("ES256", "P-256"), ("RS256", "RSA of 2048 bits")):
            first, signature = float(tokens[name]["first_us"]), float(tokens[name]["signature_us"])
            rows.append((
                f"a token's first use, {title}", f"{first:.0f} µs", f"one verification of a signature {signature:.0f} µs",
                f"{first / signature:.2f}", "2"))
        rows.append((
            "a DPoP proof, Ed25519", f"{float(tokens['proof']):.0f} µs",
            f"one verification of a signature {float(tokens['EdDSA']['signature_us']):.0f} µs",
            f"{float(tokens['proof']) / float(tokens['EdDSA']['signature_us']):.2f}", ""))

        echo = f"{options.bench} echo-server"
        gateway = f"{options.writ} gateway --home {home} --name echo --pins first-use -- {echo}"
        latency = json.loads(text(
            "python3", os.path.join(HERE, "gateway_latency.py"), "--direct", echo, "--gateway", gateway, "--calls",
            str(int(1000 * scale)), "--burst", str(int(5000 * scale)), "--rss-pid-of", "gateway", "--rss-calls",
            str(max(11_000, int(100_000 * scale)))))
        added = latency["added"]["p50_us"] / 1000
        rows.append((
            "gateway, added to a call at the median", f"{added:.2f} ms",
            f"fdatasync + 0.5 ms = {fdatasync_ms + 0.5:.2f} ms", f"{added / (fdatasync_ms + 0.5):.2f} of it", "1"))
        memory = {int(calls): sizes["rss_kib"] / 1024 for calls, sizes in latency["memory"]["gateway"].items()}
        calls = max(memory)
        rows.append((
            f"gateway's memory after {calls:,} calls", f"{memory[calls]:.0f} MB", f"after 10,000: {memory[10_000]:.0f} MB",
            f"{memory[calls] / memory[10_000]:.2f}", "under 60 MB, flat"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)

    print(f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}\n")
    print("| what | Writ | beside | ratio | target |\n|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    sys.exit(main())
