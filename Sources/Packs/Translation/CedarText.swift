// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cedar's own spelling of what comes from a pack.
enum CedarText {
    /// A text in quotes, all but plain ASCII escaped.
    static func literal(_ text: UTF8String) -> String { "\"\(escaped(text, stars: false))\"" }

    /// A text as part of a `like` pattern.
    static func pattern(_ text: UTF8String) -> String { escaped(text, stars: true) }

    private static func escaped(_ text: UTF8String, stars: Bool) -> String {
        var result = ""
        for scalar in text.string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "*" where stars: result += "\\*"
            case " "..."~": result.unicodeScalars.append(scalar)
            default: result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }

    /// A text for a person, in one line.
    static func line(_ text: UTF8String, most: Int = 200) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.string.unicodeScalars.prefix(most) {
            result.append((" "..."~").contains(scalar) ? scalar : " ")
        }
        return String(result)
    }
}
