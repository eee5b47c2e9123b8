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
            for (index, member) in inOrder(object.members).enumerated() {
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

/// The members in RFC 8785's order. What was canonical once, as most of what is signed, is in order already.
private func inOrder(_ members: [JSONMember]) -> [JSONMember] {
    for index in members.indices.dropFirst() where precedes(members[index], members[index - 1]) {
        return members.sorted(by: precedes)
    }
    return members
}

/// RFC 8785 §3.2.3: by UTF-16 code units. That is the order of the bytes but for scalars above the Basic Multilingual
/// Plane, whose surrogates come before U+E000; where a byte that could belong to either decides, UTF-16 is compared.
private func precedes(_ left: JSONMember, _ right: JSONMember) -> Bool {
    let byBytes: Bool? = left.key.withUTF8 { a in
        right.key.withUTF8 { b in
            for index in 0..<min(a.count, b.count) where a[index] != b[index] {
                return max(a[index], b[index]) < 0xee ? a[index] < b[index] : nil
            }
            return a.count < b.count
        }
    }
    return byBytes ?? left.key.string.utf16.lexicographicallyPrecedes(right.key.string.utf16)
}
