// SPDX-License-Identifier: Apache-2.0

package import Glibc

/// Paths as addresses of Unix sockets (unix(7)).
package enum LocalAddress {
    /// Calls bind(2), connect(2) or sendto(2) with a path.
    ///
    /// - Returns: what it returns; -1 with `errno` `ENAMETOOLONG` where an address has no room for the path.
    package static func with(_ path: String, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return -1
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
