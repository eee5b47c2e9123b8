// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The canonical form of RFC 8785: what is signed and hashed.
    ///
    /// - Throws: `JSONError` with code `unrepresentableNumber` where a number is infinite as an IEEE 754 double.
    public func canonical() throws(JSONError) -> [UInt8] {
        var writer = JSONWriter()
        try writer.writeCanonical(self)
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func writeCanonical(_ value: JSON) throws(JSONError) {
        switch value {
        case .number(let number): try write(canonical: number)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try writeCanonical(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.sorted(by: precedes).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(string: member.key)
                bytes.append(UInt8(ascii: ":"))
                try writeCanonical(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        default: write(value)
        }
    }

    private mutating func write(canonical number: JSONNumber) throws(JSONError) {
        // Below 2^53 an integer's digits are already the double's.
        if let integer = number.int64, integer.magnitude < 1 << 53 {
            bytes.append(contentsOf: String(integer).utf8)
        } else if let double = number.double {
            bytes.append(contentsOf: ES6Number.text(double).utf8)
        } else {
            throw JSONError(.unrepresentableNumber, "a number is too large for an IEEE 754 double")
        }
    }
}

/// RFC 8785 §3.2.3: by UTF-16 code units, which differs from bytes above the Basic Multilingual Plane.
private func precedes(_ left: JSONMember, _ right: JSONMember) -> Bool {
    left.key.string.utf16.lexicographicallyPrecedes(right.key.string.utf16)
}
