// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder

/// One file that is to be made, changed or taken away.
struct FileChange {
    /// Absolute; where it is a link, the file that the link leads to.
    let path: String
    let before: [UInt8]?
    /// `nil`: the file goes.
    var after: [UInt8]?

    /// A change of a file as it is now.
    init(_ path: String) throws {
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
    }

    var isNone: Bool { before == after }

    var difference: String {
        UnifiedDifference(
            path, before.map { String(decoding: $0, as: UTF8.self) }, after.map { String(decoding: $0, as: UTF8.self) }
        ).text
    }

    /// Carries it out: the file is whole at every moment, and keeps its mode.
    func write() throws {
        guard !isNone else { return }
        // While somebody was asked, somebody else may have written.
        guard try (FileAccess.exists(path) ? FileAccess.read(path, limit: 16 << 20) : nil) == before else {
            throw CommandFailure(.data, "\(path) was changed meanwhile; nothing was written to it, run this again")
        }
        guard let after else { return RemovedFile.remove(path) }
        var status = stat()
        let mode = stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0o644
        try Self.makeFolders(above: path)
        try FileAccess.replace(path, after, mode: mode)
    }

    private static func makeFolders(above path: String) throws {
        var folder = ""
        for name in path.split(separator: "/").dropLast() {
            folder += "/\(name)"
            if !FileAccess.exists(folder) { try FileAccess.makeFolder(folder) }
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
