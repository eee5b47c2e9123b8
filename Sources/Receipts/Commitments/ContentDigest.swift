// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// The digest of named contents: of a policy set by its files, of a configuration by its parts.
public enum ContentDigest {
    /// SHA-256 of the canonical JSON array of `[name, SHA-256 of the bytes in base64url]`, in ascending order of the
    /// names' bytes; or `nil` where two have the same name.
    public static func of(_ contents: [(name: UTF8String, bytes: [UInt8])]) -> Digest? {
        guard Set(contents.map(\.name)).count == contents.count else { return nil }
        let pairs = contents.sorted { $0.name < $1.name }.map { content in
            let digest = Digest(SHA256.hash(data: content.bytes))
            return JSON.array([.string(content.name), .text(digest.base64URL)])
        }
        // Strings in arrays have one spelling already: this is the canonical form.
        return Digest(SHA256.hash(data: JSON.array(pairs).serialized()))
    }
}
