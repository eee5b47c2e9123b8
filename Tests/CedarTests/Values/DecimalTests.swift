// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct DecimalTests {
    @Test(
        arguments: [
            ("0.0", 0), ("1.0", 10_000), ("1.00", 10_000), ("-1.0", -10_000), ("0.1", 1000), ("-0.1", -1000),
            ("-0.0", 0),
            ("1.2345", 12_345), ("00001.10", 11_000), ("922337203685477.5807", Int64.max),
            ("-922337203685477.5808", Int64.min), ("-922337203685477.5807", -Int64.max),
        ] as [(UTF8String, Int64)])
    func `a decimal's text gives its ten-thousandths`(text: UTF8String, scaled: Int64) {
        #expect(CedarDecimal(text)?.scaled == scaled)
    }

    @Test(
        arguments: [
            "", "-", ".", "1", "1.", ".1", "-.1", "+1.0", "--1.0", "1.-1", "1..0", "1.23456", "1.00000", "1.0 ", " 1.0",
            "1,0",
            "1e1.0", "0x1.0", "a.b", "\u{661}.0", "1.\u{661}", "1.0\0", "922337203685477.5808", "-922337203685477.5809",
            "922337203685478.0", "18446744073709551616.0", "99999999999999999999999999.0",
        ] as [UTF8String])
    func `a text that is no decimal is refused`(text: UTF8String) {
        #expect(CedarDecimal(text) == nil)
    }

    @Test(
        arguments: [
            (0, "0.0000"), (1, "0.0001"), (-1, "-0.0001"), (10_000, "1.0000"), (-12_345, "-1.2345"),
            (Int64.max, "922337203685477.5807"), (Int64.min, "-922337203685477.5808"),
        ] as [(Int64, String)])
    func `a decimal is printed with four places and read back`(scaled: Int64, text: String) {
        let decimal = CedarDecimal(scaled: scaled)
        #expect(decimal.description == text)
        #expect(CedarDecimal(UTF8String(text)) == decimal)
    }
}
