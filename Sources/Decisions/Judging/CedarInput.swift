// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Parameters as Cedar values.
///
/// Integers become Long, exact decimals of up to four digits decimal, arrays sets, objects records. What Cedar cannot
/// hold exactly is left out **and reported**, since leaving a value out silently would let a guarded forbid lapse; the
/// effects module reports the same values as `opaque value`.
struct CedarInput {
    /// The values that could be held.
    private(set) var record = CedarRecord()
    /// Whether something had to be left out.
    private(set) var isInexact = false

    init(_ parameters: JSONObject) {
        record = read(parameters)
    }

    private mutating func read(_ object: JSONObject) -> CedarRecord {
        var record = CedarRecord()
        for member in object.members {
            if let value = read(member.value) { record[member.key] = value }
        }
        return record
    }

    private mutating func read(_ value: JSON) -> CedarValue? {
        switch value {
        case .bool(let truth): return .bool(truth)
        case .string(let text): return .string(text)
        case .object(let object): return .record(read(object))
        case .array(let elements): return .set(CedarSet(elements.compactMap { read($0) }))
        case .number(let number):
            if let long = number.int64 { return .long(long) }
            if let decimal = CedarDecimal(number.lexeme) { return .decimal(decimal) }
            isInexact = true
            return nil
        case .null:
            isInexact = true
            return nil
        }
    }
}
