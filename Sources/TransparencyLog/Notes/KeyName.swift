// SPDX-License-Identifier: Apache-2.0

/// The names that C2SP allows for keys: not empty, no Unicode space, no `+`; here also no control character.
enum KeyName {
    static func isValid(_ name: String) -> Bool {
        (1...LogLimits.nameBytesMax).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7f
            }
    }
}
