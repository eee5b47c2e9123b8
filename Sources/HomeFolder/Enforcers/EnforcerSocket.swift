// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A socket of this process in `enforcers/`, for one thread that waits at it.
public final class EnforcerSocket: Sendable {
    /// What comes while a thread waits.
    public enum Event: Sendable, Hashable {
        /// The time is over.
        case timeout
        /// Somebody in this process calls.
        case woken
        /// Messages, the oldest first; those that are too long are empty.
        case messages([[UInt8]])
    }

    /// Bytes of a message: names and numbers.
    public static let messageBytes = 4096

    /// What others find it by; `nil` where nobody does.
    public let name: EnforcerName?
    private let folder: EnforcerFolder?
    private let socket: Int32
    private let waker: (read: Int32, write: Int32)

    init(_ name: EnforcerName, in folder: EnforcerFolder) throws(HomeError) {
        let socket = Self.make()
        guard socket >= 0 else { throw Self.failure(errno) }
        guard LocalAddress.with(folder.path(name), { bind(socket, $0, $1) }) == 0 else {
            let number = errno
            close(socket)
            throw Self.failure(number)
        }
        do throws(HomeError) { waker = try Self.pair() } catch {
            close(socket)
            folder.remove(name)
            throw error
        }
        self.name = name
        self.folder = folder
        self.socket = socket
    }

    /// One that nobody outside of this process finds, where the folder can hold no sockets.
    ///
    /// - Throws: `HomeError` where the process may open nothing more.
    public init() throws(HomeError) {
        waker = try Self.pair()
        name = nil
        folder = nil
        // poll(2) passes over it.
        socket = -1
    }

    deinit {
        for descriptor in [socket, waker.read, waker.write] where descriptor >= 0 { close(descriptor) }
        if let name { folder?.remove(name) }
    }

    private static func pair() throws(HomeError) -> (read: Int32, write: Int32) {
        var pair: [Int32] = [-1, -1]
        guard pipe(&pair) == 0 else { throw failure(errno) }
        for end in pair {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        return (pair[0], pair[1])
    }

    /// Waits for something, at most so many milliseconds, or for ever where they are negative.
    public func wait(milliseconds: Int32) -> Event {
        var descriptors = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.read, events: Int16(POLLIN), revents: 0),
        ]
        // A signal ends the wait early, which does no harm.
        guard poll(&descriptors, 2, milliseconds) > 0 else { return .timeout }
        if descriptors[1].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 256)
            while read(waker.read, &bytes, bytes.count) == bytes.count {}
        }
        let messages = descriptors[0].revents != 0 ? received() : []
        return messages.isEmpty ? .woken : .messages(messages)
    }

    private func received() -> [[UInt8]] {
        var messages: [[UInt8]] = []
        // What is longer is cut, and then has one byte too many.
        var buffer = [UInt8](repeating: 0, count: Self.messageBytes + 1)
        while messages.count < Limits.enforcerMessages {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { break }
            messages.append(count <= Self.messageBytes ? Array(buffer[..<count]) : [])
        }
        return messages
    }

    /// Ends the wait of whoever waits, or of who waits next. Never waits itself.
    public func wake() {
        var byte: UInt8 = 1
        // A pipe that is full has woken it already.
        _ = write(waker.write, &byte, 1)
    }

    static func make() -> Int32 {
        Glibc.socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    }

    private static func failure(_ number: Int32) -> HomeError {
        HomeError(
            .inaccessible, "this process cannot be made known in enforcers/: \(String(cString: strerror(number)))")
    }
}
