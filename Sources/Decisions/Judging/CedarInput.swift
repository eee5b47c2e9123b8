// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import StrictJSON
import ToolTypes

/// Parameters as Cedar values.
///
/// Integers become Long, exact decimals of up to four digits decimal, arrays sets, objects records. Where a tool's
/// definition says what a number is, that decides: of an `integer` `2.0` is a Long too, of a `number` 2 a decimal too,
/// so that a policy meets one type.
///
/// What Cedar cannot hold exactly is left out **and reported**, since leaving a value out silently would let a guarded
/// forbid lapse; the effects module reports the same values as `opaque value`. A null where the definition has null
/// stands for the member's absence, and is left out without a word.
struct CedarInput {
    /// The values that could be held.
    private(set) var record = CedarRecord()
    /// Whether something had to be left out.
    private(set) var isInexact = false

    init(_ parameters: JSONObject, _ type: ArgumentType = .undeclared) {
        record = read(parameters, type)
    }

    private mutating func read(_ object: JSONObject, _ type: ArgumentType) -> CedarRecord {
        var record = CedarRecord()
        for member in object.members {
            let declared = type.member(member.key)
            if member.value.isNull, declared?.allowsNull == true { continue }
            if let value = read(member.value, declared?.type ?? .undeclared) { record[member.key] = value }
        }
        return record
    }

    private mutating func read(_ value: JSON, _ type: ArgumentType) -> CedarValue? {
        switch value {
        case .bool(let truth): return .bool(truth)
        case .string(let text): return .string(text)
        case .object(let object): return .record(read(object, type))
        case .array(let elements): return .set(CedarSet(elements.compactMap { read($0, type.element) }))
        case .number(let number):
            if let value = Self.read(number, type) { return value }
            isInexact = true
            return nil
        case .null:
            isInexact = true
            return nil
        }
    }

    private static func read(_ number: JSONNumber, _ type: ArgumentType) -> CedarValue? {
        switch type {
        case .number: return ExactNumber(number)?.tenThousandths.map { .decimal(CedarDecimal(scaled: $0)) }
        case .integer:
            if let long = ExactNumber(number)?.int64 { return .long(long) }
        case .elements, .members, .undeclared: break
        }
        return number.int64.map { .long($0) } ?? CedarDecimal(number.lexeme).map { .decimal($0) }
    }
}
