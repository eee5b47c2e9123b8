// SPDX-License-Identifier: Apache-2.0

import Glibc
import StrictJSON

/// Why a conversation came to nothing.
struct DaemonTrouble: Error {
    let what: String

    init(_ what: String) { self.what = what }
}

/// A request or an answer: the word `writ`, the protocol's version, the lengths of header and body (four bytes each, the
/// highest first), a header of strict JSON, and a body of any bytes.
struct DaemonFrame {
    /// Raised with every change that the other side would not understand.
    static let version: UInt32 = 1
    private static let mark = Array("writ".utf8)
    private static let preludeBytes = 16

    var header: JSON
    var body: [UInt8]

    // MARK: writing

    func write(to descriptor: Int32, until deadline: Deadline) throws(DaemonTrouble) {
        let text = header.serialized()
        guard text.count <= DaemonLimits.headerBytes, body.count <= DaemonLimits.bodyBytes else {
            throw DaemonTrouble("too large")
        }
        var bytes = Self.mark + Self.bytes(Self.version) + Self.bytes(UInt32(text.count))
        bytes += Self.bytes(UInt32(body.count))
        bytes += text
        try Self.send(bytes, to: descriptor, until: deadline)
        try Self.send(body, to: descriptor, until: deadline)
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32, until deadline: Deadline) throws(DaemonTrouble) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else {
                guard count < 0, try Self.mayTryAgain(descriptor, POLLOUT, deadline) else {
                    throw DaemonTrouble("the other side has gone")
                }
            }
        }
    }

    // MARK: reading

    /// Reads one frame.
    ///
    /// - Parameters:
    ///   - limit: the largest body.
    ///   - accept: is told the body's length before any of it is read, and may refuse it.
    static func read(
        from descriptor: Int32, limit: Int, until deadline: Deadline, accept: (Int) -> Bool = { _ in true }
    ) throws(DaemonTrouble) -> DaemonFrame {
        let prelude = try receive(preludeBytes, from: descriptor, until: deadline)
        guard prelude.starts(with: mark) else { throw DaemonTrouble("no frame of Writ's") }
        guard number(prelude[4..<8]) == version else { throw DaemonTrouble("another version of the protocol") }
        let lengths = (header: Int(number(prelude[8..<12])), body: Int(number(prelude[12..<16])))
        guard lengths.header <= DaemonLimits.headerBytes, lengths.body <= limit, accept(lengths.body) else {
            throw DaemonTrouble("too large")
        }
        let text = try receive(lengths.header, from: descriptor, until: deadline)
        let header: JSON
        do throws(JSONError) { header = try JSON(parsing: text, limits: DaemonLimits.header) } catch {
            throw DaemonTrouble("the header is no JSON: \(error)")
        }
        return DaemonFrame(header: header, body: try receive(lengths.body, from: descriptor, until: deadline))
    }

    /// Waits for the end of what the other side has to say.
    static func expectEnd(of descriptor: Int32, until deadline: Deadline) throws(DaemonTrouble) {
        var byte: UInt8 = 0
        while true {
            let count = recv(descriptor, &byte, 1, 0)
            if count == 0 { return }
            guard count < 0, try mayTryAgain(descriptor, POLLIN, deadline) else {
                throw DaemonTrouble("more than one frame")
            }
        }
    }

    /// So many bytes. Memory is taken as they come, not as they were announced.
    private static func receive(
        _ count: Int, from descriptor: Int32, until deadline: Deadline
    ) throws(DaemonTrouble) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(count, 256 << 10))
        while bytes.count < count {
            let some = recv(descriptor, &buffer, min(buffer.count, count - bytes.count), 0)
            if some > 0 {
                bytes += buffer[..<some]
            } else {
                guard some < 0, try mayTryAgain(descriptor, POLLIN, deadline) else {
                    throw DaemonTrouble("a half frame")
                }
            }
        }
        return bytes
    }

    /// After a call that has failed: waits until it could do better. `false` where it never will.
    private static func mayTryAgain(
        _ descriptor: Int32, _ event: Int32, _ deadline: Deadline
    ) throws(DaemonTrouble) -> Bool {
        if errno == EINTR { return true }
        guard errno == EAGAIN || errno == EWOULDBLOCK else { return false }
        // Also where the other side writes a byte from time to time: it has the deadline for all of them.
        guard !deadline.isPast else { throw DaemonTrouble("no answer in time") }
        var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        guard poll(&entry, 1, deadline.left) != 0 else { throw DaemonTrouble("no answer in time") }
        return true
    }

    private static func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
