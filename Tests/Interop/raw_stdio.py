# SPDX-License-Identifier: Apache-2.0
"""Sends what no SDK sends over stdio, and looks that each line is answered as it must and none reaches the server.

    raw_stdio.py [--record FILE] [--only WORD] [--tell] -- COMMAND ARGS…

COMMAND is a gateway before a fixture server (alias `everything`, no prefix) whose record is FILE. Both eras on one
process, as real clients mix them. One JSON line per case; with --tell, what comes is told and nothing is judged.
"""

import argparse
import json
import sys

import raw_cases
from raw_cases import Case, Upstream, judge_answer
from raw_client import INITIALIZED, Pipes, encode, initialize, is_answer, request
from report import Report, expect, expect_same, short

FENCE = "fence"  # the id of the request after each case: its answer tells that the case has been dealt with


class Run:
    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        self.options, self.report = options, report
        self.upstream = Upstream(options.record)
        self.perhaps_silent = {*raw_cases.UNANSWERED, *raw_cases.PERHAPS_UNANSWERED}
        self.open()

    def open(self) -> None:
        self.pipes = Pipes(self.options.command)
        self.pipes.connect()
        self.pipes.say(request("tools/list", {}, "list"))
        self.pipes.answer("list")

    def fence(self) -> list:
        """Everything that is said up to the answer to a ping."""
        begin = len(self.pipes.heard)
        self.pipes.say(request("ping", {}, FENCE))
        expect(self.pipes.answer(FENCE) is not None, "afterwards a ping is not answered")
        return [line for line in self.pipes.heard[begin:-1] if is_answer(line) or not isinstance(line, dict)]

    def send(self, data: bytes, patience: float = 1.0) -> list:
        """The answers to a line, among them what the ping behind it waits for."""
        self.pipes.send(data + b"\n")
        found = self.fence()
        if not found:
            line = self.pipes.next(patience)  # a call may be answered after a ping that came later
            found = [line] if is_answer(line) else []
        return found

    def case(self, case: Case, label: str) -> None:
        with self.report.scenario(f"{label}: {case.name}") as scenario:
            before = len(self.upstream.lines())
            # Where an answer must come, a busy machine has time for it.
            answers = self.send(case.body, 1.0 if case.name in self.perhaps_silent else 10.0)
            scenario.detail = short(answers[0]) if answers else "no answer"
            if self.options.tell:
                return
            if case.name in raw_cases.UNANSWERED:
                expect_same(answers, [], "answers")
            elif answers or case.name not in raw_cases.PERHAPS_UNANSWERED:
                expect_same(len(answers), 1, f"answers, which are {short(answers)}, by count")
                judge_answer(case, answers[0])
            self.upstream.judge(case.name, before, case.forwarded)

    def line(self, name: str, data: bytes, holds) -> None:
        """One odd line and what must hold of the answers."""
        with self.report.scenario(f"stdio: {name}") as scenario:
            answers = self.send(data)
            scenario.detail = short(answers)
            expect(self.options.tell or holds(answers), f"got {short(answers)}")

    def lines(self) -> None:
        good = encode(request("tools/call", raw_cases.CALL, 1))
        self.line("an empty line", b"", lambda answers: answers == [])
        self.line("blanks", b"   \t ", lambda answers: all("error" in one for one in answers))
        self.line("a carriage return", good + b"\r", lambda answers: [a["id"] for a in answers] == [1])
        self.line("a byte order mark", b"\xef\xbb\xbf" + good, lambda answers: len(answers) == 1)
        self.line("NUL", b"\x00", lambda answers: all("error" in one for one in answers))
        self.line("one megabyte of blanks", b" " * (1 << 20), lambda answers: all("error" in one for one in answers))

    def whole(self, name: str, body) -> None:
        """A case that needs a process of its own."""
        if self.options.only not in name:
            return
        with self.report.scenario(f"stdio: {name}") as scenario:
            self.pipes.close()
            before = len(self.upstream.lines())
            scenario.detail = body() or ""
            if not self.options.tell:
                self.upstream.judge(name, before, forwarded=False)

    def huge_line(self) -> str:
        """64 MiB in one line: refused, or the connection ended in order; never forwarded or held in memory whole."""
        self.open()
        self.pipes.send(b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"')
        for _ in range(64):
            if not self.pipes.send(b"x" * (1 << 20)):
                break
        self.pipes.send(b'"}}}\n')
        answer = self.pipes.next(30)
        with open(f"/proc/{self.pipes.pid}/status", encoding="ascii") as status:
            peak = int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024
        ended = self.pipes.close()
        refused = isinstance(answer, dict) and "error" in answer
        expect(self.options.tell or refused or answer is None and ended is not None, f"got {short(answer)}")
        return f"{short(answer) if refused else f'ended with {ended}'}; {peak} MiB at most"

    def call_before_initialize(self) -> str:
        """A handshake-era call without a handshake is answered (with whatever), and the handshake still works."""
        self.pipes = Pipes(self.options.command)
        self.pipes.say(request("tools/list", {}, 1))
        answer = self.pipes.answer(1)
        expect(self.options.tell or answer is not None, "no answer")
        opened = self.pipes.connect()
        expect(self.options.tell or (opened is not None and "result" in opened), f"initialize gave {short(opened)}")
        return short(answer)

    def both_eras(self) -> str:
        """server/discover, then initialize, then requests of both eras: none is refused for the other."""
        self.pipes = Pipes(self.options.command)
        said = []
        for message in (
            request("server/discover", {}, 1, modern=True),
            initialize(2),
            request("tools/list", {}, 3),
            request("tools/list", {}, 4, modern=True),
            request("tools/call", {"name": "test_simple_text"}, 5, modern=True),
        ):
            self.pipes.say(message)
            answer = self.pipes.answer(message["id"])
            said.append(answer is not None and "result" in answer)
            if message["method"] == "initialize":
                self.pipes.say(INITIALIZED)
        expect(self.options.tell or said[:4] == [True] * 4, f"results: {said}")
        return f"results: {said}"

    def future_version(self) -> str:
        """initialize with versions from elsewhere is answered with a handshake revision that is served."""
        found = {}
        for version in (
            "2026-07-28",
            "2099-01-01",
            "2024-11-05",
            "2025-03-26",
            "2025-06-18",
            "2025-11-25",
            "",
            "x" * 999,
        ):
            pipes = Pipes(self.options.command)
            pipes.say(initialize(1, version))
            answer = pipes.answer(1) or {}
            found[version[:10]] = answer.get("result", {}).get("protocolVersion")
            pipes.close()
        for version in ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"):
            expect(self.options.tell or found[version] == version, f"{version} is answered with {found[version]}")
        for version in ("2026-07-28", "2099-01-01"):
            expect(self.options.tell or found[version] == "2025-11-25", f"{version} is answered with {found[version]}")
        self.pipes = Pipes(self.options.command)
        return json.dumps(found)

    def sudden_end(self) -> str:
        """The client vanishes in the middle of a line: nothing of it is forwarded, and the gateway ends."""
        self.open()
        self.pipes.send(encode(request("tools/call", raw_cases.CALL, 1))[:-3])
        status = self.pipes.close(20)
        expect(self.options.tell or status is not None, "it did not end")
        return f"status {status}"

    def all(self) -> None:
        for modern, label in ((False, "2025-11-25"), (True, "2026-07-28")):
            for case in raw_cases.cases(modern):
                if self.options.only in case.name and case.name not in raw_cases.HTTP_ONLY:
                    self.case(case, label)
        if not self.options.only:
            self.lines()
        self.whole("64 MiB in one line", self.huge_line)
        self.whole("a request before initialize", self.call_before_initialize)
        self.whole("versions of initialize", self.future_version)
        self.whole("half a line, then the end", self.sudden_end)
        if self.options.only in "both eras on one process":
            with self.report.scenario("stdio: both eras on one process") as scenario:
                scenario.detail = self.both_eras()
        self.pipes.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", help="the fixture server's record")
    parser.add_argument("--only", default="", help="cases whose name has this word")
    parser.add_argument("--tell", action="store_true", help="say what comes back, judge nothing")
    parser.add_argument("command", nargs="+", help="-- COMMAND ARGUMENTS…")
    report = Report()
    Run(parser.parse_args(), report).all()
    sys.exit(0 if report.ok else 1)


if __name__ == "__main__":
    main()
