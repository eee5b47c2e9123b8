// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `$ref` within one document: `#`, or `#` and a JSON pointer as a URI fragment (RFC 6901 §6).
enum SchemaReference {
    /// The schema that is meant, or `nil` where it is not in the document. Nothing is ever fetched.
    ///
    /// - Parameter steps: grows by the bytes and members that were looked at.
    static func resolve(_ reference: UTF8String, in document: JSON, steps: inout Int) -> JSON? {
        steps += reference.byteCount
        let bytes = reference.bytes
        guard bytes.first == UInt8(ascii: "#"), let text = decoded(bytes.dropFirst()),
            let pointer = JSONPointer(parsing: text)
        else { return nil }
        var value = document
        for token in pointer.tokens {
            steps += value.object?.count ?? 1
            guard let next = value[JSONPointer([token])] else { return nil }
            value = next
        }
        return value
    }

    /// Percent escapes decoded; `nil` where one is broken or the result is no text.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> UTF8String? {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            result.append(high << 4 | low)
        }
        return UTF8String(validating: result)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
