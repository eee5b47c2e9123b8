// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder

/// An installation's folder, held open: what is found in it cannot become another folder's in between.
final class HomeHandle: Sendable {
    let descriptor: Int32
    let identity: FileIdentity

    /// - Throws: `DaemonTrouble` where it is not there, is somebody else's, or others may enter it.
    init(_ home: Home) throws(DaemonTrouble) {
        let descriptor = open(home.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DaemonTrouble("\(home.path): \(String(cString: strerror(errno)))") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, FileOwner.isTrusted(status.st_uid) else {
            close(descriptor)
            throw DaemonTrouble("\(home.path) belongs to another user")
        }
        guard status.st_mode & 0o077 == 0 else {
            close(descriptor)
            throw DaemonTrouble(
                "\(home.path) may be entered by others; run: chmod 700 \(ShellQuoting.quoted(home.path))")
        }
        self.descriptor = descriptor
        identity = FileIdentity(status)
    }

    /// A folder that others may enter, for a socket that they may ask at.
    ///
    /// - Throws: `DaemonTrouble` where it is not there, is somebody else's, or others may write to it.
    init(shared folder: String) throws(DaemonTrouble) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DaemonTrouble("\(folder): \(String(cString: strerror(errno)))") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, FileOwner.isTrusted(status.st_uid), status.st_mode & 0o022 == 0 else {
            close(descriptor)
            throw DaemonTrouble("\(folder) belongs to another user, or others may write to it")
        }
        self.descriptor = descriptor
        identity = FileIdentity(status)
    }

    deinit { close(descriptor) }

    /// A name in the folder, short enough for a socket's address however deep the folder is.
    func path(_ name: String) -> String { "/proc/self/fd/\(descriptor)/\(name)" }

    /// What a name is, itself and not what it links to.
    func status(_ name: String) -> stat? {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }
}

/// Which file something is.
struct FileIdentity: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// What a path leads to now.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    var text: String { "\(device):\(inode)" }
}

enum FileOwner {
    /// Ourselves, and root, who could be anybody.
    static func isTrusted(_ user: uid_t) -> Bool { user == geteuid() || user == 0 }

    /// Whose a file is.
    ///
    /// - Throws: `CommandFailure` where it is not there.
    static func of(_ path: String) throws -> uid_t {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CommandFailure(.configuration, "\(path): \(String(cString: strerror(errno)))")
        }
        return status.st_uid
    }
}

/// The socket that the daemon listens on.
enum DaemonSocket {
    static let name = "daemon.sock"
    static let lock = "daemon.lock"

    static func path(_ home: Home) -> String { "\(home.path)/\(name)" }

    /// Who is at the other end, as the kernel has it: of a client who connected, of a daemon who listens.
    static func peer(of descriptor: Int32) -> (process: pid_t, user: uid_t)? {
        // struct ucred: process, user, group.
        var values: [Int32] = [0, -1, -1]
        var length = socklen_t(12)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &values, &length) == 0, length == 12 else { return nil }
        return (values[0], uid_t(bitPattern: values[1]))
    }

    static func make() -> Int32 {
        socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    }
}

/// How this process sees the machine. Another mount of the same folder, as in a container, would give the same path
/// another meaning.
enum FileView {
    static func text() -> String? {
        guard let mounts = FileIdentity("/proc/self/ns/mnt"), let root = FileIdentity("/") else { return nil }
        return "\(mounts.text) \(root.text)"
    }
}
