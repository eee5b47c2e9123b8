// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// The digest of named contents: of a policy set by its files, of a configuration by its parts.
public enum ContentDigest {
    /// SHA-256 of the canonical JSON array of `[name, SHA-256 of the bytes in base64url]`, in ascending order of the
    /// names' bytes; or `nil` where two have the same name.
    public static func of(_ contents: [(name: UTF8String, bytes: [UInt8])]) -> Digest? {
        of(digests: contents.map { ($0.name, Digest(SHA256.hash(data: $0.bytes))) })
    }

    /// The same, of contents whose digests are known: SHA-256 of the canonical JSON array of `[name, digest]`.
    public static func of(digests: [(name: UTF8String, digest: Digest)]) -> Digest? {
        guard Set(digests.map(\.name)).count == digests.count else { return nil }
        let pairs = digests.sorted { $0.name < $1.name }.map { content in
            JSON.array([.string(content.name), .text(content.digest.base64URL)])
        }
        // Strings in arrays have one spelling already: this is the canonical form.
        return Digest(SHA256.hash(data: JSON.array(pairs).serialized()))
    }
}
