// SPDX-License-Identifier: Apache-2.0

/// Words as a POSIX shell reads them back (XCU §2.2): for the lines that harnesses' settings have, and for those that a
/// message offers to be copied.
public enum ShellQuoting {
    /// The word, in single quotes where it is not plain.
    public static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: "/_.-:=+,@%".utf8.contains(byte)
            }
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
