// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Named values; names are any text and compare as bytes.
///
/// Kept sorted: most records have a handful of names, for which hashing takes longer than looking.
public struct CedarRecord: Sendable, Hashable {
    /// Names and values, sorted by the names' bytes.
    public private(set) var sorted: [(key: UTF8String, value: CedarValue)]

    /// No values.
    public init() { sorted = [] }

    /// The values given; `combine` chooses where a name comes twice.
    public init(
        _ pairs: some Sequence<(key: UTF8String, value: CedarValue)>,
        uniquingKeysWith combine: (CedarValue, CedarValue) -> CedarValue
    ) {
        sorted = []
        sorted.reserveCapacity(pairs.underestimatedCount)
        var isSorted = true
        for pair in pairs {
            if isSorted, !sorted.isEmpty { isSorted = sorted[sorted.count - 1].key < pair.key }
            sorted.append(pair)
        }
        if !isSorted { sort(uniquingKeysWith: combine) }
    }

    private mutating func sort(uniquingKeysWith combine: (CedarValue, CedarValue) -> CedarValue) {
        // Sorting keeps the order of equal names, so that they are combined in the order in which they came.
        let pairs = sorted.sorted { $0.key < $1.key }
        sorted.removeAll(keepingCapacity: true)
        for pair in pairs {
            if let last = sorted.last, last.key == pair.key {
                sorted[sorted.count - 1].value = combine(last.value, pair.value)
            } else {
                sorted.append(pair)
            }
        }
    }

    /// The value of a name. Setting `nil` removes it; setting a new one takes time proportional to `count`.
    public subscript(name: UTF8String) -> CedarValue? {
        get {
            // Of a few names it is faster to look at each: texts of other lengths are told apart at once.
            if sorted.count <= 8 {
                for index in sorted.indices where sorted[index].key == name { return sorted[index].value }
                return nil
            }
            let place = place(of: name)
            return place.isThere ? sorted[place.index].value : nil
        }
        set {
            let (index, isThere) = place(of: name)
            switch (newValue, isThere) {
            case (let value?, true): sorted[index].value = value
            case (let value?, false): sorted.insert((name, value), at: index)
            case (nil, true): sorted.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// How many names there are.
    public var count: Int { sorted.count }

    /// Whether there are none.
    public var isEmpty: Bool { sorted.isEmpty }

    /// Where a name is, or would come.
    private func place(of name: UTF8String) -> (index: Int, isThere: Bool) {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].key < name { low = middle + 1 } else { high = middle }
        }
        return (low, low < sorted.count && sorted[low].key == name)
    }

    /// Equal where all names and values are.
    public static func == (left: CedarRecord, right: CedarRecord) -> Bool {
        left.sorted.elementsEqual(right.sorted) { $0.key == $1.key && $0.value == $1.value }
    }

    /// Feeds the names and values in order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(sorted.count)
        for (name, value) in sorted {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}

extension CedarRecord: ExpressibleByDictionaryLiteral {
    /// The values given; of a name written twice in Swift source the last value stays.
    public init(dictionaryLiteral elements: (UTF8String, CedarValue)...) {
        self.init(elements.lazy.map { (key: $0.0, value: $0.1) }, uniquingKeysWith: { $1 })
    }
}
