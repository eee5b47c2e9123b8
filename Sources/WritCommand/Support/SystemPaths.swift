// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import StrictJSON

/// Symbolic links of this machine, by realpath(3).
struct SystemPaths: PathResolver {
    func resolve(_ path: UTF8String) -> [UTF8String] {
        if path.hasSuffix("/"), path != "/" { return Self.links(in: path.string) }
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

    /// Those among the first entries of a directory.
    private static func links(in directory: String) -> [UTF8String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var links: [UTF8String] = []
        for _ in 0..<entriesMost {
            guard let entry = readdir(stream) else { break }
            // Some file systems do not tell what an entry is.
            guard [DT_LNK, DT_UNKNOWN].map(UInt8.init).contains(entry.pointee.d_type) else { continue }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { UTF8String(validating: $0.prefix { $0 != 0 }) }
            if let name, isLink(directory + name.string) { links.append(UTF8String("\(directory)\(name)")) }
        }
        return links
    }

    /// Looked at of a directory for its links.
    private static let entriesMost = 10_000

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(validatingCString: real)
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        let saved = errno
        defer { errno = saved }
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
