// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder

/// One file that is to be made, changed or taken away.
struct FileChange {
    /// Absolute; where it is a link, the file that the link leads to.
    let path: String
    let before: [UInt8]?
    /// What is brought back when the change is taken back.
    var original: [UInt8]?
    /// As it was named, links and all.
    let named: String
    /// `nil`: the file goes.
    var after: [UInt8]?

    /// A change of a file as it is now.
    init(_ path: String) throws {
        named = path
        if let real = realpath(path, nil) {
            defer { free(real) }
            self.path = String(cString: real)
            before = try FileAccess.read(self.path, limit: 16 << 20)
        } else {
            guard errno == ENOENT else {
                throw CommandFailure(.data, "\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            var status = stat()
            guard lstat(path, &status) != 0 else {
                throw CommandFailure(.data, "\(path) is a link that leads nowhere; make its file, or remove the link")
            }
            self.path = path
            before = nil
        }
        after = before
        original = before
    }

    var isNone: Bool { before == after }

    var difference: String {
        UnifiedDifference(
            path, before.map { String(decoding: $0, as: UTF8.self) }, after.map { String(decoding: $0, as: UTF8.self) }
        ).text
    }

    /// Carries it out: the file is whole at every moment, and keeps its mode and owner. What root makes in somebody's home
    /// is theirs: they could not read it otherwise, and the hook would not be there for them.
    func write() throws {
        guard !isNone else { return }
        // While somebody was asked, somebody else may have written.
        guard try (FileAccess.exists(path) ? FileAccess.read(path, limit: 16 << 20) : nil) == before else {
            throw CommandFailure(.data, "\(path) was changed meanwhile; nothing was written to it, run this again")
        }
        guard let after else { return RemovedFile.remove(path) }
        var status = stat()
        let isThere = stat(path, &status) == 0
        let mode = isThere ? status.st_mode & 0o7777 : 0o644
        let folder = try Self.makeFolders(above: path)
        if !isThere, stat(folder, &status) != 0 {
            throw CommandFailure(.data, "\(folder): \(String(cString: strerror(errno)))")
        }
        let owner = geteuid() == 0 ? FileAccess.Owner(user: status.st_uid, group: status.st_gid) : nil
        try FileAccess.replace(path, after, mode: mode, owner: owner)
    }

    /// Makes the folders that are missing; what it returns is the file's.
    private static func makeFolders(above path: String) throws -> String {
        var folder = ""
        for name in path.split(separator: "/").dropLast() {
            let above = folder
            folder += "/\(name)"
            guard !FileAccess.exists(folder) else { continue }
            try FileAccess.makeFolder(folder)
            if geteuid() == 0 { try inherit(folder, from: above.isEmpty ? "/" : above) }
        }
        return folder
    }

    /// A new folder is its parent's owner's, as the descriptors say: who owns the parent may be moving things in it.
    private static func inherit(_ folder: String, from above: String) throws {
        var parent = stat()
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        var own = stat()
        guard descriptor >= 0, fstat(descriptor, &own) == 0, fstatat(descriptor, "..", &parent, 0) == 0,
            own.st_uid == geteuid(), fchown(descriptor, parent.st_uid, parent.st_gid) == 0,
            // Root's own may be for others to read, as its parent is.
            fchmod(descriptor, parent.st_uid == 0 ? parent.st_mode & 0o755 : 0o700) == 0
        else {
            throw CommandFailure(
                .data, "\(folder) cannot be given to who has \(above): \(String(cString: strerror(errno)))")
        }
    }
}

/// A file that goes.
enum RemovedFile {
    static func remove(_ path: String) {
        if unlink(path) != 0, errno != ENOENT {
            Output.note("writ: note: \(path) could not be removed: \(String(cString: strerror(errno)))")
        }
    }
}
