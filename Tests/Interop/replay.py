# SPDX-License-Identifier: Apache-2.0
"""Plays a recorded conversation through a gateway: the client's side to it, the server's side behind it.

    replay.py TRANSCRIPT… -- GATEWAY…          a command up to the server's own; {} stands for an alias of each server's
    replay.py --serve TRANSCRIPT               the server's side, on stdio

A transcript has one {"dir": "c2s" or "s2c", "msg": MESSAGE} a line. Promise: one scenario for each request. It is ok if
the server got exactly the recorded parameters (apart from `_meta`) and the client exactly the recorded answer, members
in their order, but for what is the gateway's own: ids, its capabilities, how long a list may be kept and for whom, the
pings that it answers, and calls of tools that the server does not list, which are denied and never reach it.
"""

import argparse
import json
import sys
from pathlib import Path

from raw_client import MODERN, Pipes, encode
from report import Report, core, exact, expect, expect_same

DECISION = "dev.writ/decision"
DISCOVERED = {
    "supportedVersions": [MODERN],
    "capabilities": {"tools": {}},
    "resultType": "complete",
    "ttlMs": 0,
    "cacheScope": "private",
}


def messages(path: str) -> list[tuple[str, dict]]:
    lines = [json.loads(line) for line in Path(path).read_text().splitlines() if line]
    return [(line["dir"], line["msg"]) for line in lines]


def answers(transcript: list[tuple[str, dict]]) -> dict[int, dict]:
    """Each request's answer, by the request's place in the transcript."""
    waiting, found = {}, {}
    for place, (direction, message) in enumerate(transcript):
        if direction == "c2s" and "id" in message:
            waiting[exact(message["id"])] = place
        elif direction == "s2c" and "method" not in message:
            found[waiting.pop(exact(message["id"]))] = message
    return found


def asked(message: dict) -> str:
    """What tells two requests apart: the method and the parameters to the last digit, without `_meta`."""
    params = {key: value for key, value in (message.get("params") or {}).items() if key != "_meta"}
    return exact([message["method"], {} if message["method"] in ("initialize", "server/discover") else params])


def serve(path: str) -> None:
    """Answers what was recorded; a request that nobody recorded gets an error, which no transcript has."""
    transcript = messages(path)
    recorded: dict[str, list] = {}
    for place, answer in answers(transcript).items():
        recorded.setdefault(asked(transcript[place][1]), []).append(answer)
    results = [answer["result"] for known in recorded.values() for answer in known if "result" in answer]
    discovered = DISCOVERED | {"_meta": next((result["_meta"] for result in results if "_meta" in result), {})}
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if "id" not in message or "method" not in message:
            continue
        known = recorded.get(asked(message), [])
        if known:
            answer = (known.pop(0) if len(known) > 1 else known[0]) | {"id": message["id"]}
        elif message["method"] == "server/discover" and '["initialize", {}]' not in recorded:
            answer = {"jsonrpc": "2.0", "id": message["id"], "result": discovered}
        else:
            error = {"code": 1, "message": f"not in the transcript: {asked(message)}"}
            answer = {"jsonrpc": "2.0", "id": message["id"], "error": error}
        sys.stdout.buffer.write(encode(answer) + b"\n")
        sys.stdout.buffer.flush()


def judge(request: dict, wanted: dict, got: dict | None, tools: set[str]) -> str:
    """Compares the answer with the recorded one; says what kind of request it was."""
    expect(got is not None, "no answer")
    method, result = request["method"], got.get("result", {})
    if method in ("initialize", "server/discover"):
        if "error" in wanted:
            expect("result" in got, f"got {got}")  # the gateway speaks both eras, whatever the server does
            return "the server itself refused"
        for member in ("protocolVersion", "instructions", "serverInfo"):
            expect_same(result.get(member), wanted["result"].get(member), member)
        found, known = set(result["capabilities"]), set(wanted["result"]["capabilities"])
        expect("tools" in found and found <= known, f"capabilities {found}, the server has {known}")
        return "capabilities " + ", ".join(sorted(found))
    if method == "tools/call" and request["params"]["name"] not in tools:
        expect(result.get("isError") is True and result["_meta"][DECISION]["allow"] is False, f"got {got}")
        return "denied"
    if "error" in wanted:
        expect_same(got.get("error"), wanted["error"], "the error")
        return f"error {wanted['error']['code']}"
    expect_same(core(result), core(wanted["result"]), "the result")
    own = {key: value for key, value in result.get("_meta", {}).items() if not key.startswith("dev.writ/")}
    expect_same(own, wanted["result"].get("_meta", {}), "the result's _meta")
    expect_same(result.get("resultType"), wanted["result"].get("resultType"), "resultType")
    if "cacheScope" in wanted["result"]:
        expect_same([result.get("cacheScope"), result.get("ttlMs")], ["private", 0], "cacheScope and ttlMs")
    return "unchanged"


def play(path: str, alias: str, gateway: list[str], report: Report) -> None:
    transcript = messages(path)
    recorded = answers(transcript)
    lists = [answer["result"]["tools"] for answer in recorded.values() if "tools" in answer.get("result", {})]
    tools = {tool["name"] for found in lists for tool in found}
    gateway = [alias if word == "{}" else word for word in gateway]
    pipes = Pipes([*gateway, sys.executable, str(Path(__file__).resolve()), "--serve", path])
    for place, (direction, message) in enumerate(transcript):
        if direction != "c2s":
            continue
        pipes.say(message)
        if place in recorded:
            with report.scenario(f"{Path(path).stem}: {message['method']} {message['id']}") as scenario:
                scenario.detail = judge(message, recorded[place], pipes.answer(message["id"]), tools)
    with report.scenario(f"{Path(path).stem}: the end") as scenario:
        expect_same(pipes.close(), 0, "exit status")
        scenario.detail = "0"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", metavar="TRANSCRIPT", help="be the server")
    if sys.argv[1:2] == ["--serve"]:
        serve(parser.parse_args().serve)
        return
    divide = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    paths, gateway = sys.argv[1:divide], sys.argv[divide + 1 :]
    if not paths or not gateway:
        parser.error("TRANSCRIPT… -- GATEWAY…")
    report = Report()
    for number, path in enumerate(paths):
        play(str(Path(path).resolve()), f"replay-{number}", gateway, report)
    sys.exit(0 if report.ok else 1)


if __name__ == "__main__":
    main()
