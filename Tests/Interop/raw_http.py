# SPDX-License-Identifier: Apache-2.0
"""Sends what no SDK sends over HTTP, and looks that each request is answered as it must and none reaches the server.

    raw_http.py --url URL [--header 'Writ-Passport: …'] [--other 'Writ-Passport: …'] [--record FILE] [--prefix P]
                [--patience SECONDS] [--only WORD] [--tell]

URL is a gateway's endpoint before a fixture server, at best /mcp/<alias>, and FILE that server's record. --header is
a good passport, --other another principal's. With --patience, stalled connections must be closed within so many
seconds. One JSON line per case; with --tell (for a server itself, which need not be so strict) nothing is judged.
"""

import argparse
import base64
import concurrent.futures
import json
import socket
import sys
import time

import raw_cases
from raw_cases import MARK, Case, Upstream, judge_answer
from raw_client import META, MODERN, Answer, Endpoint, Socket, encode, initialize, request
from report import Report, expect, expect_same, short

PASSPORT = "Writ-Passport"
MIB = 1 << 20
CLOSED = 0  # the connection was closed without an answer
# Tools that ask before they answer, with their arguments and what they are told: the first keeps a state of its own, in
# 2026-07-28 only; the second asks in every era, and a server of the handshake era goes on with the call meanwhile.
STATES = [
    ("test_input_required_result_request_state", {}, {"name": "Ada"}),
    ("test_elicitation", {"message": "Who are you?"}, {"username": "Ada", "email": "ada@example.org"}),
]


class Run:
    def __init__(self, options: argparse.Namespace, report: Report) -> None:
        self.options, self.report = options, report
        self.upstream = Upstream(options.record)
        self.end = Endpoint(options.url, dict(header.split(": ", 1) for header in options.header))
        self.other = Endpoint(options.url, dict(header.split(": ", 1) for header in options.other))
        # In this order: who asks first decides the era in which a server of both is spoken to.
        self.end.post(request("tools/list", {}, 1, modern=True))
        self.session = self.end.open_session()

    # How cases are judged

    def check(
        self, name: str, send, status: tuple, codes: tuple = (), forwarded: bool | None = False, holds=None
    ) -> None:
        """One case: `send` gives the answer; `codes` () means that the body is not looked at."""
        if self.options.only not in name:
            return
        with self.report.scenario(name) as scenario:
            before = len(self.upstream.lines())
            answer = send()
            scenario.detail = f"{answer.status} {short(answer.body.decode('utf-8', 'replace'))}"
            if self.options.tell:
                return
            expect(answer.status in status, f"got {scenario.detail}, wanted HTTP {status}")
            if codes and answer.status not in (CLOSED, None):
                expect(answer.code() in codes, f"got {scenario.detail}, wanted {codes}")
            if holds is not None:
                expect(holds(answer), f"got {scenario.detail}")
            self.upstream.judge(name, before, forwarded)

    def case(self, case: Case, modern: bool) -> None:
        label = f"{MODERN if modern else '2025-11-25'}: {case.name}"
        if self.options.only not in label:
            return
        with self.report.scenario(label) as scenario:
            before = len(self.upstream.lines())
            answer = self.end.exchange(self.prefixed(case.body), self.headers(case, modern))
            scenario.detail = f"{answer.status} {short(answer.body.decode('utf-8', 'replace'))}"
            if self.options.tell:
                return
            status = case.status
            if not modern and case.codes != (None,) and status == (400,):
                status = (200, 400)  # in the handshake era an error may come in a 200
            expect(answer.status in status, f"got {scenario.detail}, wanted HTTP {status}")
            if case.name not in raw_cases.UNANSWERED and (
                answer.message() or case.name not in raw_cases.PERHAPS_UNANSWERED
            ):
                judge_answer(case, answer.message())
            self.upstream.judge(case.name, before, case.forwarded)

    def prefixed(self, body: bytes) -> bytes:
        return body.replace(b'"echo"', b'"' + self.options.prefix.encode() + b'echo"')

    def headers(self, case: Case, modern: bool) -> list[tuple[str, str]]:
        """Headers that fit the message, or a good call where it is none."""
        try:
            message = json.loads(case.body)
            assert isinstance(message.get("params", {}), dict) and isinstance(message["method"], str)
        except (ValueError, RecursionError, AssertionError, AttributeError, KeyError):
            message = raw_cases.call(modern)
        changes: dict = {}
        if modern:
            version = (message.get("params", {}).get("_meta") or {}) if isinstance(message["params"], dict) else {}
            version = version.get(META + "protocolVersion") if isinstance(version, dict) else None
            changes["MCP_Protocol_Version"] = version if isinstance(version, str) else MODERN
            changes["Mcp_Method"] = message["method"]
            if message["method"] == "tools/call" and isinstance(message["params"].get("name"), str):
                changes["Mcp_Name"] = self.options.prefix + message["params"]["name"]
        if not (modern and isinstance(message.get("params", {}).get("_meta"), dict)):
            message = {"method": message["method"], "params": {}}
        return self.end.headers(message, None if modern else self.session, **changes)

    def good(self, **changes) -> Answer:
        message = raw_cases.call(True)
        message["params"]["name"] = self.options.prefix + "echo"
        return self.end.post(message, **changes)

    def call(self, name: str, **params: object) -> Answer:
        arguments = params.pop("arguments", {})
        params = {"name": self.options.prefix + name, "arguments": arguments} | params
        return self.end.post(request("tools/call", params, 1, modern=True))

    # The cases

    def header_cases(self) -> None:
        name = self.options.prefix + "echo"
        wrapped = f"=?base64?{base64.b64encode(name.encode()).decode()}?="
        mismatch = [
            ("no Mcp-Method", {"Mcp_Method": None}),
            ("another Mcp-Method", {"Mcp_Method": "tools/list"}),
            ("Mcp-Method in capitals", {"Mcp_Method": "TOOLS/CALL"}),
            ("Mcp-Method twice, in one", {"Mcp_Method": "tools/call, tools/call"}),
            ("an empty Mcp-Method", {"Mcp_Method": ""}),
            ("no Mcp-Name", {"Mcp_Name": None}),
            ("another Mcp-Name", {"Mcp_Name": "test_simple_text"}),
            ("Mcp-Name in capitals", {"Mcp_Name": name.upper()}),
            ("an empty Mcp-Name", {"Mcp_Name": ""}),
            ("Mcp-Name in bad base64", {"Mcp_Name": "=?base64?!!!?="}),
            ("another Mcp-Name in base64", {"Mcp_Name": "=?base64?ZXZpbA==?="}),
            ("no MCP-Protocol-Version", {"MCP_Protocol_Version": None}),
            ("another MCP-Protocol-Version", {"MCP_Protocol_Version": "2025-11-25"}),
        ]
        for label, changes in mismatch:
            # By its version header a request may as well be taken for one of the handshake era without its session.
            codes = (-32020, -32600) if "Version" in label else (-32020,)
            self.check(label, lambda changes=changes: self.good(**changes), (400,), codes)
        for header, value in (
            ("Mcp-Name", "raise"),
            ("Mcp-Method", "tools/list"),
            ("MCP-Protocol-Version", "2025-11-25"),
        ):
            headers = self.end.headers(self.good_message()) + [(header, value)]
            send = lambda headers=headers: self.end.exchange(encode(self.good_message()), headers)  # noqa: E731
            self.check(f"two different {header}", send, (400,), (-32020, -32600))
        self.check("Mcp-Name in base64", lambda: self.good(Mcp_Name=wrapped), (200,), (None,), forwarded=True)
        self.check("a session that the revision has not", lambda: self.good(Mcp_Session_Id="x"), (200,), (None,), True)
        self.check("Last-Event-ID", lambda: self.good(Last_Event_ID="7"), (200,), (None,), True)
        message = self.good_message()
        del message["params"]["_meta"]
        head = self.end.headers(self.good_message())
        self.check("no _meta", lambda: self.end.exchange(encode(message), head), (400,), (-32602, -32020))
        future = dict(MCP_Protocol_Version="2099-01-01")
        self.check("only a header of the future", lambda: self.good(**future), (400,), (-32022, -32020))

    def good_message(self) -> dict:
        message = raw_cases.call(True)
        message["params"]["name"] = self.options.prefix + "echo"
        return message

    def door_cases(self) -> None:
        """What is looked at before any message: paths, methods, types, hosts, origins."""
        for method in ("GET", "DELETE"):
            headers = self.end.headers(self.good_message())
            send = lambda method=method, headers=headers: self.end.exchange(b"", headers, method)  # noqa: E731
            self.check(f"{method} in the new era", send, (405,))
        for method in ("PUT", "PATCH", "TRACE", "CONNECT", "get"):
            headers = self.end.headers(self.good_message())
            send = lambda method=method, headers=headers: self.end.exchange(b"", headers, method)  # noqa: E731
            self.check(f"the method {method}", send, (400, 404, 405, 501, CLOSED))
        self.check("no Accept", lambda: self.good(Accept=None), (406, 400))
        self.check("Accept of pages", lambda: self.good(Accept="text/html"), (406,))
        self.check("Accept of anything", lambda: self.good(Accept="*/*"), (200, 406), (), None)
        self.check("no Content-Type", lambda: self.good(Content_Type=None), (415, 400))
        self.check("text as Content-Type", lambda: self.good(Content_Type="text/plain"), (415, 400))
        form = "application/x-www-form-urlencoded"
        self.check("a form as Content-Type", lambda: self.good(Content_Type=form), (415, 400))
        plain = "application/json; charset=utf-8"
        self.check("a Content-Type with charset", lambda: self.good(Content_Type=plain), (200,), (None,), True)
        host = self.end.headers({})[0][1]
        for origin in (
            "https://evil.example",
            "null",
            "http://localhost.evil.example",
            "http://127.0.0.1@evil.example",
        ):
            self.check(f"the Origin {origin}", lambda origin=origin: self.good(Origin=origin), (403,))
        self.check("this Origin", lambda: self.good(Origin=f"http://{host}"), (200,), (None,), True)
        port = host.rpartition(":")[2]
        for other in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}"):
            self.check(f"the Host {other}", lambda other=other: self.good(Host=other), (400, 403, 421))
        self.check("localhost as Host", lambda: self.good(Host=f"localhost:{port}"), (200,), (None,), True)
        self.check("no Host", lambda: self.good(Host=None), (400, 403, 421, CLOSED))
        both = lambda: self.good(Host="evil.example", Origin="http://evil.example")  # noqa: E731
        self.check("a foreign Host with its Origin", both, (400, 403, 421))
        for path in ("/", "/mcp/no-such-server", "/mcp/../mcp", "/mcp%2f..", "/MCP", "/mcp/everything/more", "//mcp"):
            self.check(f"the path {path}", lambda path=path: self.at(path), (400, 404, 405))

    def at(self, path: str) -> Answer:
        with Socket(self.options.url) as connection:
            body = encode(self.good_message())
            headers = self.end.headers(self.good_message()) + [("Content-Length", str(len(body)))]
            connection.send(Endpoint.head("POST", path, headers) + body)
            return connection.read()

    def passport_cases(self) -> None:
        good = self.end.always.get(PASSPORT)
        if good is None:
            return
        challenge = lambda answer: "www-authenticate" in answer.headers  # noqa: E731
        self.check("no passport", lambda: self.good(Writ_Passport=None), (401,), (), holds=challenge)
        raw = base64.urlsafe_b64decode(good + "=" * (-len(good) % 4))
        flipped = raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :]
        wrong = {
            "an empty passport": "",
            "a passport that is no base64": "!!!",
            "a passport of garbage": base64.urlsafe_b64encode(b"garbage").decode().rstrip("="),
            "a passport with a bit changed": base64.urlsafe_b64encode(flipped).decode().rstrip("="),
            "half a passport": good[: len(good) // 2],
            "two passports in one": f"{good}, {good}",
            "a passport as the file's text": raw.decode("utf-8", "replace").replace("\n", " "),
        }
        for label, value in wrong.items():
            self.check(label, lambda value=value: self.good(Writ_Passport=value), (400, 401))
        message = encode(self.good_message())
        twice = self.end.headers(self.good_message()) + [(PASSPORT, good)]
        self.check("two passports", lambda: self.end.exchange(message, twice), (400, 401))
        path = f"{self.options.url.split('/', 3)[3]}?{PASSPORT}={good}"
        bare = [pair for pair in self.end.headers(self.good_message()) if pair[0] != PASSPORT]
        bare.append(("Content-Length", str(len(message))))

        def in_query() -> Answer:
            with Socket(self.options.url) as connection:
                connection.send(Endpoint.head("POST", "/" + path, bare) + message)
                return connection.read()

        self.check("a passport in the query", in_query, (400, 401, 404))
        self.check("no passport for initialize", lambda: self.end.post(initialize(), Writ_Passport=None), (401,))
        discover = request("server/discover", {}, 1, modern=True)
        self.check("no passport for server/discover", lambda: self.end.post(discover, Writ_Passport=None), (401,))
        if self.options.record:
            with self.report.scenario("the passport stays here") as scenario:
                self.good()
                seen = [line for line in self.upstream.lines() if good[:40] in json.dumps(line)]
                expect_same(seen, [], "lines of the record with the passport")
                scenario.detail = "not in the server's record"

    def session_cases(self) -> None:
        """Sessions of the handshake era."""
        message = request("tools/list", {}, 1)
        post = self.end.post
        self.check("no session", lambda: post(message, MCP_Protocol_Version="2025-11-25"), (400,))
        for label, value in (
            ("a foreign session", "f" * 32),
            ("a session with a blank", "a b"),
            ("a huge session", "f" * 4000),
        ):
            self.check(label, lambda value=value: post(message, value), (404, 400, 431))
        self.check(
            "a version nobody has", lambda: post(message, self.session, MCP_Protocol_Version="1999-01-01"), (400,)
        )
        self.check(
            "no version at all", lambda: post(message, self.session, MCP_Protocol_Version=None), (200,), (None,), None
        )
        for method, wanted in (("GET", (404, 405)), ("DELETE", (404, 405))):
            headers = self.end.headers({}, "f" * 32, Accept="text/event-stream", Content_Type=None)
            send = lambda method=method, headers=headers: self.end.exchange(b"", headers, method)  # noqa: E731
            self.check(f"{method} with a foreign session", send, wanted)
            headers = self.end.headers({}, None, Accept="text/event-stream", Content_Type=None)
            send = lambda method=method, headers=headers: self.end.exchange(b"", headers, method)  # noqa: E731
            self.check(f"{method} without a session", send, (400, 405))
        mine = self.end.open_session()
        if self.options.other:
            self.check("another principal's session", lambda: self.other.post(message, mine), (404,))
            headers = self.other.headers({}, mine, Content_Type=None)
            self.check("its end by another", lambda: self.other.exchange(b"", headers, "DELETE"), (404, 405))
        self.check("the session lives on", lambda: post(message, mine), (200,), (None,), None)
        headers = self.end.headers({}, mine, Content_Type=None)
        self.check("its end", lambda: self.end.exchange(b"", headers, "DELETE"), (200, 202, 204, 405))
        self.check("a session that has ended", lambda: post(message, mine), (404,))

    def size_cases(self) -> None:
        message = self.good_message()
        head = self.end.headers(message)
        start, end = encode(message).split(MARK.encode())

        def big() -> Answer:
            with Socket(self.options.url) as connection:
                length = len(start) + len(end) + 64 * MIB
                connection.send(
                    Endpoint.head("POST", connection.path, [*head, ("Content-Length", str(length))]) + start
                )
                for _ in range(64):
                    if not connection.send(b"x" * MIB):
                        break
                connection.send(end)
                return connection.read()

        def chunked() -> Answer:
            with Socket(self.options.url) as connection:
                connection.send(Endpoint.head("POST", connection.path, [*head, ("Transfer-Encoding", "chunked")]))
                for _ in range(64):
                    if not connection.send(b"%x\r\n" % MIB + b" " * MIB + b"\r\n"):
                        break
                connection.send(b"0\r\n\r\n")
                return connection.read()

        self.check("a body of 64 MiB", big, (413, CLOSED))
        self.check("64 MiB in chunks", chunked, (413, 400, CLOSED))
        body = encode(message)
        lengths = {
            "a Content-Length of 2^63": [("Content-Length", str(1 << 63))],
            "a negative Content-Length": [("Content-Length", "-5")],
            "a Content-Length in hexadecimal": [("Content-Length", hex(len(body)))],
            "two Content-Lengths": [("Content-Length", str(len(body))), ("Content-Length", "5")],
            "both kinds of length": [("Content-Length", str(len(body))), ("Transfer-Encoding", "chunked")],
            "an unknown Transfer-Encoding": [("Transfer-Encoding", "gzip")],
        }
        for label, extra in lengths.items():
            send = lambda extra=extra: self.end.exchange(body, head + extra, seconds=5)  # noqa: E731
            self.check(label, send, (400, 411, 413, 415, 501, CLOSED))
        many = [(f"X-{n}", "v") for n in range(10_000)]
        self.check("10,000 headers", lambda: self.end.exchange(body, head + many), (431, 400, CLOSED))
        large = [("X-Large", "v" * MIB)]
        self.check("a header of one MiB", lambda: self.end.exchange(body, head + large), (431, 400, CLOSED))
        split = [("X-Split", "a\r\n b")]
        self.check("a folded header", lambda: self.end.exchange(body, head + split), (200, 400, CLOSED), (), None)
        self.check("a header without a name", lambda: self.end.exchange(body, [*head, ("", "v")]), (400, CLOSED))
        self.check("an empty body", lambda: self.end.exchange(b"", head), (400,), (-32700, -32600))

    def connection_cases(self) -> None:
        body = encode(self.good_message())
        head = [*self.end.headers(self.good_message()), ("Content-Length", str(len(body)))]

        def cut() -> Answer:
            """The client ends in the middle of the body."""
            with Socket(self.options.url) as connection:
                connection.send(Endpoint.head("POST", connection.path, head) + body[:-5])
                connection._socket.shutdown(socket.SHUT_WR)
                return connection.read(5)

        def pipelined() -> Answer:
            with Socket(self.options.url) as connection:
                one = Endpoint.head("POST", connection.path, head) + body
                connection.send(one + one)
                first = connection.read()
                return connection.read() if first.status == 200 else first

        def smuggled() -> Answer:
            """A second request hidden behind the first's stated length must be a request of its own, or nothing."""
            with Socket(self.options.url) as connection:
                bare = [pair for pair in head if pair[0] != PASSPORT]
                second = Endpoint.head("POST", connection.path, bare) + body
                connection.send(Endpoint.head("POST", connection.path, head) + body + second)
                connection.read()
                return connection.read(5)

        self.check("half a body, then the end", cut, (400, 408, CLOSED))
        self.check("two requests at once on one connection", pipelined, (200,), (None,), True)
        if PASSPORT in self.end.always:
            self.check("a second request without passport", smuggled, (401, CLOSED), (), True)
        stalled = [Socket(self.options.url) for _ in range(64)]
        for number, connection in enumerate(stalled):
            part = Endpoint.head("POST", connection.path, head) + body
            connection.send(part[: (20, len(part) - len(body) - 2, len(part) - 3, 0)[number % 4]])
        self.check("a good call beside 64 stalled connections", self.good, (200,), (None,), True)
        if self.options.patience:
            with self.report.scenario("stalled connections are closed") as scenario:
                scenario.detail = self.wait_for_end(stalled[:3])
        for connection in stalled:
            connection.close()
        self.check("afterwards", self.good, (200,), (None,), True)

    def wait_for_end(self, connections: list[Socket]) -> str:
        """Drips a byte a second into each; each must be closed in time all the same."""
        begin, open_ones = time.monotonic(), list(connections)
        while open_ones and time.monotonic() < begin + self.options.patience:
            for connection in list(open_ones[:1]):
                connection.send(b"x")  # the first one goes on sending, as slow-loris does
            for connection in list(open_ones):
                connection._socket.settimeout(0.3)
                try:
                    if connection._socket.recv(65536) == b"":
                        open_ones.remove(connection)
                except TimeoutError:
                    continue
                except OSError:
                    open_ones.remove(connection)
        expect(not open_ones, f"{len(open_ones)} of {len(connections)} still open after {self.options.patience} s")
        return f"after {time.monotonic() - begin:.0f} s"

    def state_cases(self) -> None:
        """What was given to one caller for one call is good for that call alone."""
        given = [self.state_cases_of(*case) for case in STATES]
        good = any(given) or self.options.tell
        self.report.line("a requestState", good, f"{sum(given)} of {len(STATES)} tools gave one")

    def state_cases_of(self, tool: str, arguments: dict, content: dict) -> bool:
        """The cases of one tool; False if it gives no state, as a tool of another era may not."""
        wanted = {META + "clientCapabilities": {"elicitation": {"form": {}}}}
        first = self.call(tool, arguments=arguments, _meta=wanted).message().get("result", {})
        state = first.get("requestState")
        if not isinstance(state, str):
            return False
        answer = {"action": "accept", "content": content}
        again = {"_meta": wanted, "inputResponses": dict.fromkeys(first["inputRequests"], answer)}
        middle = len(state) // 2
        broken = {
            "one character changed": state[:middle] + ("A" if state[middle] != "A" else "B") + state[middle + 1 :],
            "cut short": state[:-1],
            "with more behind": state + "A",
            "in other case": state.swapcase(),
            "that is empty": "",
        }

        def retry(tool: str, arguments: dict, state: str):
            return lambda: self.call(tool, arguments=arguments, requestState=state, **again)

        for label, other in broken.items():
            self.refused(f"{tool}: a requestState {label}", retry(tool, arguments, other))
        other_tool = "test_input_required_result_tampered_state"
        self.refused(f"{tool}: its requestState with another tool", retry(other_tool, arguments, state))
        self.refused(f"{tool}: a requestState with other arguments", retry(tool, {"more": MARK}, state))
        if self.options.other:
            params = {"name": self.options.prefix + tool, "arguments": arguments, "requestState": state} | again
            message = request("tools/call", params, 1, modern=True)
            self.refused(f"{tool}: another principal's requestState", lambda: self.other.post(message))
        last = retry(tool, arguments, state)
        self.check(f"{tool}: the requestState as it was given", last, (200,), (None,), True, holds=is_result)
        return True

    def refused(self, name: str, send) -> None:
        """An error or a tool error, and the server's own handler has not run."""
        failed = lambda answer: answer.code() is not None or is_tool_error(answer)  # noqa: E731
        self.check(name, send, (200, 400, 403), (), holds=failed)

    def denial_cases(self) -> None:
        if PASSPORT not in self.end.always:
            return
        arguments = {"deny": True, "text": MARK}
        with_decision = lambda answer: is_tool_error(answer) and decision(answer).get("allow") is False  # noqa: E731
        denied = lambda: self.call("echo", arguments=arguments)  # noqa: E731
        self.check("a denied call", denied, (200,), (None,), holds=with_decision)
        params = {"name": self.options.prefix + "echo", "arguments": arguments}
        legacy = lambda: self.end.post(request("tools/call", params), self.session)  # noqa: E731
        self.check("a denied call of the handshake era", legacy, (200,), (None,), holds=with_decision)
        unknown = lambda answer: answer.code() == -32602 or is_tool_error(answer)  # noqa: E731
        nothing = lambda: self.call(f"no-{MARK}")  # noqa: E731
        self.check("an unknown tool", nothing, (200, 400), (), holds=unknown)
        one = "dev.writ/decision"
        forged = lambda: self.call("echo", arguments=arguments, _meta={one: {"allow": True}})  # noqa: E731
        self.check("a decision brought along", forged, (200,), (None,), holds=with_decision)

    def stream_cases(self) -> None:
        """subscriptions/listen: acknowledged first, tagged with the request's id, its end noticed."""
        wanted = {"toolsListChanged": True, "resourceSubscriptions": ["test://watched-resource"]}
        message = request("subscriptions/listen", {"notifications": wanted}, "listen-é", modern=True)

        def listen() -> Answer:
            return self.end.exchange(encode(message), self.end.headers(message), first_event=True)

        def acknowledged(answer: Answer) -> bool:
            first = (answer.messages() or [{}])[0]
            tag = first.get("params", {}).get("_meta", {}).get(META + "subscriptionId")
            return first.get("method") == "notifications/subscriptions/acknowledged" and tag == "listen-é"

        self.check("the first event of a subscription", listen, (200,), (), None, holds=acknowledged)
        bad = request("subscriptions/listen", {}, 1, modern=True)
        self.check("a subscription to nothing", lambda: self.end.post(bad, seconds=5), (200, 400), (-32602,))

        def thirty() -> Answer:
            with concurrent.futures.ThreadPoolExecutor(30) as pool:
                answers = list(pool.map(lambda _: listen(), range(30)))
            return next((one for one in answers if not acknowledged(one)), answers[0])

        self.check("thirty subscriptions at once", thirty, (200,), (), None, holds=acknowledged)
        if self.options.record:
            with self.report.scenario("a client that hangs up cancels its call") as scenario:
                scenario.detail = self.hang_up()

    def hang_up(self) -> str:
        """In 2026-07-28, closing the response's stream is the cancellation; it must reach the server."""
        before = len(self.upstream.lines())
        slow = {"name": self.options.prefix + "slow", "arguments": {"seconds": 5, "steps": 50}}
        message = request("tools/call", slow, 1, modern=True)
        with Socket(self.options.url) as connection:
            body = encode(message)
            head = [*self.end.headers(message), ("Content-Length", str(len(body)))]
            connection.send(Endpoint.head("POST", connection.path, head) + body)
            while not any(line.get("name") == "slow" for line in self.upstream.lines()[before:]):
                time.sleep(0.02)
                expect(True, "")
        begin = time.monotonic()
        while time.monotonic() < begin + 10:
            ended = [
                line["event"]
                for line in self.upstream.lines()[before:]
                if line.get("name") == "slow" and "event" in line
            ]
            if ended:
                expect(self.options.tell or ended == ["cancelled"], f"it {ended[0]}")
                return ended[0]
            time.sleep(0.05)
        expect(self.options.tell, "it was not cancelled")
        return "not cancelled"

    def all(self) -> None:
        for modern in (True, False):
            for case in raw_cases.cases(modern):
                self.case(case, modern)
        self.header_cases()
        self.door_cases()
        self.passport_cases()
        self.session_cases()
        self.state_cases()
        self.denial_cases()
        self.stream_cases()
        self.size_cases()
        self.connection_cases()


def is_tool_error(answer: Answer) -> bool:
    result = answer.message().get("result")
    return isinstance(result, dict) and result.get("isError") is True


def is_result(answer: Answer) -> bool:
    return "result" in answer.message() and not is_tool_error(answer)


def decision(answer: Answer) -> dict:
    return answer.message()["result"].get("_meta", {}).get("dev.writ/decision", {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'", help="a good passport")
    parser.add_argument("--other", action="append", default=[], metavar="'NAME: VALUE'", help="another principal's")
    parser.add_argument("--record", help="the fixture server's record")
    parser.add_argument("--prefix", default="", help="what the gateway puts before tool names")
    parser.add_argument("--patience", type=float, help="seconds within which stalled connections must be closed")
    parser.add_argument("--only", default="", help="cases whose name has this word")
    parser.add_argument("--tell", action="store_true", help="say what comes back, judge nothing")
    report = Report()
    Run(parser.parse_args(), report).all()
    sys.exit(0 if report.ok else 1)


if __name__ == "__main__":
    main()
