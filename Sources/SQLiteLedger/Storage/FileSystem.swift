// SPDX-License-Identifier: Apache-2.0

import CSQLiteShim
import Decisions
import Foundation

/// What a ledger's file must lie on, and whether it is still the one that was opened.
enum FileSystem {
    /// A file's identity; a replaced file has another.
    struct Identity: Equatable {
        var device: UInt64
        var node: UInt64
    }

    /// The identity of the file at a path now, or `nil` where there is none.
    static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), node: UInt64(status.st_ino))
    }

    /// The path of an existing file without symbolic links; as it was given where it cannot be resolved.
    static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Refuses a folder on a file system without dependable locks and shared memory.
    ///
    /// - Throws: `LedgerError.notALedger`.
    static func checkIsLocal(_ path: String) throws(LedgerError) {
        if let name = networkName(magic: writ_file_system_magic(path)) {
            throw LedgerError(
                .notALedger,
                """
                \(path) is on \(name), where neither locks nor syncs can be relied on; keep the ledger on a local \
                disk, or use a PostgreSQL ledger
                """)
        }
    }

    /// The name of a network file system, by the number that statfs(2) gives it; `nil` for any other.
    static func networkName(magic: UInt32) -> String? {
        switch magic {
        case 0x6969: "NFS"
        case 0xff53_4d42, 0x517b: "CIFS"
        case 0xfe53_4d42: "SMB2"
        case 0x6573_5546: "FUSE"
        case 0x0102_1997: "9P"
        case 0x5346_414f, 0x6b41_4653: "AFS"
        case 0x00c3_6400: "Ceph"
        case 0x7375_7245: "Coda"
        case 0x0bd0_0bd0: "Lustre"
        case 0x4750_4653: "GPFS"
        case 0x7461_636f: "OCFS2"
        case 0x0116_1970: "GFS2"
        case 0x1983_0326: "BeeGFS"
        default: nil
        }
    }
}
