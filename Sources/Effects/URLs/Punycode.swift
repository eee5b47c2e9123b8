// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// International labels in ASCII (RFC 3492), for labels that need no mapping first.
///
/// UTS #46's mapping tables are not here. A label that the mapping would change in any way is refused, so no two
/// readers can see two hosts; what remains is encoded the same by everyone.
enum Punycode {
    /// `xn--…`, or `nil` where the label has upper case, compatibility forms, marks at its start, or anything that is
    /// no letter, digit, mark or hyphen.
    static func label(_ label: UTF8String) -> UTF8String? {
        guard label.byteCount <= 4 * Limits.labelBytesMax, label == label.nfc else { return nil }
        let scalars = Array(label.string.unicodeScalars)
        guard let first = scalars.first, !isMark(first), scalars.allSatisfy(isStable) else { return nil }
        return encoded(scalars).map { UTF8String("xn--" + $0) }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isStable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "-" { return true }
        guard !scalar.properties.changesWhenNFKCCaseFolded, !scalar.properties.isDefaultIgnorableCodePoint else {
            return false
        }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .nonspacingMark, .spacingMark: return true
        default: return false
        }
    }

    /// RFC 3492 §6.3. Labels are short, so no sum comes near overflow; where one would, there is no encoding.
    private static func encoded(_ scalars: [Unicode.Scalar]) -> String? {
        var output = scalars.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var code: UInt32 = 0x80
        var delta: UInt32 = 0
        var bias: UInt32 = 72
        var handled = basicCount
        while handled < scalars.count {
            guard let next = scalars.lazy.map(\.value).filter({ $0 >= code }).min() else { return nil }
            let (step, stepOverflow) = (next - code).multipliedReportingOverflow(by: UInt32(handled + 1))
            let (sum, sumOverflow) = delta.addingReportingOverflow(step)
            guard !stepOverflow, !sumOverflow, sum < UInt32.max - UInt32(scalars.count) else { return nil }
            delta = sum
            code = next
            for scalar in scalars {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                appendNumber(delta, bias, to: &output)
                bias = adapted(delta, points: UInt32(handled + 1), isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func appendNumber(_ delta: UInt32, _ bias: UInt32, to output: inout [UInt8]) {
        var rest = delta
        var position: UInt32 = 36
        while true {
            let threshold = position <= bias ? 1 : min(position - bias, 26)
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            position += 36
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
    }

    /// RFC 3492 §6.1.
    private static func adapted(_ delta: UInt32, points: UInt32, isFirst: Bool) -> UInt32 {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / points
        var bias: UInt32 = 0
        while rest > 455 {
            rest /= 35
            bias += 36
        }
        return bias + 36 * rest / (rest + 38)
    }
}
