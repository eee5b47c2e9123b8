// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import StrictJSON

/// Symbolic links of this machine, by realpath(3).
struct SystemPaths: PathResolver {
    func resolve(_ path: UTF8String) -> [UTF8String] {
        if path.hasSuffix("/"), path != "/" { return PatternLinks.places(on: path) }
        // The part that exists is resolved, the rest follows it as it stands: a file that is about to be made has no
        // links of its own.
        var existing = path.string
        var rest: [Substring] = []
        while true {
            if let real = Self.realPath(existing) {
                let tail = rest.reversed().joined(separator: "/")
                return [UTF8String(tail.isEmpty ? real : (real == "/" ? "/" : real + "/") + tail)]
            }
            // A link that leads nowhere yet, or a folder that may not be looked into: nobody knows what it names.
            guard errno == ENOENT, !Self.isLink(existing), let slash = existing.lastIndex(of: "/"), existing != "/"
            else { return [] }
            rest.append(existing[existing.index(after: slash)...])
            existing = slash == existing.startIndex ? "/" : String(existing[..<slash])
        }
    }

    /// `nil`, and why in `errno`, where nothing is there or it cannot be seen.
    static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        let text = String(validatingCString: real)
        if text == nil { errno = EILSEQ }
        return text
    }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        let saved = errno
        defer { errno = saved }
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The text of a link.
    static func target(of link: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.bindMemory(to: CChar.self).baseAddress.map { readlink(link, $0, buffer.count) } ?? -1
        }
        return count > 0 ? String(validating: bytes[..<count], as: UTF8.self) : nil
    }
}
