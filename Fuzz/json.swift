// SPDX-License-Identifier: Apache-2.0

// Compiled in one module with StrictJSON's sources by `Scripts/fuzz-json`; not part of the package.

/// libFuzzer's entry: whatever is read must be written and read again the same, in all three forms.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(JSONError) {
        let json = try JSON(parsing: bytes)
        guard try JSON(parsing: json.serialized()) == json else { fatalError("serialized text reads differently") }
        guard try JSON(parsing: json.pretty()) == json else { fatalError("pretty text reads differently") }
        let canonical = try json.canonical()
        guard try JSON(parsing: canonical).canonical() == canonical else { fatalError("canonical form is not stable") }
    } catch {
        guard error.offset <= count, error.line > 0, error.column > 0 else { fatalError("the error has no place") }
    }
    return 0
}
