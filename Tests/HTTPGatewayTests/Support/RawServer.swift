// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix
import StrictJSON
import Testing

/// A server that answers with whatever bytes a test says, whenever it says so.
final class RawServer: Sendable {
    struct Request: Sendable {
        let method: String
        let headers: [String: String]
        let body: String
        let peer: Peer

        /// The body's `method`.
        var rpc: String {
            do { return try JSON(parsing: Array(body.utf8))["method"]?.string?.string ?? "" } catch { return "" }
        }
    }

    /// One connection of a client's.
    struct Peer: Sendable {
        fileprivate let channel: any Channel

        func send(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

        func close() { channel.close(promise: nil) }

        func reset() {
            guard let provider = channel as? any SocketOptionProvider else { return }
            let channel = channel
            provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
        }

        /// A whole answer.
        func answer(_ status: Int, _ body: String = "", type: String? = "application/json", _ headers: String = "") {
            let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
            send("HTTP/1.1 \(status) X\r\n\(type)\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }

        /// The head of an event stream that ends with the connection.
        func stream(_ headers: String = "") {
            send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(headers)Connection: close\r\n\r\n")
        }
    }

    let requests = Happenings<Request>()
    /// All that has come, as it came.
    let seen: Mutexed<[UInt8]>
    /// Connections that have ended.
    let ended = Happenings<Void>()
    let port: Int
    private let channel: any Channel

    private final class Inbound: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var bytes: [UInt8] = []
        private let requests: Happenings<Request>
        private let ended: Happenings<Void>
        private let seen: Mutexed<[UInt8]>

        init(_ requests: Happenings<Request>, _ ended: Happenings<Void>, _ seen: Mutexed<[UInt8]>) {
            (self.requests, self.ended, self.seen) = (requests, ended, seen)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let new = Array(unwrapInboundIn(data).readableBytesView)
            seen.change { $0 += new }
            bytes += new
            while let end = Data(bytes).range(of: Data("\r\n\r\n".utf8)) {
                let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                    if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
                }
                let length = headers["content-length"].flatMap { Int($0) } ?? 0
                guard bytes.count >= end.upperBound + length else { return }
                let body = String(decoding: bytes[end.upperBound..<(end.upperBound + length)], as: UTF8.self)
                bytes.removeFirst(end.upperBound + length)
                let method = lines.first?.split(separator: " ").first.map(String.init) ?? ""
                requests.add(
                    Request(method: method, headers: headers, body: body, peer: Peer(channel: context.channel)))
            }
        }

        func channelInactive(context: ChannelHandlerContext) { ended.add(()) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    init() async throws {
        let (requests, ended, seen) = (requests, ended, Mutexed<[UInt8]>([]))
        self.seen = seen
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Inbound(requests, ended, seen))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = try #require(channel.localAddress?.port)
    }

    func stop() async throws { try await channel.close() }

    /// The next request, of this JSON-RPC or HTTP method.
    func next(_ method: String) async throws -> Request {
        try await requests.first("a request \(method)") { $0.rpc == method || $0.method == method }
    }
}
