// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

/// Short names for the values of an entry, so that a schema reads as a list. `nil` leaves a member out.
extension JSONObject {
    mutating func set(_ key: UTF8String, _ text: UTF8String?) { self[key] = text.map { .string($0) } }
    mutating func set(_ key: UTF8String, _ value: Bool?) { self[key] = value.map { .bool($0) } }
    mutating func set(_ key: UTF8String, _ value: UInt64?) { self[key] = value.map { .integer($0) } }
    mutating func set(_ key: UTF8String, _ digest: Digest?) { self[key] = digest.map { .text($0.base64URL) } }
    mutating func set(_ key: UTF8String, _ time: Timestamp?) { self[key] = time.map { .text($0.text) } }
    mutating func set(_ key: UTF8String, _ id: UUIDv7?) { self[key] = id.map { .text($0.text) } }
    mutating func set(_ key: UTF8String, _ word: (some RawRepresentable<String>)?) {
        self[key] = word.map { .text($0.rawValue) }
    }
    mutating func set(_ key: UTF8String, _ part: (some EntryPart)?) { self[key] = part.map { $0.json } }
    mutating func set(_ key: UTF8String, parts: [some EntryPart]?) { self[key] = parts.map { .array($0.map(\.json)) } }
    mutating func set(_ key: UTF8String, digests: [Digest]?) {
        self[key] = digests.map { .array($0.map { .text($0.base64URL) }) }
    }
    mutating func set(_ key: UTF8String, texts: [UTF8String]?) {
        self[key] = texts.map { .array($0.map { .string($0) }) }
    }
}
