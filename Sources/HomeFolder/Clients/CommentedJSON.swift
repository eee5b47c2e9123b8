// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// JSON with comments and trailing commas, as editors write their settings. Both become blanks, so that places stay.
enum CommentedJSON {
    static func read(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        return try JSON(
            parsing: plain(Array(bytes[start...])),
            limits: JSONLimits(bytesMax: Limits.clientFileBytes))
    }

    /// The same length; what is no JSON is blank.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        var index = 0
        /// Where the last comma is, while nothing but blanks has come after it.
        var comma: Int?
        while index < bytes.count {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch bytes[index] {
            case UInt8(ascii: "\""):
                comma = nil
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index += 1
            case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
                while index < bytes.count, bytes[index] != 0x0a {
                    result[index] = 0x20
                    index += 1
                }
            case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
                let start = index
                index += 2
                while index < bytes.count,
                    !(bytes[index - 1] == UInt8(ascii: "*") && bytes[index] == UInt8(ascii: "/") && index > start + 2)
                {
                    index += 1
                }
                // One without an end is left as it is, so that the reader says where.
                guard index < bytes.count else { return result }
                for place in start...index where bytes[place] != 0x0a { result[place] = 0x20 }
                index += 1
            case UInt8(ascii: ","):
                comma = index
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let comma { result[comma] = 0x20 }
                comma = nil
                index += 1
            case 0x20, 0x09, 0x0a, 0x0d: index += 1
            default:
                comma = nil
                index += 1
            }
        }
        return result
    }
}
