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
/// forbid lapse; the effects module reports the same values as `opaque value`. A null where the definition has null, or
/// where the tool's map has it, stands for the member's absence, and is left out without a word.
struct CedarInput {
    /// The values that could be held.
    private(set) var record = CedarRecord()
    /// Whether something had to be left out.
    private(set) var isInexact = false
    private let nulls: Set<JSONPointer>

    /// - Parameter nulls: where nulls are that the tool's map takes for absence.
    init(_ parameters: JSONObject, _ type: ArgumentType = .undeclared, nulls: Set<JSONPointer> = []) {
        self.nulls = nulls
        record = read(parameters, type, JSONPointer())
    }

    private mutating func read(_ object: JSONObject, _ type: ArgumentType, _ place: JSONPointer) -> CedarRecord {
        var pairs: [(key: UTF8String, value: CedarValue)] = []
        for member in object.members {
            let declared = type.member(member.key)
            // Places matter only where some are looked for.
            let here = nulls.isEmpty ? place : place.appending(member.key)
            if member.value.isNull, declared?.allowsNull == true || nulls.contains(here) { continue }
            if let value = read(member.value, declared?.type ?? .undeclared, here) { pairs.append((member.key, value)) }
        }
        return CedarRecord(pairs, uniquingKeysWith: { $1 })
    }

    private mutating func read(_ value: JSON, _ type: ArgumentType, _ place: JSONPointer) -> CedarValue? {
        switch value {
        case .bool(let truth): return .bool(truth)
        case .string(let text): return .string(text)
        case .object(let object): return .record(read(object, type, place))
        case .array(let elements):
            var values: [CedarValue] = []
            for (index, element) in elements.enumerated() {
                let here = nulls.isEmpty ? place : place.appending(UTF8String("\(index)"))
                if let value = read(element, type.element, here) { values.append(value) }
            }
            return .set(CedarSet(values))
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
