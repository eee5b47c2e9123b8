// SPDX-License-Identifier: Apache-2.0

import Glibc
import MCP
import Synchronization
import Testing

@testable import Gateway

@Suite struct StreamReaderTests {
    /// A reader, and what it handed over.
    private final class Heard: Sendable {
        let bytes = Mutex<[UInt8]>([])
        let ends = Mutex(0)
        let inbox = Inbox<Int>()

        func start(_ descriptor: Int32, _ onBytes: @escaping @Sendable () -> Void = {}) {
            StreamReader.start(
                descriptor: descriptor, name: "test",
                onBytes: { [self] piece in
                    bytes.withLock { $0 += piece }
                    inbox.add(piece.count)
                    onBytes()
                },
                onEnd: { [self] in
                    ends.withLock { $0 += 1 }
                    inbox.end()
                })
        }
    }

    @Test func `everything arrives in order, and then the end, once`() async throws {
        let pipe = try TestPipe()
        let heard = Heard()
        heard.start(pipe.read)
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try await onThread {
            writeAll(pipe.write, bytes)
            close(pipe.write)
        }
        try await within("the end") { await heard.inbox.ended() }
        #expect(heard.bytes.withLock { $0 } == bytes)
        #expect(heard.ends.withLock { $0 } == 1)
    }

    @Test func `while what arrived is worked on, nothing more is read`() async throws {
        let pipe = try TestPipe()
        let heard = Heard()
        let monitor = Monitor()
        let mayGoOn = Mutex(false)
        heard.start(pipe.read) {
            monitor.withLock { _ = monitor.wait(until: nil) { mayGoOn.withLock { $0 } } }
        }
        let written = Mutex(0)
        let writing = Task {
            try await onThread {
                for _ in 0..<100 {
                    writeAll(pipe.write, [UInt8](repeating: 1, count: 4096))
                    written.withLock { $0 += 1 }
                }
                close(pipe.write)
            }
        }
        _ = try await within("the first piece") { await heard.inbox.first { _ in true } }
        // A pipe and one buffer: the writer cannot get further than that.
        #expect(written.withLock { $0 } <= 33)
        #expect(heard.bytes.withLock { $0.count } <= 64 << 10)
        mayGoOn.withLock { $0 = true }
        monitor.withLock { monitor.signal() }
        try await within("the writer") { try await writing.value }
        try await within("the end") { await heard.inbox.ended() }
        #expect(heard.bytes.withLock { $0.count } == 100 * 4096)
    }

    @Test func `a stream that somebody made non-blocking is read all the same`() async throws {
        let pipe = try TestPipe()
        _ = fcntl(pipe.read, F_SETFL, fcntl(pipe.read, F_GETFL) | O_NONBLOCK)
        let heard = Heard()
        heard.start(pipe.read)
        try await onThread { _ = writeAll(pipe.write, [1]) }
        #expect(try await within("the first byte") { await heard.inbox.first { _ in true } } == 1)
        try await onThread {
            writeAll(pipe.write, [2])
            close(pipe.write)
        }
        try await within("the end") { await heard.inbox.ended() }
        #expect(heard.bytes.withLock { $0 } == [1, 2])
    }

    @Test func `a descriptor that cannot be read ends at once`() async throws {
        let pipe = try TestPipe()
        let heard = Heard()
        heard.start(pipe.write)
        try await within("the end") { await heard.inbox.ended() }
        #expect(heard.bytes.withLock { $0.isEmpty })
        close(pipe.read)
    }
}
