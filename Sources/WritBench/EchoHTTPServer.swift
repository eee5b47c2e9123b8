// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import StrictJSON

/// The echo server over HTTP, without sessions: what a native server costs that does nothing else.
enum EchoHTTPServer {
    /// Listens until the process is ended; says `listening on URL` on standard error once it does.
    ///
    /// - Parameter address: `HOST:PORT`; port 0 for one that is free.
    static func run(_ address: String) async throws {
        let parts = address.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]) else { throw WrongAddress() }
        let host = String(parts[0])
        let application = Application(
            responder: CallbackResponder { (request: Request, _: EchoContext) in try await respond(request) },
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in say("listening on http://\(host):\(channel.localAddress?.port ?? port)/mcp")
            },
            logger: Logger(label: "echo", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await application.run()
    }

    /// At once, also into a pipe.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    struct WrongAddress: Error {}

    private static func respond(_ request: Request) async throws -> Response {
        guard request.method == .post else { return Response(status: .methodNotAllowed) }
        let body = try await request.body.collect(upTo: 8 << 20)
        guard let answer = EchoServer.answer(Array(body.readableBytesView)) else { return Response(status: .accepted) }
        let isUnknown = answer["error"]?["code"]?.int64 == -32601
        return Response(
            status: isUnknown ? .notFound : .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.serialized())))
    }
}

/// Nothing is kept of a request.
private struct EchoContext: InitializableFromSource {
    init(source: ApplicationRequestContextSource) {}
}
