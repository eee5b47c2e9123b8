// SPDX-License-Identifier: Apache-2.0

import Cedar
import Glibc

// Built by `Scripts/fuzz-parsers` with StrictJSON, Cedar and Effects; not part of the package.

/// What libFuzzer's bytes are given to.
enum Target: String {
    case json, policies, format, entities, values, schema, validation, shell
    case policyJSON = "policy-json"
    case schemaJSON = "schema-json"

    /// The one named by the environment: libFuzzer takes the arguments.
    static let chosen: Target = {
        guard let name = getenv("FUZZ_TARGET"), let target = Target(rawValue: String(cString: name)) else {
            fatalError("FUZZ_TARGET names no target")
        }
        return target
    }()

    func check(_ bytes: [UInt8]) {
        switch self {
        case .json: checkJSON(bytes)
        case .policies: checkPolicies(bytes)
        case .format: checkFormat(bytes)
        case .policyJSON: checkPolicyJSON(bytes)
        case .schema: checkSchema(bytes, .text)
        case .schemaJSON: checkSchema(bytes, .json)
        case .entities: checkEntities(bytes)
        case .values: checkValues(bytes)
        case .validation: checkValidation(bytes)
        case .shell: checkShell(bytes)
        }
    }
}

/// libFuzzer's entry.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Target.chosen.check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Ends the process where a promise is broken, for libFuzzer to keep the input.
func expect(_ isTrue: Bool, _ message: @autoclosure () -> String) {
    if !isTrue { fatalError(message()) }
}

/// What must succeed, save for a lawful reason.
///
/// - Returns: `nil` where there was such a reason.
func must<Value, Failure: Error>(
    _ what: String, unless isLawful: (Failure) -> Bool, _ body: () throws(Failure) -> Value
) -> Value? {
    do throws(Failure) {
        return try body()
    } catch {
        expect(isLawful(error), "\(what): \(error)")
        return nil
    }
}
