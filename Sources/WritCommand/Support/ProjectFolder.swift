// SPDX-License-Identifier: Apache-2.0

import Glibc
import StrictJSON

/// Which folder a call works on.
enum ProjectFolder {
    /// The folder that was named, else the nearest one at or above `path` that has a `.git`, else `path` itself; symbolic
    /// links resolved. `nil` where that cannot be done: then nothing is in the project.
    ///
    /// The user's home folder is no project, nor is one that it lies in, unless it was named: everything would be in it.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - named: absolute.
    static func containing(_ path: String, named: String?) -> UTF8String? {
        let resolver = SystemPaths()
        func resolved(_ path: String) -> String? {
            let found = resolver.resolve(UTF8String(path))
            return found.count == 1 ? found[0].string : nil
        }
        guard let start = resolved(named ?? path) else { return nil }
        if named != nil { return UTF8String(start) }
        let home = UserAccount.home.flatMap(resolved).map { $0 + "/" } ?? "/"
        func isProject(_ folder: String) -> Bool { folder != "/" && !home.hasPrefix(folder + "/") }
        var folder = start
        while isProject(folder) {
            var status = stat()
            if lstat(folder + "/.git", &status) == 0 { return UTF8String(folder) }
            guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { break }
            folder = String(folder[..<slash])
        }
        return isProject(start) ? UTF8String(start) : nil
    }
}
