// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Pieces of a policy in Cedar's JSON form, of which Cedar makes the tree and the text: nothing is pasted together, so that
/// no name or value can be more than a name or a value.
enum CedarForm {
    static let context: JSON = ["Var": "context"]

    static func value(_ text: UTF8String) -> JSON { ["Value": .string(text)] }
    static func value(_ number: Int64) -> JSON { ["Value": .integer(number)] }
    static func value(_ truth: Bool) -> JSON { ["Value": .bool(truth)] }
    static func value(_ decimal: CedarDecimal) -> JSON {
        ["decimal": [["Value": .text(decimal.description)]]]
    }
    static func value(_ moment: CedarDatetime) -> JSON {
        ["datetime": [["Value": .string(moment.text ?? "")]]]
    }

    static func attribute(_ record: JSON, _ name: UTF8String) -> JSON {
        [".": ["left": record, "attr": .string(name)]]
    }

    static func has(_ record: JSON, _ name: UTF8String) -> JSON {
        ["has": ["left": record, "attr": .string(name)]]
    }

    /// A comparison, or a method of sets.
    static func binary(_ operation: UTF8String, _ left: JSON, _ right: JSON) -> JSON {
        .object(JSONObject(unique: [JSONMember(key: operation, value: ["left": left, "right": right])]))
    }

    /// A method of decimals.
    static func call(_ function: ExtensionFunction, _ receiver: JSON, _ argument: JSON) -> JSON {
        .object(
            JSONObject(unique: [
                JSONMember(key: UTF8String(function.rawValue), value: .array([receiver, argument]))
            ]))
    }

    static func not(_ operand: JSON) -> JSON { ["!": ["arg": operand]] }

    static func set(_ elements: [JSON]) -> JSON { ["Set": .array(elements)] }

    /// All of them, from the left; one at least.
    static func all(_ first: JSON, _ rest: [JSON]) -> JSON { rest.reduce(first) { binary("&&", $0, $1) } }

    /// `like`: the stars of a pattern are wildcards, all else is itself.
    static func like(_ subject: JSON, _ pattern: UTF8String) -> JSON {
        var elements: [JSON] = []
        let parts = pattern.bytes.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index > 0 { elements.append("Wildcard") }
            // A star's byte is inside no other character's.
            if !part.isEmpty, let text = UTF8String(validating: part) { elements.append(["Literal": .string(text)]) }
        }
        return ["like": ["left": subject, "pattern": .array(elements)]]
    }

    static func entity(_ uid: EntityUID) -> JSON { ["type": .text(uid.type.description), "id": .string(uid.id)] }

    static func condition(_ body: JSON) -> JSON { ["kind": "when", "body": body] }
}
