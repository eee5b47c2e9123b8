// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Named values; names are any text and compare as bytes.
public struct CedarRecord: Sendable, Hashable {
    private var storage: [UTF8String: CedarValue]

    /// No values.
    public init() { storage = [:] }

    /// The values given; `combine` chooses where a name comes twice.
    public init(
        _ pairs: some Sequence<(key: UTF8String, value: CedarValue)>,
        uniquingKeysWith combine: (CedarValue, CedarValue) -> CedarValue
    ) {
        storage = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: combine)
    }

    /// The value of a name. Setting `nil` removes it.
    public subscript(name: UTF8String) -> CedarValue? {
        get { storage[name] }
        set { storage[name] = newValue }
    }

    /// How many names there are.
    public var count: Int { storage.count }

    /// Whether there are none.
    public var isEmpty: Bool { storage.isEmpty }

    /// Names and values, sorted by the names' bytes.
    public var sorted: [(key: UTF8String, value: CedarValue)] { storage.sorted { $0.key < $1.key } }
}

extension CedarRecord: ExpressibleByDictionaryLiteral {
    /// The values given; of a name written twice in Swift source the last value stays.
    public init(dictionaryLiteral elements: (UTF8String, CedarValue)...) {
        storage = Dictionary(elements, uniquingKeysWith: { $1 })
    }
}
