// SPDX-License-Identifier: Apache-2.0

package import StrictJSON

/// The grammars of names in passports. All are ASCII, so that no two names look alike, and none needs quoting.
package enum Identifier {
    /// Ids of agents, owners, passports, teams and issuers: letters, digits and `. _ : @ / + - % ~ = #`, the first of
    /// them a letter or digit.
    package static func isName(_ text: UTF8String) -> Bool {
        text.withUTF8 { bytes in
            guard let first = bytes.first, isLetterOrDigit(first), bytes.count <= PassportLimits.identifierBytesMax
            else { return false }
            return bytes.allSatisfy { isLetterOrDigit($0) || marks.contains($0) }
        }
    }

    /// Key ids: as names, but `-` and `_` may come first, as they do in base64url thumbprints.
    static func isKeyID(_ text: UTF8String) -> Bool {
        text.withUTF8 { bytes in
            !bytes.isEmpty && bytes.count <= PassportLimits.kidBytesMax
                && bytes.allSatisfy { isLetterOrDigit($0) || marks.contains($0) }
        }
    }

    /// OAP's `^[a-z0-9]+(\.[a-z0-9]+)*$`.
    static func isCapability(_ text: UTF8String) -> Bool {
        guard text.byteCount <= PassportLimits.capabilityBytesMax else { return false }
        return dotted(text) { $0.allSatisfy { isLowerLetter($0) || isDigit($0) } }
    }

    /// OAP's `^\d+\.\d+\.\d+$`, in ASCII digits.
    static func isVersion(_ text: UTF8String) -> Bool {
        guard text.byteCount <= PassportLimits.capabilityBytesMax else { return false }
        return dotted(text, count: 3) { $0.allSatisfy(isDigit) }
    }

    /// OAP's `^[A-Z]{2}(-[A-Z]{2})?$`.
    static func isRegion(_ text: UTF8String) -> Bool {
        let bytes = text.bytes
        let letters = bytes.enumerated().allSatisfy { index, byte in
            index == 2 ? byte == UInt8(ascii: "-") : isUpperLetter(byte)
        }
        return letters && (bytes.count == 2 || bytes.count == 5)
    }

    /// A UUID of any version in its lower-case text, or an id of the kinds that registries give:
    /// `^(ap|apt|agt_inst|agt_tmpl)_[A-Za-z0-9_-]+$`.
    static func isPassportID(_ text: UTF8String) -> Bool {
        guard text.byteCount <= PassportLimits.identifierBytesMax else { return false }
        if isUUID(text) { return true }
        return (["ap_", "apt_", "agt_inst_", "agt_tmpl_"] as [UTF8String]).contains { prefix in
            let tail = text.bytes.dropFirst(prefix.byteCount)
            return text.hasPrefix(prefix) && !tail.isEmpty
                && tail.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        }
    }

    /// `8-4-4-4-12` lower-case hexadecimal digits.
    static func isUUID(_ text: UTF8String) -> Bool {
        text.byteCount == 36
            && text.bytes.enumerated().allSatisfy { index, byte in
                switch index {
                case 8, 13, 18, 23: byte == UInt8(ascii: "-")
                default: isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
                }
            }
    }

    /// W3C DID Core §3.1 without its finer rules: `did:<method>:<id>`.
    static func isDID(_ text: UTF8String) -> Bool {
        let parts = text.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
        guard text.byteCount <= PassportLimits.didBytesMax, parts.count == 3, text.hasPrefix("did:") else {
            return false
        }
        return !parts[1].isEmpty && parts[1].allSatisfy { isLowerLetter($0) || isDigit($0) } && !parts[2].isEmpty
            && parts[2].allSatisfy { isLetterOrDigit($0) || Array("._:%-/".utf8).contains($0) }
    }

    private static func dotted(
        _ text: UTF8String, count: Int? = nil, _ isPart: (ArraySlice<UInt8>) -> Bool
    ) -> Bool {
        let parts = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (count == nil || count == parts.count) && parts.allSatisfy { !$0.isEmpty && isPart($0) }
    }

    private static let marks = Array("._:@/+-%~=#".utf8)

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLowerLetter(byte) || isUpperLetter(byte) || isDigit(byte)
    }

    private static func isLowerLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isUpperLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
