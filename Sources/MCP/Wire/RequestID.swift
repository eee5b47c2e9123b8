// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A JSON-RPC id or an MCP progress token: a string or an integer, kept with its type and its digits.
///
/// `1` and `"1"` are different ids, and an integer may exceed 64 bits: peers must get back exactly what they sent.
/// Null, fractions, exponents and `-0` are no ids (MCP base protocol, "Requests").
public enum RequestID: Sendable, Hashable {
    /// An integer, by its lexeme.
    case integer(JSONNumber)
    /// A string.
    case string(UTF8String)

    /// The id in a JSON value, or `nil` where that is none or is longer than `Limits.idBytesMax`.
    public init?(_ json: JSON) {
        switch json {
        case .number(let number)
        where number.isInteger && number.lexeme != "-0" && number.lexeme.byteCount <= Limits.idBytesMax:
            self = .integer(number)
        case .string(let string) where string.byteCount <= Limits.idBytesMax: self = .string(string)
        default: return nil
        }
    }

    /// An integer id.
    public init(_ value: Int64) { self = .integer(JSONNumber(value)) }

    /// The value to put in a message.
    public var json: JSON {
        switch self {
        case .integer(let number): .number(number)
        case .string(let string): .string(string)
        }
    }

    /// The number, where this is an integer within 64 bits.
    public var int64: Int64? { if case .integer(let number) = self { number.int64 } else { nil } }
}
