// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Whole files, read and written with their permissions checked on the open descriptor, so that what was checked is what
/// was read.
public enum FileAccess {
    /// Who else may have access.
    public enum Privacy: Sendable {
        /// Anyone may read it.
        case readable
        /// Nobody but the owner may read or write it, and the owner is who runs this or root.
        case ownerOnly
    }

    /// Whose a file is.
    public struct Owner: Sendable {
        let user: UInt32
        let group: UInt32

        /// An owner; only root can make somebody else one.
        public init(user: UInt32, group: UInt32) {
            self.user = user
            self.group = group
        }
    }

    /// The bytes of a regular file.
    ///
    /// - Throws: `HomeError`: missing, inaccessible, exposed, too large or no regular file.
    public static func read(_ path: String, limit: Int, privacy: Privacy = .readable) throws(HomeError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("read", path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw HomeError(.malformed, "\(path) is no regular file")
        }
        if privacy == .ownerOnly {
            guard status.st_mode & 0o077 == 0 else {
                throw HomeError(
                    .exposed, "\(path) may be accessed by others; run: chmod 600 \(ShellQuoting.quoted(path))")
            }
            guard status.st_uid == geteuid() || status.st_uid == 0 else {
                throw HomeError(.exposed, "\(path) belongs to another user; only its owner may use it")
            }
        }
        guard status.st_size <= limit else {
            throw HomeError(.tooLarge, "\(path) has \(status.st_size) bytes; at most \(limit) are read")
        }
        return try bytes(of: descriptor, path, limit: limit)
    }

    private static func bytes(of descriptor: Int32, _ path: String, limit: Int) throws(HomeError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw failure("read", path, errno)
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { throw HomeError(.tooLarge, "\(path) has more than \(limit) bytes") }
        }
    }

    /// Makes a new file, durably; never replaces one.
    ///
    /// - Throws: `HomeError`: it exists, or it cannot be written.
    public static func create(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(HomeError) {
        try write(path, bytes, mode: mode, named: path)
    }

    /// The same, but nobody ever sees a part of the file.
    ///
    /// - Throws: `HomeError`: it exists, or it cannot be written.
    public static func createWhole(_ path: String, _ bytes: [UInt8], mode: UInt32) throws(HomeError) {
        let scratch = try scratchPath(path)
        try write(scratch, bytes, mode: mode, named: path)
        defer { unlink(scratch) }
        guard link(scratch, path) == 0 else {
            if errno == EEXIST { throw HomeError(.exists, "\(path) is there already; nothing was overwritten") }
            throw failure("write", path, errno)
        }
    }

    /// Puts another whole file in a file's place, durably.
    ///
    /// - Throws: `HomeError`; the file is then what it was.
    public static func replace(
        _ path: String, _ bytes: [UInt8], mode: UInt32, owner: Owner? = nil
    ) throws(HomeError) {
        let scratch = try scratchPath(path)
        do throws(HomeError) { try write(scratch, bytes, mode: mode, owner: owner, named: path) } catch {
            unlink(scratch)
            throw error
        }
        guard rename(scratch, path) == 0 else {
            let number = errno
            unlink(scratch)
            throw failure("write", path, number)
        }
    }

    private static func scratchPath(_ path: String) throws(HomeError) -> String {
        var salt: UInt64 = 0
        guard getentropy(&salt, 8) == 0 else { throw failure("write", path, errno) }
        return "\(path).new-\(String(salt, radix: 16))"
    }

    private static func write(
        _ path: String, _ bytes: [UInt8], mode: UInt32, owner: Owner? = nil, named: String
    ) throws(HomeError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw HomeError(.exists, "\(named) is there already; nothing was overwritten") }
            if errno == ENOENT { throw HomeError(.missing, "the folder that \(named) would be in is not there") }
            throw failure("write", named, errno)
        }
        defer { close(descriptor) }
        // Before the mode, which a change of the owner may cut.
        if let owner, fchown(descriptor, owner.user, owner.group) != 0 { throw failure("write", named, errno) }
        // The mode of open(2) is cut by the umask; a key's must be exact whatever the umask is.
        guard fchmod(descriptor, mode) == 0 else { throw failure("write", named, errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw failure("write", named, errno)
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure("write", named, errno) }
    }

    /// Makes a folder for the owner alone, where there is none.
    ///
    /// - Throws: `HomeError` where it cannot be made.
    public static func makeFolder(_ path: String) throws(HomeError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make", path, errno) }
    }

    /// The names in a folder that end so, sorted bytewise; hidden ones are left out.
    ///
    /// - Throws: `HomeError` where it cannot be listed or has more than `limit` of them.
    public static func names(in folder: String, ending: String, limit: Int) throws(HomeError) -> [String] {
        guard let stream = opendir(folder) else { throw failure("list", folder, errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.utf8.first != UInt8(ascii: "."), name.hasSuffix(ending) else { continue }
            names.append(name)
            guard names.count <= limit else {
                throw HomeError(.tooLarge, "\(folder) has more than \(limit) files that end in \(ending)")
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What changes when a file does: inode, size, and the times of its contents and of its inode, of which nobody can
    /// set the latter; `nil` where there is no such file.
    public static func fingerprint(_ path: String) -> [Int64]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return [
            Int64(bitPattern: UInt64(status.st_ino)), Int64(status.st_size), Int64(status.st_mtim.tv_sec),
            Int64(status.st_mtim.tv_nsec), Int64(status.st_ctim.tv_sec), Int64(status.st_ctim.tv_nsec),
        ]
    }

    /// Whether something is there.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func failure(_ verb: String, _ path: String, _ number: Int32) -> HomeError {
        let text = String(cString: strerror(number))
        return number == ENOENT
            ? HomeError(.missing, "\(path) is not there") : HomeError(.inaccessible, "cannot \(verb) \(path): \(text)")
    }
}
