// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A closed list of words, each written as its raw value.
///
/// Words are looked up by bytes: Swift's own `init(rawValue:)` would take `L4KYC` spelled with the Kelvin sign.
public protocol WireNamed: RawRepresentable, CaseIterable, Sendable where RawValue == String {}

extension WireNamed {
    /// The case written so, byte for byte, or `nil`.
    public init?(wire text: UTF8String) {
        guard let match = Self.allCases.first(where: { $0.wire == text }) else { return nil }
        self = match
    }

    /// The text, byte-exact.
    public var wire: UTF8String { UTF8String(rawValue) }

    static var choices: String { allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") }
}
