// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is read must be written and read again the same, in all three forms.
func checkJSON(_ bytes: [UInt8]) {
    do throws(JSONError) {
        let json = try JSON(parsing: bytes)
        expect(try JSON(parsing: json.serialized()) == json, "serialized text reads differently")
        expect(try JSON(parsing: json.pretty()) == json, "pretty text reads differently")
        let canonical = try json.canonical()
        expect(try JSON(parsing: canonical).canonical() == canonical, "canonical form is not stable")
    } catch {
        let hasPlace = error.offset <= bytes.count && error.line > 0 && error.column > 0
        expect(hasPlace, "the error has no place")
    }
}
