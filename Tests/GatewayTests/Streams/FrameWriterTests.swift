// SPDX-License-Identifier: Apache-2.0

import Glibc
import PortTesting
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

@Suite struct FrameWriterTests {
    private static func limits(
        frames: Int = 256, bytes: Int = 8 << 20, deadline: Int64 = 30_000
    ) -> GatewayLimits {
        var limits = GatewayLimits()
        limits.queuedFrames = frames
        limits.queuedBytes = bytes
        limits.writeDeadlineMilliseconds = deadline
        return limits
    }

    /// What a writer reported when it failed.
    private final class Report: Sendable {
        let failures = Inbox<FrameWriter.Failure>()
    }

    private static func started(_ descriptor: Int32, _ limits: GatewayLimits) -> (FrameWriter, Report) {
        let report = Report()
        let writer = FrameWriter(descriptor: descriptor, name: "test", limits: limits)
        writer.start { report.failures.add($0) }
        return (writer, report)
    }

    private static func soon() -> MonotonicTime { .after(milliseconds: 30_000) }

    @Test func `a frame that may not be written any more is left out, and its sender told`() async throws {
        let pipe = try TestPipe()
        let (writer, _) = Self.started(pipe.write, Self.limits())
        let refused = Inbox<Int>()
        for (number, bytes) in [[0x61], nil, [0x62]].enumerated() as EnumeratedSequence<[[UInt8]?]> {
            try await writer.deliver(
                FrameWriter.Frame(byteCount: 1, take: { bytes }, onRefused: { refused.add(number) }))
        }
        try await onThread { writer.finish(within: Self.soon()) }
        #expect(try await onThread { readAll(pipe.read) } == Array("a\nb\n".utf8))
        close(pipe.read)
        #expect(refused.rest == [1])
    }

    @Test func `a frame that is stopped in the middle is not written on, and ends the stream`() async throws {
        let pipe = try TestPipe()
        let (writer, report) = Self.started(pipe.write, Self.limits())
        let isStopped = Mutex(false)
        let ends = Inbox<FrameWriter.Failure?>()
        let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
        try await writer.deliver(
            FrameWriter.Frame(
                byteCount: bytes.count, take: { bytes }, onRefused: {},
                mayGoOn: { !isStopped.withLock { $0 } }, onEnd: { ends.add($0) }))
        // The peer takes a little, and the rest of what fits the pipe comes after it.
        let first = try await onThread { readAll(pipe.read, atMost: 4096) }
        #expect(first.count == 4096)
        isStopped.withLock { $0 = true }
        let rest = try await onThread { readAll(pipe.read) }
        close(pipe.read)
        #expect(!rest.contains(0x0a) && rest.count < 200_000, "\(rest.count)")
        #expect(try await within("the end") { await ends.first { _ in true } } == .some(.closed))
        #expect(try await within("the failure") { await report.failures.first { _ in true } } == .closed)
    }

    @Test func `a permitted answer counts as given when it is written, not when it is queued`() async throws {
        let pipe = try TestPipe.full()
        let (frames, _) = Self.started(pipe.write, Self.limits())
        let writer = UpstreamWriter(frames)
        let clock = SettableClock()
        let permits = Inbox<String>()
        let sent = Task {
            try await writer.forwardWritten(LinkSamples.permit(["n": 1], clock: clock)) { permits.add("1 expired") }
            permits.add("1 written")
            try await writer.forwardWritten(LinkSamples.permit(["n": 2], clock: clock)) { permits.add("2 expired") }
            permits.add("2 written")
        }
        // The thread that would write the first is waiting for room: it has not been written.
        try await onThread { while !frames.isBusy { usleep(1_000) } }
        #expect(permits.rest.isEmpty)
        _ = try await onThread { readAll(pipe.read, atMost: 60_000) }
        #expect(try await within("the first") { await permits.first { _ in true } } == "1 written")
        try await within("the second") { try await sent.value }
        #expect(permits.rest == ["2 written"])
        close(pipe.read)
    }

    @Test func `a permitted answer whose time is over in the queue was not given`() async throws {
        let pipe = try TestPipe.full()
        let (frames, _) = Self.started(pipe.write, Self.limits())
        let writer = UpstreamWriter(frames)
        let clock = SettableClock()
        let permits = Inbox<String>()
        let permit = Task {
            try await writer.forwardWritten(LinkSamples.permit(["n": 1], clock: clock)) { permits.add("expired") }
        }
        try await onThread { while !frames.isBusy { usleep(1_000) } }
        clock.advance(milliseconds: 60_000)
        _ = try await onThread { readAll(pipe.read, atMost: 60_000) }
        try await within("its end") { try await permit.value }
        #expect(permits.rest == ["expired"])
        close(pipe.read)
    }

    @Test func `a permitted answer to a peer that is gone was not given`() async throws {
        let pipe = try TestPipe.full()
        let (frames, _) = Self.started(pipe.write, Self.limits())
        let sent = Task {
            try await UpstreamWriter(frames).forwardWritten(LinkSamples.permit(["n": 1])) {}
        }
        try await onThread { while !frames.isBusy { usleep(1_000) } }
        close(pipe.read)
        await #expect(throws: FrameWriter.Failure.self) { try await within("its end") { try await sent.value } }
    }

    @Test(arguments: [false, true])
    func `sixteen senders of a mebibyte at once: every frame whole, each sender's in order`(tasks: Bool) async throws {
        let pipe = try TestPipe()
        let (writer, _) = Self.started(pipe.write, Self.limits(bytes: 3 << 20))
        let size = 1 << 20
        let reading = Task { try await onThread { readAll(pipe.read) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in UInt8(0)..<16 {
                let letter = UInt8(ascii: "a") + sender
                group.addTask {
                    for part in UInt8(0)..<2 {
                        let frame = [letter, UInt8(ascii: "0") + part] + [UInt8](repeating: letter, count: size)
                        if tasks {
                            try await writer.deliver(frame)
                        } else {
                            try await onThread { try writer.send(frame) }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        try await onThread { writer.finish(within: Self.soon()) }
        let bytes = try await within("the reader") { try await reading.value }
        close(pipe.read)
        try #require(bytes.count == 32 * (size + 3))
        let frames = stride(from: 0, to: bytes.count, by: size + 3).map { bytes[$0..<$0 + size + 3] }
        for frame in frames {
            let letter = try #require(frame.first)
            let expected = [UInt8](repeating: letter, count: size) + [0x0a]
            let isWhole = frame.dropFirst(2).withUnsafeBytes { bytes in
                bytes.baseAddress.map { memcmp($0, expected, bytes.count) == 0 } ?? false
            }
            #expect(isWhole, "a torn frame")
        }
        for sender in UInt8(0)..<16 {
            let parts = frames.filter { $0.first == UInt8(ascii: "a") + sender }.map { $0[$0.startIndex + 1] }
            #expect(parts == [UInt8(ascii: "0"), UInt8(ascii: "1")])
        }
    }

    @Test func `a peer that takes nothing: the queue fills, the senders wait, and all end as stalled`() async throws {
        let pipe = try TestPipe.full()
        defer { close(pipe.read) }
        let (writer, report) = Self.started(pipe.write, Self.limits(frames: 4, deadline: 100))
        let sent = Mutex(0)
        let failures = try await onThread { () -> [FrameWriter.Failure] in
            var failures: [FrameWriter.Failure] = []
            while failures.isEmpty {
                do throws(FrameWriter.Failure) {
                    try writer.send([1])
                    sent.withLock { $0 += 1 }
                } catch {
                    failures.append(error)
                }
            }
            return failures
        }
        #expect(failures == [.stalled])
        #expect(sent.withLock { $0 } <= 8, "four in the writer's hands and four waiting")
        let reported = try await within("the report") { await report.failures.first { _ in true } }
        #expect(reported == .stalled)
        #expect(throws: FrameWriter.Failure.stalled) { try writer.send([1]) }
        await #expect(throws: FrameWriter.Failure.stalled) { try await writer.deliver([1]) }
        #expect(report.failures.rest.isEmpty, "it is said once")
    }

    @Test func `tasks that wait for room hold no thread, and end with the writer`() async throws {
        let pipe = try TestPipe.full()
        defer { close(pipe.read) }
        let (writer, _) = Self.started(pipe.write, Self.limits(frames: 2, deadline: 300))
        let count = 200
        let ended = try await within("two hundred waiting tasks") {
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        do throws(FrameWriter.Failure) { try await writer.deliver([1]) } catch {
                            return error == .stalled
                        }
                        return false
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
        }
        #expect(ended >= count - 4)
    }

    @Test func `a peer that is slow, but takes something now and then, loses nothing`() async throws {
        let pipe = try TestPipe.full()
        let deadline: Int64 = 1500
        let (writer, report) = Self.started(pipe.write, Self.limits(frames: 1, deadline: deadline))
        // Twice the deadline passes before the last frame finds room; no single wait reaches it.
        let sending = Task { try await onThread { for letter in UInt8(0)..<6 { try writer.send([0x41 + letter]) } } }
        let bytes = try await onThread { () -> [UInt8] in
            var bytes: [UInt8] = []
            for _ in 0..<8 {
                usleep(400_000)
                bytes += readAll(pipe.read, atMost: 4096)
            }
            return bytes
        }
        let rest = Task { try await onThread { readAll(pipe.read) } }
        try await within("the sender") { try await sending.value }
        try await onThread { writer.finish(within: Self.soon()) }
        let all = try await bytes + within("the rest") { try await rest.value }
        close(pipe.read)
        #expect(String(decoding: all.drop { $0 == 0x20 }, as: UTF8.self) == "A\nB\nC\nD\nE\nF\n")
        #expect(report.failures.rest.isEmpty)
    }

    @Test func `a peer that closes its end: closed, for those who wait and those who come later`() async throws {
        let pipe = try TestPipe.full()
        let (writer, report) = Self.started(pipe.write, Self.limits(frames: 1))
        let waiting = Task { try await onThread { while true { try writer.send([1]) } } }
        let task = Task { while true { try await writer.deliver([1]) } }
        close(pipe.read)
        await #expect(throws: FrameWriter.Failure.closed) { try await waiting.value }
        await #expect(throws: FrameWriter.Failure.closed) { try await task.value }
        let reported = try await within("the report") { await report.failures.first { _ in true } }
        #expect(reported == .closed)
        #expect(throws: FrameWriter.Failure.closed) { try writer.send([1]) }
    }

    @Test func `finishing writes what is queued, closes, and takes nothing more`() async throws {
        let pipe = try TestPipe()
        let (writer, report) = Self.started(pipe.write, Self.limits())
        for number in 0..<100 { try writer.send(Array("\(number)".utf8)) }
        try await onThread { writer.finish(within: Self.soon()) }
        #expect(throws: FrameWriter.Failure.closed) { try writer.send([1]) }
        await #expect(throws: FrameWriter.Failure.closed) { try await writer.deliver([1]) }
        let bytes = try await within("the reader") { try await onThread { readAll(pipe.read) } }
        close(pipe.read)
        #expect(String(decoding: bytes, as: UTF8.self) == (0..<100).map { "\($0)\n" }.joined())
        #expect(report.failures.rest.isEmpty, "an end that was asked for is no failure")
        try await onThread { writer.finish(within: Self.soon()) }
    }

    @Test func `finishing before a peer that takes nothing returns at its deadline and frees those who wait`()
        async throws
    {
        let pipe = try TestPipe.full()
        let (writer, _) = Self.started(pipe.write, Self.limits(frames: 1))
        let waiting = Task { while true { try await writer.deliver([1]) } }
        try await onThread { writer.finish(within: .after(milliseconds: 50)) }
        await #expect(throws: FrameWriter.Failure.closed) { try await waiting.value }
        close(pipe.read)
    }

    @Test func `a frame larger than the queue goes when nothing else waits`() async throws {
        let pipe = try TestPipe()
        let (writer, _) = Self.started(pipe.write, Self.limits(bytes: 1000))
        let reading = Task { try await onThread { readAll(pipe.read) } }
        let large = [UInt8](repeating: 0x61, count: 100_000)
        for _ in 0..<3 {
            try await onThread { try writer.send(large) }
            try await writer.deliver(large)
        }
        try await onThread { writer.finish(within: Self.soon()) }
        #expect(try await within("the reader") { try await reading.value }.count == 6 * 100_001)
        close(pipe.read)
    }

    @Test func `a socket takes frames as a pipe does, and its closing is seen`() async throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let (ours, theirs) = (ends[0], ends[1])
        let (writer, report) = Self.started(ours, Self.limits(frames: 8))
        let frame = [UInt8](repeating: 0x61, count: 300_000)
        let reading = Task { try await onThread { readAll(theirs, atMost: 300_001) } }
        try await onThread { try writer.send(frame) }
        #expect(try await within("the reader") { try await reading.value } == frame + [0x0a])
        close(theirs)
        await #expect(throws: FrameWriter.Failure.closed) {
            try await onThread { while true { try writer.send(frame) } }
        }
        #expect(try await within("the report") { await report.failures.first { _ in true } } == .closed)
    }
}
