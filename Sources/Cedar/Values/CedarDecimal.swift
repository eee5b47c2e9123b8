// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's `decimal`: a number with four decimal places, `-922337203685477.5808` to `922337203685477.5807`.
public struct CedarDecimal: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number times 10,000.
    public let scaled: Int64

    /// A number by its ten-thousandths.
    public init(scaled: Int64) { self.scaled = scaled }

    /// A number from text: `-`?, one or more digits, `.`, one to four digits. `nil` for anything else and out of range.
    public init?(_ text: UTF8String) {
        var bytes = text.bytes[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let fraction = bytes[(point + 1)...]
        guard fraction.count <= CedarLimits.decimalFractionDigitsMax,
            let whole = DecimalDigits.value(bytes[..<point]),
            let part = DecimalDigits.value(fraction)
        else { return nil }
        var tenThousandths = part
        for _ in fraction.count..<CedarLimits.decimalFractionDigitsMax { tenThousandths *= 10 }
        let (product, overflowed) = whole.multipliedReportingOverflow(by: 10_000)
        let (magnitude, overflowedAgain) = product.addingReportingOverflow(tenThousandths)
        // The sign comes from the text, so that `-0.5` is negative.
        guard !overflowed, !overflowedAgain,
            let scaled = DecimalDigits.signed(magnitude, negative: isNegative)
        else { return nil }
        self.scaled = scaled
    }

    /// By value.
    public static func < (left: CedarDecimal, right: CedarDecimal) -> Bool { left.scaled < right.scaled }

    /// The canonical text, always with four decimal places.
    public var description: String {
        let magnitude = scaled.magnitude
        let fraction = String(magnitude % 10_000)
        let zeros = String(repeating: "0", count: 4 - fraction.utf8.count)
        return "\(scaled < 0 ? "-" : "")\(magnitude / 10_000).\(zeros)\(fraction)"
    }
}
