// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// One thing that can be shown of a call, and that a receipt has committed to (an RFC 9901 disclosure).
///
/// Its name says what it is: a parameter's is its JSON pointer and starts with `/` (or is empty, where the parameters
/// are no object), an effect's is `effect`, an unpinned name's `server` or `tool`. So no parameter can pass for an effect.
public struct Disclosure: Sendable, Hashable {
    /// 32 bytes.
    public let salt: [UInt8]
    /// What it is.
    public let name: UTF8String
    /// Its value, as it was forwarded.
    public let value: JSON

    init(salt: [UInt8], name: UTF8String, value: JSON) {
        self.salt = salt
        self.name = name
        self.value = value
    }

    /// The text that is shown: base64url of the JSON array `[salt, name, value]`.
    public var text: String {
        let array: JSON = .array([.text(Base64URL.encode(salt)), .string(name), value])
        return Base64URL.encode(array.serialized())
    }

    /// What is in the receipt: SHA-256 of the text.
    public var digest: Digest { Self.digest(of: text) }

    /// A disclosure from its text, or `nil` where it is none: no canonical base64url of an array of a salt of 32 bytes,
    /// a name and a value. To whose receipt it belongs, only `Receipt.discloses` says.
    public init?(parsing text: String) {
        guard text.utf8.count <= ReceiptLimits.disclosureBytesMax, let bytes = Base64URL.decode(text),
            let array = Self.array(bytes), array.count == 3,
            let salt = array[0].string.flatMap({ Base64URL.decode($0.string) }), salt.count == 32,
            let name = array[1].string
        else { return nil }
        self.init(salt: salt, name: name, value: array[2])
        // The text is what is hashed; one that this type would spell differently is another's.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    private static func array(_ bytes: [UInt8]) -> [JSON]? {
        do throws(JSONError) { return try JSON(parsing: bytes).array } catch { return nil }
    }

    static func digest(of text: String) -> Digest { Digest(SHA256.hash(data: Array(text.utf8))) }

    /// Equal texts.
    public static func == (left: Disclosure, right: Disclosure) -> Bool {
        left.salt == right.salt && left.name == right.name && left.value == right.value
    }

    /// Feeds salt and name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(salt)
        hasher.combine(name)
    }
}

extension Receipt {
    /// What a text discloses of this receipt's call, or `nil` where the receipt has not committed to it.
    public func discloses(_ text: String) -> Disclosure? {
        guard let disclosure = Disclosure(parsing: text) else { return nil }
        let digest = disclosure.digest
        let isCommitted =
            switch disclosure.name {
            case "server": call.server == .committed(digest)
            case "tool": call.tool == .committed(digest)
            default: call.sd.contains(digest)
            }
        return isCommitted ? disclosure : nil
    }
}
