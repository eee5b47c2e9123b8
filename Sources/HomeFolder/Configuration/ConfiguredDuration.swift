// SPDX-License-Identifier: Apache-2.0

package import StrictJSON

/// A length of time as a setting has it: a whole number and a unit.
package enum ConfiguredDuration {
    /// Milliseconds of `90m`, `12h` or `7d`; `nil` for other text, and for what nobody lives to see.
    package static func milliseconds(_ text: UTF8String) -> Int64? {
        let units: [UInt8: Int64] = [
            UInt8(ascii: "m"): 60_000, UInt8(ascii: "h"): 3_600_000, UInt8(ascii: "d"): 86_400_000,
        ]
        let bytes = text.bytes
        guard let last = bytes.last, let unit = units[last], (2...8).contains(bytes.count),
            bytes.dropLast().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let count = Int64(String(decoding: bytes.dropLast(), as: UTF8.self))
        else { return nil }
        return count * unit
    }
}
