// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct DurationTests {
    @Test(
        arguments: [
            ("0ms", 0), ("1ms", 1), ("1s", 1000), ("1m", 60_000), ("1h", 3_600_000), ("1d", 86_400_000),
            ("-1d", -86_400_000),
            ("1d2h3m4s5ms", 93_784_005), ("-1d2h3m4s5ms", -93_784_005), ("1d5ms", 86_400_005), ("00001d", 86_400_000),
            ("25h", 90_000_000), ("9223372036854775807ms", Int64.max), ("-9223372036854775808ms", Int64.min),
            ("106751991167d", 9_223_372_036_828_800_000), ("0d0h0m0s0ms", 0),
        ] as [(UTF8String, Int64)])
    func `a duration's text gives its milliseconds`(text: UTF8String, milliseconds: Int64) {
        #expect(CedarDuration(text)?.milliseconds == milliseconds)
    }

    @Test(
        arguments: [
            "", "-", "d", "1", "ms", "1x", "1 d", " 1d", "1d ", "+1d", "--1d", "1d-1h", "1h1d", "1d1d", "1ms1s", "1s1m",
            "1mm",
            "1sms", "1.5h", "1D", "\u{661}d", "9223372036854775808ms", "-9223372036854775809ms", "106751991168d",
            "18446744073709551616ms", "9223372036854775807ms1d", "9223372036854775s808ms", "1d\0",
        ] as [UTF8String])
    func `a text that is no duration is refused`(text: UTF8String) {
        #expect(CedarDuration(text) == nil)
    }

    @Test(arguments: [0, 1, -1, Int64.max, Int64.min])
    func `a duration is printed in milliseconds and read back`(milliseconds: Int64) {
        let duration = CedarDuration(milliseconds: milliseconds)
        #expect(CedarDuration(UTF8String(duration.description)) == duration)
    }
}
