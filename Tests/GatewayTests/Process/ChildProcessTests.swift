// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Gateway

@Suite struct ChildProcessTests {
    private static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "ONLY=this"]

    private static func shell(_ script: String, in folder: String? = nil) throws -> ChildProcess {
        try ChildProcess.start("sh", ["-c", script], environment: environment, workingDirectory: folder)
    }

    /// What a script says and how it ends, once its input has been closed.
    private static func run(_ script: String, in folder: String? = nil) async throws -> (String, Int32) {
        let child = try shell(script, in: folder)
        close(child.input)
        return try await within("the end of \(script)") {
            try await onThread {
                let said = String(decoding: readAll(child.output), as: UTF8.self)
                child.waitForEnd()
                close(child.output)
                close(child.errors)
                return (said, child.reap())
            }
        }
    }

    @Test func `input goes in, output and errors come out apart`() async throws {
        let child = try Self.shell("cat; echo oops >&2")
        writeAll(child.input, Array("hello".utf8))
        close(child.input)
        let (said, complained) = try await onThread { (readAll(child.output), readAll(child.errors)) }
        #expect(String(decoding: said, as: UTF8.self) == "hello")
        #expect(String(decoding: complained, as: UTF8.self) == "oops\n")
        child.waitForEnd()
        #expect(child.reap() == 0)
        for descriptor in [child.output, child.errors] { close(descriptor) }
    }

    @Test(arguments: [
        ("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143), ("kill -KILL $$", 137), ("kill -PIPE $$", 141),
    ])
    func `the status is a shell's`(script: String, status: Int32) async throws {
        #expect(try await Self.run(script).1 == status)
    }

    @Test func `a child gets exactly the environment given, and the folder`() async throws {
        let (said, _) = try await Self.run("echo $ONLY $HOME; pwd", in: "/usr/bin")
        #expect(said == "this\n/usr/bin\n")
    }

    @Test func `a child inherits its three streams and nothing else`() async throws {
        let pipes = try (0..<10).map { _ in try TestPipe() }
        let (said, _) = try await Self.run("ls /proc/self/fd")
        // `ls` itself has the folder open.
        #expect(said == "0\n1\n2\n3\n")
        for pipe in pipes {
            close(pipe.read)
            close(pipe.write)
        }
    }

    @Test func `children that are started at once do not hold each other's pipes`() async throws {
        try await within("forty children") {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        // `cat` ends when all who hold its input's other end have closed it.
                        let (_, status) = try await Self.run("exec cat")
                        #expect(status == 0)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: [
        ("/nonexistent/program", nil), ("no-such-program-anywhere", nil), ("/etc/passwd", nil), ("sh", "/nonexistent"),
    ])
    func `what cannot be started is an error in words`(command: String, folder: String?) {
        let error = #expect(throws: ChildProcess.StartFailure.self) {
            _ = try ChildProcess.start(command, [], environment: Self.environment, workingDirectory: folder)
        }
        #expect(error?.description.hasPrefix("cannot start \(command): ") == true)
    }

    @Test func `a signal reaches the child and what it started`() async throws {
        let child = try Self.shell("sleep 600 & echo $!; wait")
        let line = try await onThread { readAll(child.output, atMost: 2) }
        #expect(!line.isEmpty)
        child.signal(SIGTERM)
        try await within("the end") {
            try await onThread {
                // The output ends when the last who holds it has ended.
                _ = readAll(child.output)
                child.waitForEnd()
                #expect(child.reap() == 143)
            }
        }
        for descriptor in [child.input, child.output, child.errors] { close(descriptor) }
    }

    @Test func `what a child leaves behind can still be ended after it, until it is reaped`() async throws {
        let child = try Self.shell("trap '' TERM; sleep 600 & exit 0")
        try await within("the end") {
            try await onThread {
                child.waitForEnd()
                child.signal(SIGKILL)
                _ = readAll(child.output)
                #expect(child.reap() == 0)
                // Nobody's any more: sends nothing.
                child.signal(SIGKILL)
            }
        }
        for descriptor in [child.input, child.output, child.errors] { close(descriptor) }
    }
}
