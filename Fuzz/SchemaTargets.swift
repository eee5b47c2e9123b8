// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// A schema comes out the same in both forms, written and read again, and resolves alike.
func checkSchema(_ bytes: [UInt8], _ format: SchemaFormat) {
    let fragment: SchemaFragment
    do throws(SchemaErrors) {
        fragment = try SchemaFragment(parsing: bytes, format: format)
    } catch {
        for mistake in error.all { expect(!mistake.message.isEmpty, "a mistake without a message") }
        return
    }
    let schema = resolved(fragment)
    do throws(SchemaErrors) {
        let again = try SchemaFragment(parsing: try fragment.json.serialized(), format: .json)
        expect(again == fragment, "through JSON, the schema differs")
    } catch { expect(error.isLimit, "written in JSON, but not read: \(error)") }
    do throws(SchemaErrors) {
        let text = try fragment.text
        do throws(SchemaErrors) {
            let again = try SchemaFragment(parsing: text)
            expect(try again.text == text, "printed again, the schema differs:\n\(text)")
            // Text has no empty lists of principals, nor what is beside them and means nothing.
            expect(schema == nil || resolved(again) == schema, "printed, the schema means something else:\n\(text)")
        } catch { expect(error.isLimit, "printed, but not parsed: \(error)\n\(text)") }
    } catch {
        let isLawful = error.isLimit || error.all.allSatisfy { $0.code == .unwritable }
        expect(isLawful && format == .json, "parsed, but not printed: \(error)")
    }
}

/// The schema with all names resolved; `nil` where some mean nothing.
private func resolved(_ fragment: SchemaFragment) -> Schema? {
    do throws(SchemaErrors) {
        let schema = try Schema([fragment])
        _ = Validator(schema)
        return schema
    } catch {
        for mistake in error.all { expect(!mistake.message.isEmpty, "a mistake without a message") }
        return nil
    }
}

extension SchemaErrors {
    fileprivate var isLimit: Bool { all.allSatisfy { $0.code == .limitExceeded } }
}
