// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// Events after a tool that strict JSON does not cover. What a call has brought about is the call's own doing: half of a
/// surrogate pair in it, a deep nest or many megabytes must hide neither the call's parameters nor that it has run.
enum EventResults {
    /// The members that hold what became of a call, by any harness. Nothing is decided by them.
    private static let names: Set<UTF8String> = [
        "tool_response", "toolResult", "tool_result", "tool_output", "output", "result_json", "result", "error",
        "error_message",
    ]
    /// Of an event that is too large, what is larger than this is left out.
    private static let largeBytes = 64 << 10

    /// An event within its limit: without the results that make it larger; else only its beginning.
    static func bounded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count > HookLimits.eventBytes else { return bytes }
        let found = EventPieces(bytes)
        if found.isWhole {
            var text: [UInt8] = [UInt8(ascii: "{")]
            for piece in found.pieces {
                if text.count > 1 { text.append(UInt8(ascii: ",")) }
                if names.contains(piece.key), piece.value.count > largeBytes {
                    text += bytes[piece.range.lowerBound..<piece.value.lowerBound]
                    text += standIn(bytes[piece.value]).serialized()
                } else {
                    text += bytes[piece.range]
                }
                guard text.count < HookLimits.eventBytes else { break }
            }
            text.append(UInt8(ascii: "}"))
            if text.count <= HookLimits.eventBytes { return text }
        }
        return Array(bytes.prefix(HookLimits.eventBytes + 1))
    }

    /// The event's members, all of them strict JSON but for the results, of which is kept what can be read; `nil` where
    /// something else is not.
    static func readable(_ found: EventPieces) -> JSONObject? {
        guard found.isWhole, found.bytes.count <= HookLimits.eventBytes else { return nil }
        var object = JSONObject()
        for piece in found.pieces {
            guard object[piece.key] == nil else { return nil }
            if let value = found.strict(piece) {
                object[piece.key] = value
            } else {
                guard names.contains(piece.key) else { return nil }
                object[piece.key] = mended(found.bytes[piece.value])
            }
        }
        return object
    }

    /// What of the members can be read at all; a result that is there is there.
    static func rest(_ found: EventPieces) -> JSONObject {
        var object = JSONObject()
        for piece in found.pieces where !found.isTwice(piece.key) {
            if let value = found.strict(piece) {
                object[piece.key] = value
            } else if names.contains(piece.key) {
                object[piece.key] = standIn(found.bytes[piece.value])
            }
        }
        return object
    }

    // MARK: results

    /// A result with U+FFFD where it is no text, else something in its place.
    private static func mended(_ bytes: ArraySlice<UInt8>) -> JSON {
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        return EventPieces.read(wholePairs(text)) ?? standIn(bytes)
    }

    /// In the place of what is not read: an object, as harnesses' results are, that says which bytes it was.
    private static func standIn(_ bytes: ArraySlice<UInt8>) -> JSON {
        ["unreadable": .text("sha256=\(Hex.encode(Array(SHA256.hash(data: Array(bytes)))))")]
    }

    /// JSON's text with each escape of half of a surrogate pair made `\ufffd`.
    private static func wholePairs(_ text: [UInt8]) -> [UInt8] {
        var made = text
        var place = 0
        while place + 1 < text.count {
            guard text[place] == UInt8(ascii: "\\") else {
                place += 1
                continue
            }
            guard let unit = unit(text, at: place) else {
                place += 2
                continue
            }
            if UTF16.isLeadSurrogate(unit), let next = self.unit(text, at: place + 6), UTF16.isTrailSurrogate(next) {
                place += 12
                continue
            }
            if UTF16.isSurrogate(unit) { made.replaceSubrange(place..<(place + 6), with: Array("\\ufffd".utf8)) }
            place += 6
        }
        return made
    }

    /// The unit that `\uXXXX` at a place stands for.
    private static func unit(_ text: [UInt8], at place: Int) -> UInt16? {
        guard place + 6 <= text.count, text[place] == UInt8(ascii: "\\"), text[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt16(String(decoding: text[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
    }
}
