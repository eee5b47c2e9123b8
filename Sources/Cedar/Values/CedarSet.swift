// SPDX-License-Identifier: Apache-2.0

/// Values without order or repetition; they need not be of one type.
public struct CedarSet: Sendable, Hashable {
    private let storage: Set<CedarValue>

    /// The values given, each once.
    public init(_ elements: some Sequence<CedarValue>) { storage = Set(elements) }

    /// How many different values there are.
    public var count: Int { storage.count }

    /// Whether there are none.
    public var isEmpty: Bool { storage.isEmpty }

    /// The values, in no order that means anything; it differs from run to run.
    public var elements: some Collection<CedarValue> { storage }

    /// Whether the value is among them.
    public func contains(_ value: CedarValue) -> Bool { storage.contains(value) }

    /// Whether every value of `other` is among them; true for an empty `other`.
    public func containsAll(_ other: CedarSet) -> Bool { other.storage.isSubset(of: storage) }

    /// Whether some value of `other` is among them; false for an empty `other`.
    public func containsAny(_ other: CedarSet) -> Bool { !other.storage.isDisjoint(with: storage) }
}

extension CedarSet: ExpressibleByArrayLiteral {
    /// The values given, each once.
    public init(arrayLiteral elements: CedarValue...) { self.init(elements) }
}
