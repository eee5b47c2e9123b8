// SPDX-License-Identifier: Apache-2.0

import StrictJSON
@_spi(_Unicode) import Swift

extension UTF8String {
    /// Unicode Normalization Form C (UAX #15). The standard library has the tables that `String.==` uses, but no public
    /// name for them yet.
    var nfc: UTF8String {
        guard !isASCII else { return self }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: string._nfc)
        return UTF8String(String(text))
    }

    /// Unicode Normalization Form D (UAX #15).
    var nfd: UTF8String {
        guard !isASCII else { return self }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: string._nfd)
        return UTF8String(String(text))
    }
}
