// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The processes that enforce an installation's decisions at this moment: each has a socket in `enforcers/`, by which it is
/// told that it should look into the ledger.
///
/// Whether a process is alive the kernel says, which refuses what is sent to the socket of one that has ended. The number
/// of a process is only shown.
public final class EnforcerFolder: Sendable {
    /// What a message came to.
    public enum Delivery: Sendable, Hashable {
        /// It is with a process that is alive.
        case taken
        /// A process that is alive has not read what came before.
        case full
        /// Its process has ended; what was left of it has been removed.
        case gone
    }

    private let descriptor: Int32

    /// The folder of an installation; made, for its owner alone, where it is not there yet.
    ///
    /// - Throws: `HomeError` where it cannot be used, or others may enter it.
    public init(_ home: Home) throws(HomeError) {
        let path = home.enforcers
        try FileAccess.makeFolder(path)
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw HomeError(.inaccessible, "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_uid == geteuid() || status.st_uid == 0 || geteuid() == 0,
            status.st_mode & 0o077 == 0
        else {
            close(descriptor)
            throw HomeError(
                .exposed,
                "\(path) is another user's, or may be entered by others; run: chmod 700 \(ShellQuoting.quoted(path))")
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Makes this process one of them.
    ///
    /// - Parameter kind: what it is; lower-case letters.
    /// - Throws: `HomeError` where it cannot be.
    public func register(_ kind: String) throws(HomeError) -> EnforcerSocket {
        var salt: UInt32 = 0
        guard getentropy(&salt, 4) == 0 else { throw HomeError(.inaccessible, "there are no random numbers") }
        return try EnforcerSocket(EnforcerName(kind: kind, process: getpid(), salt: salt), in: self)
    }

    /// The names of those that have a socket here, sorted; some of them may have ended.
    ///
    /// - Throws: `HomeError` where the folder cannot be read.
    public func names() throws(HomeError) -> [EnforcerName] {
        let all = try FileAccess.names(
            in: "/proc/self/fd/\(descriptor)", ending: EnforcerName.ending, limit: Limits.enforcers)
        return all.compactMap { EnforcerName($0) }
    }

    /// Sends a message of at most `EnforcerSocket.messageBytes`, and never waits.
    public func send(_ message: [UInt8], to name: EnforcerName) -> Delivery {
        let socket = EnforcerSocket.make()
        guard socket >= 0 else { return .full }
        defer { close(socket) }
        let sent = LocalAddress.with(path(name)) { address, length in
            message.withUnsafeBytes {
                Int32(clamping: sendto(socket, $0.baseAddress, $0.count, 0, address, length))
            }
        }
        guard sent < 0 else { return .taken }
        guard errno == ECONNREFUSED || errno == ENOENT else { return .full }
        if errno == ECONNREFUSED { remove(name) }
        return .gone
    }

    /// Tells every process that is alive that it should look into the ledger. What one of them is not told it finds by
    /// itself, a little later.
    public func wakeAll() {
        do throws(HomeError) {
            for name in try names() where name.kind != EnforcerName.drill { _ = send([], to: name) }
        } catch {
            // They look by themselves.
        }
    }

    func path(_ name: EnforcerName) -> String { "/proc/self/fd/\(descriptor)/\(name.text)" }

    /// Removes a socket, and nothing that is none.
    func remove(_ name: EnforcerName) {
        var status = stat()
        guard fstatat(descriptor, name.text, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFSOCK
        else { return }
        unlinkat(descriptor, name.text, 0)
    }
}

/// What one of the processes is called: `gateway-4711-9f3a01bc.sock`.
public struct EnforcerName: Sendable, Hashable, CustomStringConvertible {
    /// What it is.
    public let kind: String
    /// Its process's number, for people.
    public let process: Int32
    private let salt: UInt32

    static let ending = ".sock"
    /// The kind of whoever asks the others to answer.
    public static let drill = "drill"

    init(kind: String, process: Int32, salt: UInt32) {
        self.kind = kind
        self.process = process
        self.salt = salt
    }

    /// The name of a file; `nil` where it is none of these.
    public init?(_ text: String) {
        guard text.utf8.count <= 80, text.hasSuffix(Self.ending) else { return nil }
        let parts = text.dropLast(Self.ending.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (0x61...0x7a).contains($0) }),
            let process = Int32(parts[1]), process > 0, let salt = UInt32(parts[2], radix: 16)
        else { return nil }
        self.init(kind: String(parts[0]), process: process, salt: salt)
        guard self.text == text else { return nil }
    }

    /// The file's name.
    public var text: String {
        let digits = String(salt, radix: 16)
        return "\(kind)-\(process)-\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)\(Self.ending)"
    }

    /// `gateway 4711`.
    public var description: String { "\(kind) \(process)" }
}
