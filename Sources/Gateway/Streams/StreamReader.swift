// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads a stream on a thread of its own and hands over what arrives, in order, on that thread.
enum StreamReader {
    /// Starts reading. The reader owns the descriptor and closes it at the end.
    ///
    /// - Parameters:
    ///   - onBytes: called with each piece; while it runs, nothing more is read, which is how a peer is slowed down.
    ///   - onEnd: called once, at the end or at an error.
    static func start(
        descriptor: Int32, name: String, onBytes: @escaping @Sendable (ArraySlice<UInt8>) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) {
        PeerThread.start("reader of \(name)") {
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                if count < 0 && errno == EAGAIN {
                    // Whoever started us may share the stream's open file, and have made it non-blocking.
                    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                    _ = Glibc.poll(&poll, 1, -1)
                    continue
                }
                guard count > 0 else { break }
                onBytes(buffer[..<count])
            }
            close(descriptor)
            onEnd()
        }
    }
}
