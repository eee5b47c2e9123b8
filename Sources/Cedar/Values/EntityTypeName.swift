// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The type of an entity: identifiers joined by `::`, as in `Store::User`. Compared as bytes.
///
///     let agent: EntityTypeName = "Agent"
///     let fromOutside = EntityTypeName(text)   // nil where it is no name
public struct EntityTypeName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The whole name, without white space.
    public let text: UTF8String

    /// A name from outside, or `nil` where it is not written exactly as Cedar prints it: ASCII identifiers joined by
    /// `::`, none of them reserved, no white space.
    public init?(_ text: UTF8String) {
        let isName = text.withUTF8 { bytes in
            var rest = bytes[...]
            while true {
                let part = rest.prefix { Identifier.isContinuation($0) }
                guard Identifier.isName(part) else { return false }
                rest = rest.dropFirst(part.count)
                if rest.isEmpty { return true }
                guard rest.starts(with: [UInt8(ascii: ":"), UInt8(ascii: ":")]) else { return false }
                rest = rest.dropFirst(2)
            }
        }
        guard isName else { return nil }
        self.text = text
    }

    /// For the parser, which has checked each identifier.
    init(checked text: UTF8String) { self.text = text }

    /// The last identifier: `User` of `Store::User`.
    public var basename: UTF8String {
        let part = text.bytes.reversed().prefix { $0 != UInt8(ascii: ":") }.reversed()
        return UTF8String(validating: part) ?? text
    }

    /// Whether this is the type of actions: its last identifier is `Action`, in any namespace.
    public var isAction: Bool { basename == "Action" }

    /// Bytewise order.
    public static func < (left: EntityTypeName, right: EntityTypeName) -> Bool { left.text < right.text }

    /// The name as written in a policy.
    public var description: String { text.string }
}

extension EntityTypeName: ExpressibleByStringLiteral {
    /// A name in Swift source. Takes literals only; a literal that is no entity type name is a programmer's mistake
    /// and stops the program.
    public init(stringLiteral value: StaticString) {
        let text = UTF8String(value.description)
        let name = EntityTypeName(text)
        precondition(name != nil, "not an entity type name")
        self = name ?? EntityTypeName(checked: text)
    }
}
