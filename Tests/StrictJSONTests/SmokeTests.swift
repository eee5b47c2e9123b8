// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Test func `a document is written as it was read`() throws {
    let text = #"{"b":1.10,"a":[true,null,"é\n"],"n":-0,"big":12345678901234567890123}"#
    #expect(try JSON(parsing: UTF8String(text)).serialized() == Array(text.utf8))
}
