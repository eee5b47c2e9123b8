// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A TCP connection that sends any bytes: what no HTTP client lets one send.
final class RawClient: Sendable {
    struct Response: Sendable {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The connection ended before what was waited for came.
    struct Ended: Error {}

    private struct State {
        var bytes: [UInt8] = []
        var isClosed = false
        /// How often something has come, so that nobody waits for what came just before.
        var changes = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let channel: any Channel
    private let inbound: Inbound

    private final class Inbound: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let state = Mutex(State())

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            change { $0.bytes += bytes }
        }

        func channelInactive(context: ChannelHandlerContext) { change { $0.isClosed = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func change(_ change: (inout State) -> Void) {
            let waiter = state.withLock { state in
                change(&state)
                state.changes += 1
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }

    private init(_ channel: any Channel, _ inbound: Inbound) {
        self.channel = channel
        self.inbound = inbound
    }

    /// - Parameter readsNothing: whether nothing is read, as by a client that has stalled.
    static func connect(_ port: Int, readsNothing: Bool = false) async throws -> RawClient {
        let inbound = Inbound()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: !readsNothing)
            .channelOption(.socketOption(.so_rcvbuf), value: readsNothing ? 4096 : 1 << 18)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(inbound) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawClient(channel, inbound)
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    func close() async throws { try await channel.close() }

    /// Reads on, where it read nothing.
    func read() async throws { try await channel.setOption(.autoRead, value: true).get() }

    /// Ends the connection with a reset.
    func reset() async throws {
        let provider = try #require(channel as? any SocketOptionProvider)
        try await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    /// Waits until the other side has ended the connection.
    func closed() async throws -> [UInt8] {
        try await within("the connection's end") { [self] in
            while true {
                let (bytes, isClosed, seen) = inbound.state.withLock { ($0.bytes, $0.isClosed, $0.changes) }
                if isClosed { return bytes }
                await more(than: seen)
            }
        }
    }

    /// Waits for bytes up to and with these, and takes them.
    func text(upTo end: String) async throws -> String {
        try await within("\(end.debugDescription)") { [self] in
            while true {
                let (taken, seen): (String?, Int) = try inbound.state.withLock { state in
                    if let range = Data(state.bytes).range(of: Data(end.utf8)) {
                        defer { state.bytes.removeFirst(range.upperBound) }
                        return (String(decoding: state.bytes[..<range.upperBound], as: UTF8.self), 0)
                    }
                    if state.isClosed { throw Ended() }
                    return (nil, state.changes)
                }
                if let taken { return taken }
                await more(than: seen)
            }
        }
    }

    private func bytes(_ count: Int) async throws -> [UInt8] {
        while true {
            let (taken, seen): ([UInt8]?, Int) = try inbound.state.withLock { state in
                if state.bytes.count >= count {
                    defer { state.bytes.removeFirst(count) }
                    return (Array(state.bytes.prefix(count)), 0)
                }
                if state.isClosed { throw Ended() }
                return (nil, state.changes)
            }
            if let taken { return taken }
            await more(than: seen)
        }
    }

    /// The head of an answer.
    func head() async throws -> (status: Int, headers: [String: String]) {
        let lines = try await text(upTo: "\r\n\r\n").components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Ended()
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { continue }
            let name = parts[0].lowercased()
            headers[name] = headers[name].map { "\($0), \(parts[1])" } ?? parts[1]
        }
        return (status, headers)
    }

    /// A whole answer.
    func response() async throws -> Response {
        let (status, headers) = try await head()
        var body: [UInt8] = []
        if headers["transfer-encoding"] == "chunked" {
            while let chunk = try await chunk() { body += chunk }
        } else if let length = headers["content-length"].flatMap({ Int($0) }) {
            body = try await within("a body") { [self] in try await self.bytes(length) }
        }
        return Response(status: status, headers: headers, body: body)
    }

    /// The next chunk of a chunked body; `nil` for the last.
    func chunk() async throws -> [UInt8]? {
        let line = try await text(upTo: "\r\n").trimmingCharacters(in: .whitespacesAndNewlines)
        guard let count = Int(line, radix: 16) else { throw Ended() }
        let bytes: [UInt8] = try await within("a chunk") { [self] in try await self.bytes(count + 2) }
        return count == 0 ? nil : Array(bytes.dropLast(2))
    }

    /// The next event's data on an event stream, comments skipped.
    func event() async throws -> String {
        while true {
            let text = try await text(upTo: "\n\n")
            if let data = text.components(separatedBy: "\n").first(where: { $0.hasPrefix("data: ") }) {
                return String(data.dropFirst(6))
            }
        }
    }

    private func more(than seen: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = inbound.state.withLock { state in
                    guard !state.isClosed, state.changes == seen, state.waiter == nil else { return false }
                    state.waiter = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            // Whoever waits has given up; the end of the connection is what gets its continuation resumed.
            channel.close(promise: nil)
        }
    }
}
