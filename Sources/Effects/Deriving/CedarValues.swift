// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Which JSON values Cedar can hold exactly. A policy must never judge another number than the tool gets.
enum CedarValues {
    /// Whether every number, however deep, is a Long or a decimal of at most four digits after the point.
    static func numbersAreExact(in json: JSON) -> Bool {
        all(in: json) { if case .number(let number) = $0 { isExact(number) } else { true } }
    }

    /// Whether no null is inside.
    static func hasNoNull(_ json: JSON) -> Bool { all(in: json) { !$0.isNull } }

    /// Not recursive: a tree made in memory may be deeper than any that was read.
    private static func all(in json: JSON, _ holds: (JSON) -> Bool) -> Bool {
        var waiting = [json]
        while let value = waiting.popLast() {
            guard holds(value) else { return false }
            switch value {
            case .array(let elements): waiting += elements
            case .object(let object): waiting += object.members.map(\.value)
            default: break
            }
        }
        return true
    }

    /// Cedar's Long is 64 bits; its decimal is 64 bits of ten-thousandths.
    static func isExact(_ number: JSONNumber) -> Bool {
        if number.isInteger { return number.int64 != nil }
        guard let exact = ExactNumber(number) else { return false }
        return exact.int64 != nil || exact.tenThousandths != nil
    }
}
