// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// However a run ends: in bounded time, with the server gone and the descriptors closed.
@Suite struct EndingTests {
    private static func quick() -> GatewayLimits {
        var limits = GatewayLimits()
        limits.shutdownMilliseconds = 200
        return limits
    }

    @Test func `the client closes: the server ends by itself, and the status is 0`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            #expect(try await running.end() == 0)
            #expect(running.notes.rest.isEmpty)
        }
    }

    @Test(arguments: [["stubborn"], ["heir"], ["stubborn", "heir"]])
    func `a server, or its grandchild, that will not go is made to`(habits: [String]) async throws {
        let fixture = try Fixture()
        try await TemporaryFolder.with { folder in
            let requests = try TestPipe()
            let answers = try TestPipe()
            let client = TestClient(input: answers.read, output: requests.write)
            // The server writes its own and its grandchild's id, for the test to look whether they are gone.
            let script =
                "echo $$ > '\(folder.path)/pid'; exec "
                + ([ScriptedServer.python]
                + ScriptedServer.arguments(record: folder.path + "/record", habits)).map { "'\($0)'" }.joined(
                    separator: " ")
            let gateway = fixture.gateway("sh", ["-c", script], limits: Self.quick())
            let task = Task { await gateway.run(input: requests.read, output: answers.write) }
            try await client.connect()
            client.close()
            #expect(try await within("the end") { await task.value } == 0)
            let group = try #require(folder.lines("pid").first.flatMap { pid_t($0) })
            try await within("the group to be gone") {
                // Killed processes are gone when whoever inherited them has reaped them.
                while kill(-group, 0) == 0 && Self.hasLiving(group: group) {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
    }

    /// Whether a process of the group is no zombie.
    private static func hasLiving(group: pid_t) -> Bool {
        let processes = glob("/proc/[0-9]*/stat")
        return processes.contains { path in
            guard let file = fopen(path, "r") else { return false }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 1024)
            guard fgets(&line, Int32(line.count), file) != nil else { return false }
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // pid (name) state ppid pgrp …
            let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 2 && fields[2] == "\(group)" && fields[0] != "Z"
        }
    }

    private static func glob(_ pattern: String) -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        guard Glibc.glob(pattern, 0, nil, &result) == 0 else { return [] }
        return (0..<Int(result.gl_pathc)).compactMap { index in
            result.gl_pathv[index].map { String(cString: $0) }
        }
    }

    @Test func `cancelling the run is as the client's closing`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            try await running.client.startArriving("silent")
            _ = try await running.client.call("echo")
            running.cancel()
            #expect(try await running.ended() == 0)
            #expect(try running.fixture.calls().allSatisfy { $0.outcome != nil })
        }
    }

    @Test func `a server that cannot be started: status 69, a note, and both descriptors closed`() async throws {
        let fixture = try Fixture()
        let requests = try TestPipe()
        let answers = try TestPipe()
        let notes = Inbox<String>()
        let gateway = fixture.gateway("/nonexistent/server", [], note: { notes.add($0) })
        #expect(await gateway.run(input: requests.read, output: answers.write) == StdioDoor.cannotStart)
        #expect(notes.rest.first?.hasPrefix("writ: cannot start /nonexistent/server: ") == true)
        #expect(try await within("the client's end") { try await onThread { readAll(answers.read) } } == [])
        #expect(!writeAll(requests.write, [1]), "nobody reads requests any more")
        for descriptor in [requests.write, answers.read] { close(descriptor) }
    }

    @Test func `a server that ends at once: its status, and the client sees the end`() async throws {
        let fixture = try Fixture()
        let requests = try TestPipe()
        let answers = try TestPipe()
        let gateway = fixture.gateway("sh", ["-c", "exit 5"])
        let status = try await within("the end") { await gateway.run(input: requests.read, output: answers.write) }
        #expect(status == 5)
        #expect(try await within("the client's end") { try await onThread { readAll(answers.read) } } == [])
        for descriptor in [requests.write, answers.read] { close(descriptor) }
    }

    @Test func `what a server says last, on both streams, is passed on before the end`() async throws {
        let fixture = try Fixture()
        let requests = try TestPipe()
        let answers = try TestPipe()
        let script = """
            read line
            printf '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}}\\n'
            read line; read line
            printf '{"jsonrpc":"2.0","id":2,"result":{"tools":[]}}\\n'
            exit 3
            """
        let gateway = fixture.gateway("sh", ["-c", script])
        let client = TestClient(input: answers.read, output: requests.write)
        let task = Task { await gateway.run(input: requests.read, output: answers.write) }
        #expect(try await client.request("tools/list")["result"] == ["tools": []])
        #expect(try await within("the end") { await task.value } == 3)
        client.close()
    }

    @Test func `two hundred runs one after the other leave no descriptor behind`() async throws {
        // Other tests run beside this one, and have far fewer than two hundred open.
        let before = Self.glob("/proc/self/fd/*").count
        for _ in 0..<200 {
            let fixture = try Fixture()
            let requests = try TestPipe()
            let answers = try TestPipe()
            let gateway = fixture.gateway("cat", [])
            let task = Task { await gateway.run(input: requests.read, output: answers.write) }
            close(requests.write)
            #expect(try await within("the end") { await task.value } == 0)
            #expect(try await within("the client's end") { try await onThread { readAll(answers.read) } } == [])
            close(answers.read)
        }
        #expect(Self.glob("/proc/self/fd/*").count - before < 150)
    }

    @Test func `a socket serves as well as two pipes`() async throws {
        let fixture = try Fixture()
        try await TemporaryFolder.with { folder in
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
            let (ours, theirs) = (ends[0], ends[1])
            // As a client in Node does it: non-blocking, and one socket for both directions.
            _ = fcntl(theirs, F_SETFL, fcntl(theirs, F_GETFL) | O_NONBLOCK)
            let second = fcntl(theirs, F_DUPFD_CLOEXEC, 0)
            let gateway = fixture.gateway(
                ScriptedServer.python, ScriptedServer.arguments(record: folder.path + "/record", []))
            let client = TestClient(input: fcntl(ours, F_DUPFD_CLOEXEC, 0), output: fcntl(ours, F_DUPFD_CLOEXEC, 0))
            let task = Task { await gateway.run(input: theirs, output: second) }
            try await client.connect()
            let answer = try await client.call("big", ["n": 1_000_000])
            #expect(answer.said.utf8.count == 1_000_000)
            shutdown(ours, Int32(SHUT_WR))
            #expect(try await within("the end") { await task.value } == 0)
            client.close()
            close(ours)
        }
    }
}
