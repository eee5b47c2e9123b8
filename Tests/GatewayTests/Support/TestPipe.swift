// SPDX-License-Identifier: Apache-2.0

import CPosixShim
import Glibc
import Testing

/// Two ends that no server inherits.
struct TestPipe {
    let read: Int32
    let write: Int32

    /// As the gateway has it: a reader that closes is an error of write(2), not the end of the process.
    private static let ignoresSIGPIPE: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    init() throws {
        Self.ignoresSIGPIPE
        var ends: [Int32] = [-1, -1]
        try #require(writ_pipe_cloexec(&ends) == 0)
        (read, write) = (ends[0], ends[1])
    }

    /// A pipe that is full, up to the last byte.
    static func full() throws -> TestPipe {
        let pipe = try TestPipe()
        let flags = fcntl(pipe.write, F_GETFL)
        _ = fcntl(pipe.write, F_SETFL, flags | O_NONBLOCK)
        var byte: UInt8 = 0x20
        let block = [UInt8](repeating: 0x20, count: 4096)
        while Glibc.write(pipe.write, block, block.count) > 0 {}
        while Glibc.write(pipe.write, &byte, 1) > 0 {}
        _ = fcntl(pipe.write, F_SETFL, flags)
        return pipe
    }

}

/// Reads up to so many bytes, or to the end.
func readAll(_ descriptor: Int32, atMost limit: Int = .max) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count < limit {
        let count = read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        bytes += buffer[..<count]
    }
    return bytes
}

/// Writes everything; whether somebody was there to take it.
@discardableResult
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}
