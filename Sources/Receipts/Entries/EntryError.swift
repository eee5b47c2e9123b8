// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why bytes are no entry, or why an entry cannot be written; with the place. Never with a value.
public struct EntryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong at the place.
    public enum Code: Sendable, Equatable {
        /// More than `ReceiptLimits.entryBytesMax`.
        case tooLarge
        /// The bytes are no strict JSON.
        case notJSON(JSONError.Code)
        /// The bytes are not the canonical form (RFC 8785) of their own document.
        case notCanonical
        /// `type` is none of the three.
        case unknownType
        /// A member that the schema needs is not there.
        case missing
        /// A member that the schema does not have.
        case unknownMember
        /// A value of another kind than the schema's.
        case wrongKind
        /// A value of the right kind that the schema does not allow: spelling, length or range.
        case invalid
        /// More elements than allowed, or not in the order that is asked for.
        case badList
        /// A value that contradicts another member of the entry.
        case contradiction
        /// The keeper of the key did not sign.
        case notSigned
    }

    /// What is wrong.
    public let code: Code
    /// Where, from the entry's root.
    public private(set) var path: JSONPointer

    init(_ code: Code, at path: JSONPointer = JSONPointer()) {
        self.code = code
        self.path = path
    }

    /// The same error, seen from the object that holds `key`.
    func within(_ key: UTF8String) -> EntryError { EntryError(code, at: JSONPointer([key] + path.tokens)) }

    /// For people.
    public var description: String {
        let place = path.tokens.isEmpty ? "the entry" : "the entry's \(path.text)"
        return switch code {
        case .tooLarge: "the entry has more than \(ReceiptLimits.entryBytesMax) bytes"
        case .notJSON(let code): "the entry is not strict JSON (\(code.rawValue))"
        case .notCanonical: "the entry's bytes are not its canonical form (RFC 8785)"
        case .unknownType: "the entry's /type is none that this version knows"
        case .missing: "\(place) is missing"
        case .unknownMember: "\(place) is not a member of the format"
        case .wrongKind: "\(place) is of the wrong kind"
        case .invalid: "\(place) is not allowed by the format"
        case .badList: "\(place) has too many elements, or is not in order"
        case .contradiction: "\(place) contradicts another member"
        case .notSigned: "the entry could not be signed"
        }
    }
}
