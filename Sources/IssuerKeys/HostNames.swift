// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOPosix

/// Looks up hosts.
public protocol HostNames: Sendable {
    /// All addresses of a host; none where it has none or they cannot be had.
    func addresses(of host: String) async -> [InternetAddress]
}

/// The system's way, on threads that nobody else needs: a name server that does not answer holds them for long.
public struct SystemHostNames: HostNames {
    private static let threads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return pool
    }()

    /// The system's.
    public init() {}

    /// All addresses of a host.
    public func addresses(of host: String) async -> [InternetAddress] {
        do {
            return try await Self.threads.runIfActive { Self.lookUp(host) }
        } catch {
            return []
        }
    }

    private static func lookUp(_ host: String) -> [InternetAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [InternetAddress] = []
        var next = list
        while let entry = next {
            next = entry.pointee.ai_next
            guard let raw = UnsafeRawPointer(entry.pointee.ai_addr) else { continue }
            switch entry.pointee.ai_family {
            case AF_INET:
                let address = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
                InternetAddress(bytes: withUnsafeBytes(of: address) { Array($0) }).map { addresses.append($0) }
            case AF_INET6:
                let address = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
                InternetAddress(bytes: withUnsafeBytes(of: address) { Array($0) }).map { addresses.append($0) }
            default: continue
            }
        }
        return addresses
    }
}
