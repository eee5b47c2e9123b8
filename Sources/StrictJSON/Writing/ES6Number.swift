// SPDX-License-Identifier: Apache-2.0

/// ECMAScript's `Number::toString`, which RFC 8785 §3.2.2.3 prescribes.
enum ES6Number {
    /// The text of a finite double.
    static func text(_ value: Double) -> String {
        if value == 0 { return "0" }
        let (digits, exponent) = shortestDigits(value.magnitude)
        return (value < 0 ? "-" : "") + layout(digits, exponent)
    }

    /// The shortest digits that read back as the same double, and n with value = 0.digits × 10^n.
    ///
    /// Swift prints the same shortest digits as ECMAScript; only the layout differs.
    private static func shortestDigits(_ magnitude: Double) -> (digits: [UInt8], exponent: Int) {
        let parts = magnitude.description.utf8.split(separator: UInt8(ascii: "e"))
        let mantissa = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var exponent = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
        var digits = Array(mantissa[0])
        exponent += digits.count
        if mantissa.count > 1 { digits += mantissa[1] }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        exponent -= zeros
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, exponent)
    }

    /// ECMA-262 §6.1.6.1.20, steps 6 to 12; k = digits.count, n = exponent.
    private static func layout(_ digits: [UInt8], _ n: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        let k = digits.count
        if k <= n, n <= 21 { return text + String(repeating: "0", count: n - k) }
        if 0 < n, n <= 21 { return text.prefix(n) + "." + text.dropFirst(n) }
        if -6 < n, n <= 0 { return "0." + String(repeating: "0", count: -n) + text }
        let exponent = "e" + (n > 0 ? "+" : "-") + String((n - 1).magnitude)
        return k == 1 ? text + exponent : text.prefix(1) + "." + text.dropFirst() + exponent
    }
}
