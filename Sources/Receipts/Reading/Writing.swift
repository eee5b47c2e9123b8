// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

/// Short names for the values of an entry, so that a schema reads as a list. `nil` leaves a member out.
///
/// Lists are written in the order of the names' bytes: that is RFC 8785's, and canonical bytes then need no sorting.
extension JSONObject {
    mutating func set(_ key: UTF8String, _ text: UTF8String?) { add(key, text.map { .string($0) }) }
    mutating func set(_ key: UTF8String, _ value: Bool?) { add(key, value.map { .bool($0) }) }
    mutating func set(_ key: UTF8String, _ value: UInt64?) { add(key, value.map { .integer($0) }) }
    mutating func set(_ key: UTF8String, _ digest: Digest?) { add(key, digest.map { .text($0.base64URL) }) }
    mutating func set(_ key: UTF8String, _ time: Timestamp?) { add(key, time.map { .text($0.text) }) }
    mutating func set(_ key: UTF8String, _ id: UUIDv7?) { add(key, id.map { .text($0.text) }) }
    mutating func set(_ key: UTF8String, _ word: (some RawRepresentable<String>)?) {
        add(key, word.map { .text($0.rawValue) })
    }
    mutating func set(_ key: UTF8String, _ part: (some EntryPart)?) { add(key, part.map { $0.json }) }
    mutating func set(_ key: UTF8String, parts: [some EntryPart]?) { add(key, parts.map { .array($0.map(\.json)) }) }
    mutating func set(_ key: UTF8String, digests: [Digest]?) {
        add(key, digests.map { .array($0.map { .text($0.base64URL) }) })
    }
    mutating func set(_ key: UTF8String, ids: [UUIDv7]?) {
        add(key, ids.map { .array($0.map { .text($0.text) }) })
    }
    mutating func set(_ key: UTF8String, texts: [UTF8String]?) {
        add(key, texts.map { .array($0.map { .string($0) }) })
    }
}
