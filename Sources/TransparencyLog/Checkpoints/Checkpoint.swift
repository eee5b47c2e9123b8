// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// What a log commits to: that under this origin, a tree of this size has this root (C2SP tlog-checkpoint).
public struct Checkpoint: Sendable, Hashable {
    /// The log's name, a URL without scheme: `logs.example.com/writ/1`. Compare its bytes.
    public let origin: String
    /// Entries in the log.
    public let size: UInt64
    /// The root of RFC 6962.
    public let root: Digest
    /// Further lines, read and kept, never written by Writ.
    public let extensions: [String]

    /// A checkpoint, or `nil` where origin is empty or has a newline, the size is too large, or an empty tree's root
    /// is not the empty root.
    public init?(origin: String, size: UInt64, root: Digest) {
        self.init(origin: origin, size: size, root: root, extensions: [])
    }

    private init?(origin: String, size: UInt64, root: Digest, extensions: [String]) {
        guard (1...LogLimits.nameBytesMax).contains(origin.utf8.count), size <= LogLimits.treeSizeMax,
            origin.utf8.allSatisfy({ $0 >= 0x20 }), size > 0 || root == TreeHash.emptyRoot
        else { return nil }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// A checkpoint from a note's text, or `nil`: the size in plain decimal, the root in 44 characters of base64, then
    /// at most 16 lines that are not empty.
    public init?(parsing text: [UInt8]) {
        guard text.last == UInt8(ascii: "\n"), String(validating: text, as: UTF8.self) != nil else { return nil }
        let lines = text.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard (3...3 + LogLimits.extensionLinesMax).contains(lines.count), lines.allSatisfy({ !$0.isEmpty }),
            let size = Decimal.parse(lines[1]),
            let root = Base64.decode(String(decoding: lines[2], as: UTF8.self)).flatMap({ Digest(bytes: $0) })
        else { return nil }
        self.init(
            origin: String(decoding: lines[0], as: UTF8.self), size: size, root: root,
            extensions: lines.dropFirst(3).map { String(decoding: $0, as: UTF8.self) })
    }

    /// The text of the checkpoint's note.
    public var text: String {
        ([origin, String(size), Base64.encode(root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }

    /// Whether the log has this name, byte for byte.
    public func hasOrigin(_ other: String) -> Bool { origin.utf8.elementsEqual(other.utf8) }

    /// The note, signed by the log, whose key's name is the origin.
    ///
    /// - Throws: `SigningError`; `badName` where the key's name is another.
    public func signed(with signer: NoteSigner) throws(SigningError) -> Note {
        guard signer.key.hasName(origin) else { throw .badName }
        return try Note(signing: text, with: signer)
    }
}
