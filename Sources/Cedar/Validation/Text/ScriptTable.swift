// SPDX-License-Identifier: Apache-2.0

/// Scripts of scalars, read once from `ScriptData`.
struct ScriptTable: Sendable {
    static let shared = ScriptTable()

    /// Some scripts; three words hold all that Unicode has.
    struct Scripts: Sendable, Equatable {
        private var words: SIMD4<UInt64>

        static let none = Scripts(words: SIMD4(repeating: 0))
        static let all = Scripts(words: SIMD4(repeating: UInt64.max))

        var isEmpty: Bool { words == SIMD4(repeating: 0) }

        /// - Precondition: below 256.
        mutating func insert(_ number: Int) { words[(number >> 6) & 3] |= 1 << UInt64(number & 63) }

        func intersection(_ other: Scripts) -> Scripts { Scripts(words: words & other.words) }
    }

    private struct Row {
        let range: ClosedRange<UInt32>
        let scripts: Scripts
    }

    private let rows: [Row]
    private let allowed: [ClosedRange<UInt32>]

    private init() {
        var numbers: [Substring: Int] = [:]
        var rows: [Row] = []
        for line in ScriptData.scripts.description.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard let name = fields.first else { continue }
            let scripts = Self.scripts(name, &numbers)
            rows += fields.dropFirst().compactMap(Self.range).map { Row(range: $0, scripts: scripts) }
        }
        self.rows = rows.sorted { $0.range.lowerBound < $1.range.lowerBound }
        allowed = ScriptData.allowedInIdentifiers.description.split(separator: " ").compactMap(Self.range)
    }

    /// The scripts that a scalar belongs to: all for one that every script uses, none for an unassigned one.
    func scripts(of scalar: Unicode.Scalar) -> Scripts {
        place(of: scalar.value, in: rows, range: \.range).map { rows[$0].scripts } ?? .none
    }

    /// Whether identifiers may have the scalar (UTS #39, General Security Profile).
    func isAllowedInIdentifiers(_ scalar: Unicode.Scalar) -> Bool {
        place(of: scalar.value, in: allowed, range: \.self) != nil
    }

    private func place<Element>(
        of value: UInt32, in table: [Element], range: (Element) -> ClosedRange<UInt32>
    ) -> Int? {
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            let candidate = range(table[middle])
            if candidate.contains(value) { return middle }
            if candidate.upperBound < value { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    // MARK: Reading

    /// The scripts of a name such as `Latn` or `Arab+Copt`, and those that are written with them (UTS #39, 5.1).
    private static func scripts(_ name: Substring, _ numbers: inout [Substring: Int]) -> Scripts {
        guard name != "*" else { return .all }
        var scripts = Scripts.none
        func insert(_ name: Substring) {
            let number = numbers[name] ?? numbers.count
            numbers[name] = number
            scripts.insert(number)
        }
        for script in name.split(separator: "+") {
            insert(script)
            for system in writtenWith[script] ?? [] { insert(system) }
        }
        return scripts
    }

    /// Writing systems of several scripts: Chinese with Bopomofo, Japanese, Korean.
    private static let writtenWith: [Substring: [Substring]] = [
        "Hani": ["Hanb", "Jpan", "Kore"], "Hira": ["Jpan"], "Kana": ["Jpan"], "Hang": ["Kore"], "Bopo": ["Hanb"],
    ]

    private static func range(_ text: Substring) -> ClosedRange<UInt32>? {
        let ends = text.split(separator: "-").compactMap { UInt32($0, radix: 16) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        return first...last
    }
}
