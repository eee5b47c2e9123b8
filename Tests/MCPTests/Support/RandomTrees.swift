// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// SplitMix64: the same trees on every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Trees of members whose names mean something, and of values that are what such members hold, or are not.
struct RandomTrees {
    var random: SplitMix
    let keys: [UTF8String]

    init(seed: UInt64, keys: [UTF8String]) {
        random = SplitMix(state: seed)
        self.keys = keys
    }

    mutating func object(depth: Int = 4) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
            object[keys.randomElement(using: &random) ?? "x"] = value(depth: depth - 1)
        }
        return object
    }

    mutating func value(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return nil
        case 1: return .bool(.random(using: &random))
        case 2:
            return JSONNumber(
                lexeme: ["1.10", "1e2", "-0", "12345678901234567890123"].randomElement(using: &random) ?? "0"
            ).map(JSON.number) ?? 0
        case 3, 4, 5:
            return .string(
                ["complete", "task", "text", "resource", "resource_link", "a", ""].randomElement(using: &random) ?? "")
        case 6: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth: depth - 1) })
        default: return .object(object(depth: depth))
        }
    }
}

func json(_ text: String) throws -> JSON { try JSON(parsing: UTF8String(text)) }

func object(_ text: String) throws -> JSONObject { try json(text).object ?? JSONObject() }

func text(_ object: JSONObject) -> String { text(JSON.object(object)) }

/// Members by name, whatever their order.
func sorted(_ json: JSON) -> String {
    switch json {
    case .object(let object):
        "{" + object.members.sorted { $0.key < $1.key }.map { "\($0.key):\(sorted($0.value))" }.joined(separator: ",")
            + "}"
    case .array(let elements): "[" + elements.map(sorted).joined(separator: ",") + "]"
    default: text(json)
    }
}

func sorted(_ object: JSONObject) -> String { sorted(JSON.object(object)) }
