// SPDX-License-Identifier: Apache-2.0

import Testing
import WireTypes

@Test(
    arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_773_802_031_204, "2026-03-18T02:47:11.204Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
func `a moment and its text are one`(milliseconds: Int64, text: String) throws {
    #expect(try #require(Timestamp(milliseconds: milliseconds)).text == text)
    #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
}
