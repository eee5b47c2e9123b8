# SPDX-License-Identifier: Apache-2.0
"""Calls every tool of misbehaving.py through a gateway and looks that the client never feels more than one failed call.

    drive_misbehaving.py --upstream stdio|http [--modern] [--only WORD] [--prefix P] [--never-seconds N] [--direct]
                         (--url URL [--header 'Writ-Passport: …'] | -- COMMAND ARGS…)

Promise, for each tool: the call gets exactly one answer, of the kind that EXPECTED says; nothing that nobody asked for
reaches the client (answers to other ids, requests, notifications about things that are not open); and afterwards the
tool `ok` is answered, by a restarted server if need be. With --direct, the server itself is called: each row then only
shows that the server misbehaves as it says, where one client can see it. One JSON line per scenario.
"""

import argparse
import sys
import time
from collections.abc import Callable

import fronts
import misbehaving
from report import Report, expect, expect_same, short

HTTP_ONLY = [*(name for name in misbehaving.ENDS if name not in ("deaf", "mute")), *misbehaving.STATUSES]
PAUSE_SECONDS = 40  # the gateway's pauses grow up to 30
NAME = {"action": "accept", "content": {"name": "Ada"}}


def said(answer: dict) -> str:
    result = answer.get("result")
    content = result.get("content", []) if isinstance(result, dict) else []
    return "".join(item.get("text", "") for item in content if isinstance(item, dict))


def good(words: str) -> Callable[[dict], bool]:
    """A result without isError whose text is this."""
    return lambda answer: said(answer) == words and not answer["result"].get("isError")


def failed(answer: dict) -> bool:
    """An error of either kind, told in the gateway's own words."""
    return "error" in answer or (isinstance(answer.get("result"), dict) and answer["result"].get("isError") is True)


def either(*checks: Callable[[dict], bool]) -> Callable[[dict], bool]:
    return lambda answer: any(check(answer) for check in checks)


HUGE = 1 << 20
# Each tool: its arguments, and what the client must get through a gateway.
EXPECTED: dict[str, tuple[dict, Callable[[dict], bool]]] = {
    "ok": ({"é": [1, None]}, good('{"é": [1, null]}')),
    "twice": ({}, good("first")),
    "others": ({}, good("asked")),
    "huge": ({"n": HUGE}, good("x" * HUGE)),
    "flood": ({"n": 5000}, good("flooded")),
    "slow": ({}, good("slowly")),
    "garbage": ({}, either(good("after garbage"), failed)),
    "notify_bogus": ({}, good("notified")),
    "ask": ({}, good("asked")),
    "ask_bogus": ({}, good("asked")),
    "header_tool": ({"region": "é ", "n": 3, "query": "q"}, good("the headers fit")),
    "crash": ({}, failed),
    "mute": ({}, failed),
    "redirect": ({"to": "http://127.0.0.1:9/"}, failed),
    "content_type": ({}, failed),
    "end": ({}, failed),
    "half": ({}, failed),
    "headers": ({}, failed),
    "session_lost": ({}, failed),
    "mismatch": ({}, good("the second time")),
    **{name: ({}, failed) for name in misbehaving.STATUSES},
    **{f"bad_{name}": ({}, failed) for name in (*misbehaving.BAD, *misbehaving.BAD_RAW)},
}
# What a relay may as well take for an answer: it is well formed, only careless.
LENIENT = ("bad_no_content", "bad_result_type", "bad_surrogate", "bad_case", "bad_error_code", "bad_error_text")
# What cannot be read as an answer to anything: the call may stay open until the gateway's deadline.
UNREADABLE = ("bad_neither", "bad_batch", "bad_utf8", "bad_deep", "bad_duplicate", "bad_version")
SECOND_CRASH = ("crash", {"bytes": 30}, failed)


class Drive:
    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        self.options, self.report = options, report
        self.front = fronts.front_of(options)
        self.unanswered: set = set()

    def call(self, name: str, arguments: dict | None = None, seconds: float = 20, **more: object) -> dict | None:
        return self.front.call(self.options.prefix + name, arguments, seconds, **more)

    def unasked(self) -> list:
        """What the client heard that nobody asked for; log lines and late answers may come."""
        return [line for line in self.front.heard if not self.may_come(line)]

    def may_come(self, line: object) -> bool:
        if not isinstance(line, dict):
            return False
        late = "method" not in line and line.get("id") in self.unanswered
        return late or line.get("method") in ("notifications/message", LIST_CHANGED)

    def row(self, name: str, arguments: dict, holds: Callable[[dict], bool], label: str = "") -> None:
        with self.report.scenario(label or name) as scenario:
            self.front.heard.clear()
            answer = self.call(name, arguments, 3 if name in UNREADABLE else 20)
            if answer is None and name in UNREADABLE:
                self.unanswered.add(self.front.last_id)
                answer = {"error": {"message": "no answer yet"}}
            if answer is None and self.front.ended():
                answer = {"error": {"message": "the gateway ended with its only server"}}
            expect(answer is not None, "no answer")
            if name in LENIENT:
                scenario.detail = short(answer)
            else:
                expect(holds(answer), f"got {short(answer)}")
            self.front.late(0.2)
            expect_same(self.unasked(), [], "what nobody asked for")
            self.still_well()
            scenario.detail = scenario.detail or short(said(answer) or answer)

    def still_well(self) -> None:
        """The server answers again; one that keeps ending is left alone for a while first."""
        end = time.monotonic() + PAUSE_SECONDS
        while True:
            if self.front.ended():
                self.front.open()
            answer = self.call("ok", {"a": 1})
            if answer is not None and good('{"a": 1}')(answer):
                return
            expect(time.monotonic() < end, f"afterwards `ok` gives {short(answer)}")
            time.sleep(0.1)

    def rows(self) -> None:
        for name, (arguments, holds) in EXPECTED.items():
            if self.options.only in name and (self.options.upstream == "http" or name not in HTTP_ONLY):
                self.row(name, arguments, holds)
        if self.options.only in "crash":
            self.row(*SECOND_CRASH, label="crash in the middle of an answer")

    def lists(self) -> None:
        """Over HTTP, a tool whose header annotation breaks the revision's rules must not be offered on."""
        if self.options.upstream != "http" or not self.options.modern:
            return
        with self.report.scenario("invalid header annotations") as scenario:
            answer = self.front.list()
            names = [tool["name"].removeprefix(self.options.prefix) for tool in answer["result"]["tools"]]
            expect("header_tool" in names, "header_tool is not offered")
            expect_same([name for name in names if name.startswith("invalid_header")], [], "offered all the same")
            scenario.detail = f"{len(names)} tools"

    def rounds(self) -> None:
        if not self.options.modern:
            return
        declared = {"_meta": {"io.modelcontextprotocol/clientCapabilities": fronts.CAPABLE}}
        with self.report.scenario("requestState in two rounds") as scenario:
            first = self.call("rounds", **declared)
            expect(first is not None and "inputRequests" in first["result"], f"got {short(first)}")
            state = first["result"]["requestState"]
            second = self.call("rounds", inputResponses={"name": NAME}, requestState=state, **declared)
            expect(second is not None and "inputRequests" in second.get("result", {}), f"got {short(second)}")
            state = second["result"]["requestState"]
            last = self.call("rounds", inputResponses={"again": NAME}, requestState=state, **declared)
            expect(good("both states came back as they were given")(last), f"got {short(last)}")
            scenario.detail = said(last)
        for name in misbehaving.ROUNDS:
            if name == "endless":
                continue
            with self.report.scenario(f"rounds_{name}") as scenario:
                answer = self.call(f"rounds_{name}", **declared)
                expect(answer is not None and failed(answer), f"got {short(answer)}")
                scenario.detail = short(answer)

    def never(self) -> None:
        """Only with a deadline that the caller knows the gateway has."""
        if not self.options.never_seconds:
            return
        with self.report.scenario("never") as scenario:
            answer = self.call("never", {}, self.options.never_seconds)
            expect(answer is not None and failed(answer), f"got {short(answer)}")
            self.still_well()
            scenario.detail = short(answer)

    def mutation(self) -> None:
        """Last, for the tool stays suspended: what it says now is not what it said when it was shown."""
        with self.report.scenario("a tool that changes between list and call") as scenario:
            self.front.list()
            self.call("mutate")
            self.front.list()
            answer = self.call("mutable", {"path": "/etc/hosts"})
            expect(answer is not None and failed(answer), f"called all the same: {short(answer)}")
            scenario.detail = short(said(answer) or answer)

    def all(self) -> None:
        self.lists()
        self.rows()
        self.rounds()
        self.never()
        if self.options.only in "mutable":
            self.mutation()


LIST_CHANGED = "notifications/tools/list_changed"


def direct(options: argparse.Namespace, report: Report) -> None:
    """The server itself: the two answers, the foreign ids and so on are really there."""
    front = fronts.front_of(options)
    shows = {
        "ok": lambda answer, heard: said(answer) == "{}",
        "twice": lambda answer, heard: len(heard) + 1 == 2,
        "others": lambda answer, heard: len(heard) >= 6,
        "flood": lambda answer, heard: len(heard) == 10_000,
        "ask": lambda answer, heard: any(isinstance(m, dict) and m.get("method", "").startswith("samp") for m in heard),
        "garbage": lambda answer, heard: len(heard) >= 6,
        "bad_both": lambda answer, heard: "error" in answer and "result" in answer,
    }
    for name, holds in shows.items():
        with report.scenario(f"direct: {name}") as scenario:
            front.heard.clear()
            answer = front.call(name, {})
            front.late(0.2)
            expect(answer is not None and holds(answer, front.heard), f"{short(answer)} beside {len(front.heard)}")
            scenario.detail = f"{len(front.heard)} other messages"
    with report.scenario("direct: crash") as scenario:
        expect(front.call("crash", {"bytes": 10}, 5) is None, "it answered")
        scenario.detail = "no answer"
    front.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upstream", choices=("stdio", "http"), required=True, help="how misbehaving.py is reached")
    parser.add_argument("--only", default="", help="tools whose name has this word")
    parser.add_argument("--prefix", default="", help="what the gateway puts before tool names")
    parser.add_argument("--never-seconds", type=float, help="the gateway's own deadline for calls, and more")
    parser.add_argument("--direct", action="store_true", help="the server itself is at the other end")
    fronts.add_options(parser)
    options = parser.parse_args()
    report = Report()
    if options.direct:
        direct(options, report)
    else:
        drive = Drive(options, report)
        drive.all()
        drive.front.close()
    sys.exit(0 if report.ok else 1)


if __name__ == "__main__":
    main()
